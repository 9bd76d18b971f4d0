import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createClassification } from './index.ts'

const { database } = await testDatabase()
const { db } = database
const market = createMarket(database)
const classification = createClassification(market)
const { shopId } = await market.newShop()
const operator = ctxOf(operatorActor())
const nodeOf = (name: string, parentId: string | null) =>
  market.category.handlers.create(operator, {
    id: newId(),
    parentId,
    position: 0,
    name,
    nameEn: '',
    documentTypeIds: [],
    rateHandle: '',
  })
const food = await nodeOf('食品', null)
const tea = await nodeOf('茶', food.id)
const nowhere = { brandId: null, categoryId: null, tagIds: [] }
const unknown = { code: 'product.unknown_reference' }

test('a line of categories and its names begin at the root', async () => {
  const categoryIds = await classification.lineOf(db, tea.id)
  expect(categoryIds).toEqual([food.id, tea.id])
  const names = await classification.namesOf(db, { ...nowhere, shopId, categoryIds })
  expect(names).toMatchObject({ brand: null, categories: [{ name: '食品' }, { name: '茶' }] })
})

test('what is gone has no name and no line', async () => {
  const goneId = newId()
  expect(await classification.lineOf(db, goneId)).toEqual([])
  const gone = { shopId, brandId: goneId, categoryIds: [goneId], tagIds: [goneId] }
  expect(await classification.namesOf(db, gone)).toEqual({ brand: null, categories: [], tags: [] })
})

test.each([
  ['brand', { brandId: newId() }],
  ['category', { categoryId: newId() }],
  ['tag', { tagIds: [newId()] }],
])('a new %s has to exist; one that was chosen before may be gone', async (_, gone) => {
  const wish = { ...nowhere, categoryId: tea.id, ...gone, shopId }
  await expect(classification.requireNew(db, wish, null)).rejects.toMatchObject(unknown)
  await expect(classification.requireNew(db, wish, wish)).resolves.toBeUndefined()
})
