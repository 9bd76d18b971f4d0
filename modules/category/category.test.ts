import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const { newShop, newProduct, bulkedit, catalog, category } = createMarket(database)
const team = await newShop()
const { shopId } = team
const { handlers } = category
const operator = ctxOf(operatorActor())
const anybody = ctxOf(visitor)

const add = (name: string, parentId: string | null = null) =>
  handlers.create(operator, {
    id: newId(),
    parentId,
    position: 0,
    name,
    nameEn: '',
    documentTypeIds: [],
    rateHandle: '',
  })
const move = (id: string, parentId: string | null) =>
  handlers.move(operator, { id, parentId, position: 0 })
const put = async (categoryId: string) => {
  const { id } = await newProduct(team)
  const batch = { shopId, ids: [id], change: { categoryId } }
  expect(await bulkedit.handlers.bulk(ctxOf(team.clerk), batch)).toEqual({
    rows: [{ id, problem: null }],
  })
  return id
}
const listed = async (id: string) =>
  (await catalog.handlers.listByCategory(anybody, { id, limit: 50 })).items.map(card => card.id)

test('a listing by any node has what lies below it, also after a move', async () => {
  const food = await add('食品')
  const drinks = await add('饮品', food.id)
  const tea = await add('茶', drinks.id)
  const gifts = await add('礼品')
  const product = await put(tea.id)
  expect(tea.path).toEqual([food.id, drinks.id, tea.id])
  for (const node of [food, drinks, tea]) expect(await listed(node.id)).toEqual([product])

  await move(drinks.id, gifts.id)
  expect(await listed(food.id)).toEqual([])
  for (const node of [gifts, drinks, tea]) expect(await listed(node.id)).toEqual([product])
  const { items } = await handlers.tree(anybody, {})
  expect(items.find(node => node.id === tea.id)?.path).toEqual([gifts.id, drinks.id, tea.id])
  const view = await catalog.handlers.view(anybody, { id: product })
  expect(view.categories.map(node => node.name)).toEqual(['礼品', '饮品', '茶'])
})

test('a node does not move into itself, nor deeper than four', async () => {
  const one = await add('一')
  const two = await add('二', one.id)
  const three = await add('三', two.id)
  const four = await add('四', three.id)
  const elsewhere = await add('别处')
  await expect(move(one.id, three.id)).rejects.toMatchObject({ code: 'category.inside_itself' })
  await expect(move(one.id, one.id)).rejects.toMatchObject({ code: 'category.inside_itself' })
  await expect(add('五', four.id)).rejects.toMatchObject({ code: 'category.too_deep' })
  await expect(move(one.id, elsewhere.id)).rejects.toMatchObject({ code: 'category.too_deep' })
  await expect(move(one.id, newId())).rejects.toMatchObject({ code: 'category.not_found' })
})

test('two moves that would close a ring: one of them is refused', async () => {
  const [left, right] = [await add('左'), await add('右')]
  const results = await Promise.allSettled([move(left.id, right.id), move(right.id, left.id)])
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  expect(results.find(result => result.status === 'rejected')).toMatchObject({
    reason: { code: 'category.inside_itself' },
  })
})

test('products that come in while their category moves lie where it went', async () => {
  const [here, there] = [await add('此处'), await add('彼处')]
  const node = await add('搬家', here.id)
  for (const parent of [there, here, there]) {
    const [, ...products] = await Promise.all([
      move(node.id, parent.id),
      put(node.id),
      put(node.id),
    ])
    expect(await listed(parent.id)).toEqual(expect.arrayContaining(products))
  }
  expect(await listed(here.id)).toEqual([])
  expect(await listed(there.id)).toHaveLength(6)
})

test('siblings have different names, and only an empty node is removed', async () => {
  const parent = await add('家居')
  const child = await add('灯', parent.id)
  await expect(add('灯', parent.id)).rejects.toMatchObject({ code: 'category.name_taken' })
  const notEmpty = { code: 'category.not_empty' }
  await expect(handlers.remove(operator, parent)).rejects.toMatchObject(notEmpty)
  await put(child.id)
  await expect(handlers.remove(operator, child)).rejects.toMatchObject(notEmpty)
  const empty = await add('空', parent.id)
  expect(await handlers.remove(operator, empty)).toEqual({ ok: true })
  await expect(handlers.remove(operator, empty)).rejects.toMatchObject({
    code: 'category.not_found',
  })
})

test('the staff of a shop reads the tree and does not change it', async () => {
  const node = { id: newId(), parentId: null, position: 0, name: '我的', nameEn: '' }
  await expect(
    handlers.create(ctxOf(team.owner), { ...node, documentTypeIds: [], rateHandle: '' }),
  ).rejects.toMatchObject({ code: 'auth.forbidden' })
})
