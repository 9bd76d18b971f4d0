import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createTags } from './index.ts'

const { database } = await testDatabase()
const { handlers, tagsByIds } = createTags({ database })
const [ours, theirs] = [shopTeam(), shopTeam()]
const fresh = { id: newId(), name: '新品', tone: 'accent' as const }

test('each shop has its own tags: those of another are unknown to it', async () => {
  const { shopId } = ours
  const clerk = ctxOf(ours.clerk)
  await handlers.create(clerk, { shopId, ...fresh })
  const other = { shopId: theirs.shopId, id: fresh.id }
  const stranger = ctxOf(theirs.owner)
  const unknown = { code: 'request.not_found' }
  await expect(handlers.view(stranger, other)).rejects.toMatchObject(unknown)
  await expect(handlers.update(stranger, { ...fresh, ...other })).rejects.toMatchObject(unknown)
  await expect(handlers.remove(stranger, other)).rejects.toMatchObject(unknown)
  await expect(handlers.list(stranger, { shopId, limit: 5 })).rejects.toMatchObject(unknown)
  // The same name in another shop is another tag.
  await handlers.create(stranger, { ...fresh, shopId: theirs.shopId, id: newId() })
  expect(await tagsByIds(database.db, { shopId: theirs.shopId, ids: [fresh.id] })).toEqual([])
  expect(await tagsByIds(database.db, { shopId, ids: [fresh.id] })).toEqual([fresh])
})

test('a host reads tags and does not change them', async () => {
  const host = ctxOf(ours.host)
  const { shopId } = ours
  expect((await handlers.list(host, { shopId, limit: 5 })).items).toEqual([fresh])
  await expect(handlers.create(host, { shopId, ...fresh, id: newId() })).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('a shop has two hundred tags at most', async () => {
  const shop = shopTeam()
  const add = (index: number) =>
    handlers.create(ctxOf(shop.clerk), {
      shopId: shop.shopId,
      id: newId(),
      name: `标签 ${index}`,
      tone: 'plain',
    })
  await Promise.all(Array.from({ length: 200 }, (_, index) => add(index)))
  await expect(add(200)).rejects.toMatchObject({ code: 'resource.too_many' })
})
