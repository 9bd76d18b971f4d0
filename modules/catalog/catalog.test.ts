import type { NewProduct } from '@kaibo/contract/goods/catalog'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const { newShop, newProduct, catalog, stock } = createMarket(database)
const { handlers } = catalog
const team = await newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)
const anybody = ctxOf(visitor)
const pictureFileIds = (await newProduct(team)).pictureUrls.map(url => url.slice(-36))

const draft = (changes: Partial<NewProduct> = {}): NewProduct => ({
  id: newId(),
  title: '手作青瓷杯',
  subtitle: '一手可握',
  description: '',
  pictureFileIds,
  skus: [
    { id: newId(), spec: { 套装: '单只' }, priceFen: fen(8_900), initialStock: 4 },
    { id: newId(), spec: { 套装: '对杯' }, priceFen: fen(16_900), initialStock: 2 },
  ],
  ...changes,
})
const create = (product: NewProduct) => handlers.create(clerk, { shopId, ...product })
const update = ({ id, ...product }: NewProduct) =>
  handlers.update(clerk, { shopId, id, ...product })

test('buyers see a product from the moment it is put on the shelf', async () => {
  const product = draft()
  const created = await create(product)
  expect(created).toMatchObject({ state: 'draft', skus: [{ available: 4 }, { available: 2 }] })
  await expect(handlers.view(anybody, product)).rejects.toMatchObject({ code: 'product.not_found' })
  expect(await catalog.cardsByIds(database.db, [product.id])).toEqual([])

  const shelved = await handlers.setShelf(clerk, { shopId, id: product.id, state: 'on_shelf' })
  expect(shelved).toMatchObject(await handlers.view(anybody, product))
  expect((await handlers.list(anybody, { shopId, limit: 1 })).items[0]).toEqual({
    id: product.id,
    shopId,
    title: '手作青瓷杯',
    subtitle: '一手可握',
    pictureUrl: created.pictureUrls[0],
    state: 'on_shelf',
    priceFromFen: 8_900,
    priceToFen: 16_900,
    strikeFen: null,
    categoryId: null,
    brandId: null,
    isVirtual: false,
    available: 6,
    skuCount: 2,
  })
})

test('a product off the shelf can still be looked at, but is not listed', async () => {
  const { id } = await newProduct(team)
  await handlers.setShelf(clerk, { shopId, id, state: 'off_shelf' })
  expect(await handlers.view(anybody, { id })).toMatchObject({ state: 'off_shelf' })
  const { items } = await handlers.list(anybody, { shopId, limit: 100 })
  expect(items.map(card => card.id)).not.toContain(id)
})

test('taking a draft off the shelf leaves it a draft', async () => {
  const product = draft()
  await create(product)
  const kept = await handlers.setShelf(clerk, { shopId, id: product.id, state: 'off_shelf' })
  expect(kept.state).toBe('draft')
})

test('creating the same product again changes nothing', async () => {
  const product = draft()
  const created = await create(product)
  expect(await create({ ...product, title: '另一个' })).toEqual(created)
})

test('an update keeps the stock of kept SKUs, whatever it says about stock', async () => {
  const product = draft()
  await create(product)
  const [single, pair] = product.skus
  const gift = { id: newId(), spec: { 套装: '礼盒' }, priceFen: fen(32_800), initialStock: 9 }
  const kept = { ...must(single, 'a SKU'), priceFen: fen(7_900), initialStock: 500 }
  const updated = await update({ ...product, title: '青瓷杯', skus: [gift, kept] })
  expect(updated.title).toBe('青瓷杯')
  expect(updated.skus).toMatchObject([
    { id: gift.id, spec: gift.spec, priceFen: 32_800, available: 9 },
    { id: kept.id, spec: kept.spec, priceFen: 7_900, available: 4 },
  ])
  const retiredId = must(pair, 'a SKU').id
  const [retired] = await catalog.skusByIds(database.db, [retiredId])
  expect(retired).toMatchObject({ state: 'off_shelf', productId: product.id })

  const again = await update({ ...product, skus: [must(pair, 'a SKU')] })
  expect(again.skus).toMatchObject([{ id: retiredId, available: 2 }])
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})

test('specs are shown in the order in which they were written', async () => {
  const spec = { 颜色: '红', 尺码: 'M', a: '1' }
  const skus = [{ id: newId(), spec, priceFen: fen(100), initialStock: 1 }]
  const created = await create(draft({ skus }))
  expect(Object.keys(must(created.skus[0], 'a SKU').spec)).toEqual(['颜色', '尺码', 'a'])
})

test('a SKU that belongs to another product, or a picture that does not exist, is refused', async () => {
  const product = draft()
  await create(product)
  await expect(create(draft({ skus: product.skus }))).rejects.toMatchObject({
    code: 'product.skus_clash',
  })
  const other = draft()
  await create(other)
  await expect(update({ ...other, skus: product.skus })).rejects.toMatchObject({
    code: 'product.skus_clash',
  })
  await expect(create(draft({ pictureFileIds: [newId()] }))).rejects.toMatchObject({
    code: 'file.not_found',
  })
})

test('virtual goods cannot be returned, unless the shop says so', async () => {
  const isReturnable = async (terms: Partial<NewProduct>) => {
    const { noReturn, skus } = await create(draft(terms))
    const facts = await catalog.skusByIds(database.db, [must(skus[0], 'a SKU').id])
    return [noReturn, facts[0]?.mayReturn]
  }
  expect(await isReturnable({})).toEqual([null, true])
  expect(await isReturnable({ isVirtual: true })).toEqual(['agreed', false])
  expect(await isReturnable({ isVirtual: true, noReturn: null })).toEqual([null, true])
})

test('a product of another shop is as unknown as none at all', async () => {
  const stranger = await newShop()
  const theirs = { shopId: stranger.shopId }
  const ctx = ctxOf(stranger.owner)
  const { id } = await newProduct(team)
  for (const productId of [id, newId()]) {
    const owned = { ...theirs, id: productId }
    const notFound = { code: 'product.not_found' }
    await expect(handlers.manageView(ctx, owned)).rejects.toMatchObject(notFound)
    await expect(handlers.update(ctx, { ...draft(), ...owned })).rejects.toMatchObject(notFound)
    const shelf = { ...owned, state: 'off_shelf' as const }
    await expect(handlers.setShelf(ctx, shelf)).rejects.toMatchObject(notFound)
  }
  await expect(handlers.create(ctx, { ...draft({ id }), ...theirs })).rejects.toMatchObject({
    code: 'product.not_found',
  })
  await expect(handlers.manageList(ctx, { shopId, limit: 1 })).rejects.toMatchObject({
    code: 'request.not_found',
  })
  expect(await handlers.view(anybody, { id })).toMatchObject({ state: 'on_shelf', shopId })
})

test('a host sees the products of the shop but does not change them', async () => {
  const host = ctxOf(team.host)
  const product = draft()
  await create(product)
  expect(await handlers.manageView(host, { shopId, id: product.id })).toMatchObject({
    state: 'draft',
  })
  await expect(handlers.create(host, { shopId, ...draft() })).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('the list of a shop is filtered by state and words, and paged newest first', async () => {
  const owner = await newShop()
  const [old, middle, young] = [
    await newProduct(owner, { title: '龙井 100%' }),
    await newProduct(owner, { title: '桂花蜜' }),
    await newProduct(owner, { title: '龙井 罐装' }),
  ]
  const list = async (query: { q?: string; state?: 'draft' | 'off_shelf'; limit?: number }) => {
    const ctx = ctxOf(owner.owner)
    const input = { shopId: owner.shopId, limit: 10, ...query }
    return (await handlers.manageList(ctx, input)).items.map(card => card.id)
  }
  expect(await list({})).toEqual([young.id, middle.id, old.id])
  expect(await list({ q: '龙井' })).toEqual([young.id, old.id])
  expect(await list({ q: '100%' })).toEqual([old.id])
  expect(await list({ q: '_' })).toEqual([])
  expect(await list({ state: 'draft' })).toEqual([])

  const first = await handlers.list(anybody, { shopId: owner.shopId, limit: 2 })
  const cursor = must(first.next, 'more')
  const second = await handlers.list(anybody, { shopId: owner.shopId, limit: 2, cursor })
  expect([...first.items, ...second.items].map(card => card.id)).toEqual([
    young.id,
    middle.id,
    old.id,
  ])
  expect(second.next).toBeNull()
})

test('cards come in the order asked for, without the unknown ones', async () => {
  const [one, two] = [await newProduct(team), await newProduct(team)]
  const cards = await catalog.cardsByIds(database.db, [two.id, newId(), one.id])
  expect(cards.map(card => card.id)).toEqual([two.id, one.id])
})
