import type { UserActor } from '@kaibo/contract/core/permissions'
import type { Product } from '@kaibo/contract/goods/catalog'
import type { Cart } from '@kaibo/contract/trade/cart'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createCart } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { handlers: cart } = createCart({ database, ...market })

const team = await market.newShop('山岚小铺')
const other = await market.newShop('云上茶舍')
const source = { kind: 'shop', id: null } as const

const skuIdOf = (product: Product, index = 0) => product.skus[index]?.id ?? ''
const newSku = async (of = team, stock = 100) =>
  skuIdOf(await market.newProduct(of, { skus: [{ stock }] }))
const add = (buyer: UserActor, skuId: string, quantity = 1, id = newId()) =>
  cart.add(ctxOf(buyer), { id, skuId, quantity, source })
const view = (buyer: UserActor, regionCode?: string) =>
  cart.view(ctxOf(buyer), regionCode ? { regionCode } : {})
const device = (skuId: string, quantity: number) => ({
  skuId,
  quantity,
  isSelected: true,
  addedPriceFen: fen(6_800),
  source,
})
const linesOf = ({ shops, invalid }: Cart) => [...shops.flatMap(({ lines }) => lines), ...invalid]
const quantities = async (buyer: UserActor) =>
  Object.fromEntries(linesOf(await view(buyer)).map(line => [line.skuId, line.quantity]))

test('a cart shows its lines by shop, the newest shop first, at the prices of now', async () => {
  const buyer = await market.newUser()
  const [tea, cup, pot] = [await newSku(), await newSku(other), await newSku()]
  for (const skuId of [tea, cup, pot]) await add(buyer, skuId, 2)
  const seen = await view(buyer)
  expect(seen.shops.map(({ shop }) => shop.name)).toEqual(['山岚小铺', '云上茶舍'])
  expect(seen.shops[0]?.lines.map(line => line.skuId)).toEqual([pot, tea])
  expect(seen.count).toBe(3)
  expect(seen.shops[1]?.lines[0]).toMatchObject({
    title: '龙井春茶',
    quantity: 2,
    isSelected: true,
    priceFen: 6_800,
    addedPriceFen: 6_800,
    available: 100,
    quantityMax: 100,
    problem: null,
    source,
  })
})

test('a double click puts in once', async () => {
  const buyer = await market.newUser()
  const skuId = await newSku()
  const id = newId()
  await Promise.all(Array.from({ length: 6 }, () => add(buyer, skuId, 2, id)))
  expect(await quantities(buyer)).toEqual({ [skuId]: 2 })
})

test('additions from many tabs all count', async () => {
  const buyer = await market.newUser()
  const skuId = await newSku()
  await Promise.all(Array.from({ length: 12 }, () => add(buyer, skuId, 3)))
  expect(await quantities(buyer)).toEqual({ [skuId]: 36 })
})

test('two tabs that set a quantity leave one of the two', async () => {
  const buyer = await market.newUser()
  const skuId = await newSku()
  await add(buyer, skuId)
  const set = (quantity: number) => cart.set(ctxOf(buyer), { skuId, quantity })
  await Promise.all([set(5), set(7), set(5), set(7)])
  expect([5, 7]).toContain((await quantities(buyer))[skuId])
})

test('a cart takes 120 lines, from however many tabs', async () => {
  const buyer = await market.newUser()
  const products = await Promise.all(
    Array.from({ length: 3 }, () =>
      market.newProduct(team, { skus: Array.from({ length: 45 }, () => ({})) }),
    ),
  )
  const skuIds = products.flatMap(product => product.skus.map(sku => sku.id))
  const lines = skuIds.slice(0, 115).map(skuId => device(skuId, 1))
  await cart.merge(ctxOf(buyer), { id: newId(), lines })
  const results = await Promise.allSettled(skuIds.slice(115, 127).map(skuId => add(buyer, skuId)))
  const refused = results.filter(each => each.status === 'rejected')
  expect(refused.map(each => each.reason.message)).toEqual(Array(7).fill('cart.full'))
  expect(await cart.count(ctxOf(buyer), {})).toEqual({ count: 120 })
  const [first = ''] = Object.keys(await quantities(buyer))
  expect(await add(buyer, first)).toEqual({ count: 120 })
})

test('quantities stop at 999', async () => {
  const buyer = await market.newUser()
  const skuId = await newSku()
  await add(buyer, skuId, 600)
  await add(buyer, skuId, 600)
  expect(await quantities(buyer)).toEqual({ [skuId]: 999 })
})

test('nobody sees or changes the cart of somebody else', async () => {
  const [ann, bo] = [await market.newUser(), await market.newUser()]
  const skuId = await newSku()
  await add(ann, skuId)
  expect(await view(bo)).toEqual({ shops: [], invalid: [], count: 0 })
  await expect(cart.set(ctxOf(bo), { skuId, quantity: 5 })).rejects.toThrow('cart.line_gone')
  await cart.remove(ctxOf(bo), { skuIds: [skuId] })
  await cart.select(ctxOf(bo), { skuIds: [skuId], isSelected: false })
  expect(linesOf(await view(ann))).toMatchObject([{ quantity: 1, isSelected: true }])
  await expect(cart.view(ctxOf(visitor), {})).rejects.toThrow('auth.required')
})

test('another variant takes the place of the first, and asking again changes nothing', async () => {
  const buyer = await market.newUser()
  const product = await market.newProduct(team, { skus: [{}, { priceFen: 9_900 }] })
  const [skuId, toSkuId] = [skuIdOf(product), skuIdOf(product, 1)]
  await add(buyer, skuId, 2)
  const call = () => cart.changeSku(ctxOf(buyer), { skuId, toSkuId, quantity: 3 })
  await Promise.all([call(), call(), call()])
  expect(linesOf(await view(buyer))).toMatchObject([
    { skuId: toSkuId, quantity: 3, priceFen: 9_900, addedPriceFen: 9_900 },
  ])
})

test('two variants that become one add up', async () => {
  const buyer = await market.newUser()
  const product = await market.newProduct(team, { skus: [{}, {}] })
  const [skuId, toSkuId] = [skuIdOf(product), skuIdOf(product, 1)]
  await add(buyer, skuId, 2)
  await add(buyer, toSkuId, 5)
  await cart.changeSku(ctxOf(buyer), { skuId, toSkuId, quantity: 2 })
  expect(await quantities(buyer)).toEqual({ [toSkuId]: 7 })
})

test('a variant of another product is refused', async () => {
  const buyer = await market.newUser()
  const [skuId, toSkuId] = [await newSku(), await newSku()]
  await add(buyer, skuId)
  const call = cart.changeSku(ctxOf(buyer), { skuId, toSkuId, quantity: 1 })
  await expect(call).rejects.toThrow('cart.other_product')
  const gone = cart.changeSku(ctxOf(buyer), { skuId: toSkuId, toSkuId: newId(), quantity: 1 })
  await expect(gone).rejects.toThrow('cart.line_gone')
})

test('what does not exist or is off the shelf cannot be put in', async () => {
  const buyer = await market.newUser()
  await expect(add(buyer, newId())).rejects.toThrow('product.not_found')
  const product = await market.newProduct(team)
  const shelf = { shopId: team.shopId, id: product.id }
  await market.catalog.setShelf(team.owner, { ...shelf, state: 'off_shelf' })
  await expect(add(buyer, skuIdOf(product))).rejects.toThrow('product.off_shelf')
})

test('lines that cannot be ordered are apart, each with its reason', async () => {
  const buyer = await market.newUser()
  const hidden = await market.newProduct(team)
  const soldOut = await newSku(team, 0)
  const few = await newSku(team, 2)
  await add(buyer, skuIdOf(hidden))
  await add(buyer, soldOut)
  await add(buyer, few, 5)
  const shelf = { shopId: team.shopId, id: hidden.id }
  await market.catalog.setShelf(team.owner, { ...shelf, state: 'off_shelf' })
  const seen = await view(buyer)
  expect(seen.invalid.map(line => [line.skuId, line.problem, line.quantityMax])).toEqual([
    [soldOut, 'sold_out', 0],
    [skuIdOf(hidden), 'off_shelf', 0],
  ])
  expect(seen.shops.flatMap(({ lines }) => lines)).toMatchObject([
    { skuId: few, problem: 'short', quantity: 5, quantityMax: 2 },
  ])
  expect(seen.count).toBe(3)
})

test('a device cart is poured in once, whatever the network does', async () => {
  const buyer = await market.newUser()
  const [tea, cup] = [await newSku(), await newSku(other)]
  await add(buyer, tea, 998)
  const id = newId()
  const lines = [device(tea, 4), device(cup, 2), device(newId(), 9)]
  const merge = () => cart.merge(ctxOf(buyer), { id, lines })
  await Promise.all([merge(), merge(), merge()])
  expect(await quantities(buyer)).toEqual({ [tea]: 999, [cup]: 2 })
  await cart.merge(ctxOf(buyer), { id: newId(), lines: [device(cup, 1)] })
  expect(await quantities(buyer)).toEqual({ [tea]: 999, [cup]: 3 })
})

test('a visitor sees the cart on the device as it is now, and nothing is kept', async () => {
  const [tea, none] = [await newSku(), await newSku(other, 0)]
  const lines = [device(tea, 2), device(none, 1), device(newId(), 1)]
  const seen = await cart.viewDevice(ctxOf(visitor), { lines })
  expect(seen.shops.map(({ shop }) => shop.name)).toEqual(['山岚小铺'])
  expect(seen.invalid).toMatchObject([{ skuId: none, problem: 'sold_out' }])
  expect(seen.count).toBe(2)
})

test('lines are marked, unmarked and taken out, many at once and again', async () => {
  const buyer = await market.newUser()
  const skuIds = [await newSku(), await newSku(), await newSku()]
  for (const skuId of skuIds) await add(buyer, skuId)
  const [first = '', ...rest] = skuIds
  await cart.select(ctxOf(buyer), { skuIds: rest, isSelected: false })
  const selected = linesOf(await view(buyer)).filter(line => line.isSelected)
  expect(selected.map(line => line.skuId)).toEqual([first])
  expect(await cart.remove(ctxOf(buyer), { skuIds: rest })).toEqual({ count: 1 })
  expect(await cart.remove(ctxOf(buyer), { skuIds: rest })).toEqual({ count: 1 })
})
