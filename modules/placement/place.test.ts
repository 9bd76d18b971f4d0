import type { Order, PlaceOrder } from '@kaibo/contract/trade/order'
import { isPublicNumber, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import {
  type Buyer,
  createCommerce,
  createMarket,
  orderRequest,
  placeOne,
} from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const { order, placement, stock, newBuyer, newProduct } = market
const team = await market.newShop()
const { shopId } = team

/** Other processes: their own modules on their own pools. */
const processes = [0, 1, 2].map(() => createCommerce(connect(), market).placement)

const place = (buyer: Buyer, request: PlaceOrder, by = placement) =>
  placeOne({ placement: by }, buyer, request)
/** An order but for the moment at which it was looked at. */
const still = ({ now: _, ...rest }: Order) => rest
const idOf = (request: PlaceOrder) => must(request.orders[0], 'an order').id
const skuOf = async (changes: { priceFen?: number; stock?: number } = {}, by = team) => {
  const product = await newProduct(by, { skus: [changes] })
  return must(product.skus[0], 'a SKU')
}
const levelOf = async (sku: { id: string }) =>
  (await stock.levelsBySku(database.db, [sku.id])).get(sku.id)
const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code)).toSorted()
const countOf = (codes: string[], code: string) => codes.filter(each => each === code).length

test('an order freezes what it was placed for and holds its goods until it is paid', async () => {
  const product = await newProduct(team, {
    title: '青瓷杯',
    skus: [{ priceFen: 8_900 }, { priceFen: 16_900 }],
  })
  const [single, pair] = product.skus.map(sku => ({ sku, quantity: 2 }))
  const buyer = await newBuyer()
  const goods = [must(single, 'a SKU'), must(pair, 'a SKU')]
  const request = orderRequest(buyer, goods, { note: '请轻放' })
  const preview = await placement.handlers.preview(ctxOf(buyer.actor), request)
  const placed = await place(buyer, request)

  expect(placed).toMatchObject({
    ...preview.shops[0],
    id: idOf(request),
    checkoutId: idOf(request),
    state: 'pending',
    itemsFen: 51_600,
    shippingFen: 0,
    payableFen: 51_600,
    receiver: { name: '王小明', phone: '13800138000' },
    note: '请轻放',
    paidAt: null,
  })
  expect(isPublicNumber(placed.number)).toBe(true)
  expect(Date.parse(placed.expiresAt) - Date.parse(placed.createdAt)).toBe(900_000)
  expect(await levelOf(must(single, 'a SKU').sku)).toMatchObject({ reserved: 2, available: 8 })

  await sql`update catalog_product set title = '改名' where id = ${product.id}`.execute(database.db)
  await sql`update catalog_sku set price_fen = 1 where product_id = ${product.id}`.execute(
    database.db,
  )
  const later = await order.handlers.view(ctxOf(buyer.actor), { id: placed.id })
  expect(still(later)).toEqual(still(placed))
})

test('two buyers, one unit: one order and one clear "sold out"', async () => {
  for (let round = 0; round < 5; round++) {
    const sku = await skuOf({ stock: 1 })
    const buyers = [await newBuyer(), await newBuyer()]
    const results = await Promise.allSettled(
      buyers.map((buyer, index) =>
        place(buyer, orderRequest(buyer, [{ sku, quantity: 1 }]), processes[index]),
      ),
    )
    expect(codesOf(results)).toEqual(['ok', 'stock.sold_out'])
    const refused = results.find(each => each.status === 'rejected')
    expect(refused?.reason.data).toEqual({ skuIds: [sku.id] })
    expect(await levelOf(sku)).toMatchObject({ onHand: 1, reserved: 1 })
  }
})

test('fifty buyers in three processes get ten units: ten orders, nothing oversold', async () => {
  const sku = await skuOf({ stock: 10 })
  const buyer = await newBuyer()
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      place(buyer, orderRequest(buyer, [{ sku, quantity: 1 }]), processes[index % 3]),
    ),
  )
  expect(countOf(codesOf(results), 'ok')).toBe(10)
  expect(countOf(codesOf(results), 'stock.sold_out')).toBe(40)
  expect(await levelOf(sku)).toMatchObject({ onHand: 10, reserved: 10 })
  const numbers = results.flatMap(each => (each.status === 'fulfilled' ? [each.value.number] : []))
  expect(new Set(numbers).size).toBe(10)
})

test('orders that share goods in opposite order do not wait for each other', async () => {
  const product = await newProduct(team, { skus: [{ stock: 100 }, { stock: 100 }] })
  const goods = product.skus.map(sku => ({ sku, quantity: 1 }))
  const buyer = await newBuyer()
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      place(
        buyer,
        orderRequest(buyer, index % 2 ? goods : goods.toReversed()),
        processes[index % 3],
      ),
    ),
  )
  expect(countOf(codesOf(results), 'ok')).toBe(20)
})

test('a double click is one order', async () => {
  const sku = await skuOf({ stock: 5 })
  const buyer = await newBuyer()
  const request = orderRequest(buyer, [{ sku, quantity: 1 }])
  const answers = await Promise.all(processes.map(by => place(buyer, request, by)))
  expect(new Set(answers.map(answer => answer.number)).size).toBe(1)
  expect(still(await place(buyer, request))).toEqual(still(must(answers[0], 'an order')))
  expect(await levelOf(sku)).toMatchObject({ reserved: 1 })
})

test('the same request answers with its order, even when the goods are long gone', async () => {
  const sku = await skuOf({ stock: 1 })
  const buyer = await newBuyer()
  const request = orderRequest(buyer, [{ sku, quantity: 1 }])
  const placed = await place(buyer, request)
  await sql`update catalog_product set state = 'off_shelf'
            where id = (select product_id from catalog_sku where id = ${sku.id})`.execute(
    database.db,
  )
  expect(still(await place(buyer, request))).toEqual(still(placed))
})

test('an order id that is in use for something else is refused, also in a race', async () => {
  const sku = await skuOf({ stock: 10 })
  const [ann, bob] = [await newBuyer(), await newBuyer()]
  const request = orderRequest(ann, [{ sku, quantity: 1 }])
  const twice = orderRequest(ann, [{ sku, quantity: 2 }], { id: idOf(request) })
  const race = await Promise.allSettled([
    place(ann, request, processes[0]),
    place(ann, twice, processes[1]),
  ])
  expect(codesOf(race)).toEqual(['ok', 'order.id_taken'])
  const same = { ...request, addressId: bob.addressId }
  await expect(place(bob, same)).rejects.toMatchObject({ code: 'order.id_taken' })
  const held = await levelOf(sku)
  expect([1, 2]).toContain(held?.reserved)
})

test('what changed since the buyer looked is refused, and nothing is placed', async () => {
  const sku = await skuOf()
  const buyer = await newBuyer()
  const tooCheap = orderRequest(buyer, [{ sku, quantity: 1 }], { expectedPayableFen: fen(1) })
  await expect(place(buyer, tooCheap)).rejects.toMatchObject({
    code: 'order.price_changed',
    data: { payableFen: sku.priceFen },
  })
  const noAddress = orderRequest(buyer, [{ sku, quantity: 1 }], { addressId: newId() })
  await expect(place(buyer, noAddress)).rejects.toMatchObject({ code: 'order.address_missing' })
  expect(await levelOf(sku)).toMatchObject({ reserved: 0 })
  expect((await order.handlers.list(ctxOf(buyer.actor), { limit: 10 })).items).toEqual([])
})

test('whoever counts on the price of a room that is over is told so', async () => {
  const sku = await skuOf()
  const buyer = await newBuyer()
  const late = orderRequest(buyer, [{ sku, quantity: 1 }], {
    source: { kind: 'live', id: newId() },
    roomToken: 'of a room that has ended',
    expectedPayableFen: fen(1),
  })
  await expect(place(buyer, late)).rejects.toMatchObject({ code: 'price.offer_over' })
  expect(await levelOf(sku)).toMatchObject({ reserved: 0 })
})

test('a checkout over two shops is one order each, all or none', async () => {
  const [ours, theirs] = [
    await skuOf({ stock: 2 }),
    await skuOf({ stock: 2 }, await market.newShop()),
  ]
  const buyer = await newBuyer()
  const goods = [ours, theirs].map(sku => ({ sku, quantity: 2 }))
  const request = orderRequest(buyer, goods)
  const { orders, payableFen } = await placement.handlers.place(ctxOf(buyer.actor), request)
  expect(orders.map(each => each.shop.id)).toEqual([ours.shopId, theirs.shopId])
  expect(new Set(orders.map(each => each.checkoutId))).toEqual(new Set([orders[0]?.checkoutId]))
  expect(orders.map(each => each.id)).toContain(orders[0]?.checkoutId)
  expect(payableFen).toBe(4 * 6_800)

  const [more, gone] = [await skuOf(), theirs]
  const halfGone = orderRequest(
    buyer,
    [more, gone].map(sku => ({ sku, quantity: 1 })),
  )
  await expect(place(buyer, halfGone)).rejects.toMatchObject({
    code: 'stock.sold_out',
    data: { skuIds: [gone.id] },
  })
  expect(await levelOf(more)).toMatchObject({ reserved: 0 })
  const oneMissing = { ...halfGone, orders: halfGone.orders.slice(1) }
  await expect(place(buyer, oneMissing)).rejects.toMatchObject({ code: 'order.shops_differ' })
})

test("nobody orders to somebody else's address", async () => {
  const sku = await skuOf()
  const [ann, bob] = [await newBuyer(), await newBuyer()]
  const stolen = orderRequest(ann, [{ sku, quantity: 1 }], { addressId: bob.addressId })
  const refused = { code: 'order.address_missing' }
  await expect(place(ann, stolen)).rejects.toMatchObject(refused)
  await expect(placement.handlers.preview(ctxOf(ann.actor), stolen)).rejects.toMatchObject(refused)
  await market.account.handlers.removeAddress(ctxOf(ann.actor), { id: ann.addressId })
  const gone = { ...stolen, addressId: ann.addressId }
  await expect(placement.handlers.preview(ctxOf(ann.actor), gone)).rejects.toMatchObject(refused)
})

test('staff cannot buy from their own shop, and visitors have to sign in', async () => {
  const sku = await skuOf()
  const buyer = await newBuyer()
  const staff = userActor({ userId: buyer.actor.userId, shops: [{ shopId, role: 'clerk' }] })
  const request = orderRequest(buyer, [{ sku, quantity: 1 }])
  await expect(placement.handlers.place(ctxOf(staff), request)).rejects.toMatchObject({
    code: 'order.own_shop',
  })
  await expect(placement.handlers.place(ctxOf(visitor), request)).rejects.toMatchObject({
    code: 'auth.required',
  })
})

test('a preview says what is sold out before anybody types an address', async () => {
  const sku = await skuOf({ stock: 1 })
  const buyer = await newBuyer()
  const basket = orderRequest(buyer, [{ sku, quantity: 2 }], { addressId: null })
  await expect(placement.handlers.preview(ctxOf(buyer.actor), basket)).rejects.toMatchObject({
    code: 'stock.sold_out',
    data: { skuIds: [sku.id] },
  })
})
