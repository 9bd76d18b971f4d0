import type { ProductPage } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople, ctxOf, operatorActor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createReviews } from './index.ts'

const { database } = await testDatabase()
const { shop, newShop } = createPeople(database)
const team = await newShop('一叶茶行')
const settled: { productId: string; isApproved: boolean }[] = []
const page: ProductPage = {
  title: '龙井',
  subtitle: '',
  description: '',
  detail: '',
  pictureUrls: [],
  videoUrl: null,
  noReturn: null,
  brandName: null,
  categoryNames: [],
  skus: [],
  versionId: newId(),
  at: new Date().toISOString(),
}
const review = createReviews({
  database,
  shop,
  pagesOf: async () => ({ proposed: page, present: null }),
  settle: async (_tx, verdict) => void settled.push(verdict),
})
const operator = ctxOf(operatorActor())
const hand = (productId: string, title = '龙井') =>
  database.tx(tx =>
    review.submit(tx, { productId, shopId: team.shopId, title, isChange: false, by: null }),
  )
const open = async () => (await review.handlers.queue(operator, { state: 'open', limit: 50 })).items

test('handing in again brings the open case up to date instead of adding one', async () => {
  const productId = newId()
  await hand(productId)
  await hand(productId, '龙井 特级')
  const cases = (await open()).filter(one => one.productId === productId)
  expect(cases).toMatchObject([{ title: '龙井 特级', shop: { name: '一叶茶行' } }])
})

test('the longest waiting comes first, and what is taken back waits no more', async () => {
  const [first, second] = [newId(), newId()]
  for (const productId of [first, second]) await hand(productId)
  const ids = (await open()).map(one => one.productId)
  expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(second))
  await database.tx(tx => review.withdraw(tx, first))
  expect((await open()).map(one => one.productId)).not.toContain(first)
  const verdicts = await review.verdictsOf(database.db, [first, second])
  expect(verdicts.get(first)?.state).toBe('withdrawn')
})

test('a decision reaches the product once', async () => {
  const productId = newId()
  await hand(productId)
  const [found] = (await open()).filter(one => one.productId === productId)
  const decision = { id: found?.id ?? '', isApproved: true, reason: '' }
  await review.handlers.decide(operator, decision)
  await expect(review.handlers.decide(operator, decision)).rejects.toMatchObject({
    code: 'review.decided',
  })
  expect(settled.filter(one => one.productId === productId)).toEqual([
    { productId, isApproved: true },
  ])
})

test('the staff of shops neither sees nor decides cases', async () => {
  const owner = ctxOf(team.owner)
  const forbidden = { code: 'auth.forbidden' }
  await expect(review.handlers.queue(owner, { limit: 5 })).rejects.toMatchObject(forbidden)
  const decision = { id: newId(), isApproved: true, reason: '' }
  await expect(review.handlers.decide(owner, decision)).rejects.toMatchObject(forbidden)
})
