import type { Order, PlaceOrder } from '@kaibo/contract/trade/order'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import type { Offer, OfferSource } from '@kaibo/modules/price'
import {
  type Buyer,
  createCommerce,
  createMarket,
  orderRequest,
  placeOne,
  type SoldSku,
} from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()

/** Sells a SKU for less, from a pool; refuses the orders in `over`, as an activity that ended would. */
const activities = new Map<Id, Extract<Offer, { stage: 'activity' }>>()
const over = new Set<Id>()
const activity: OfferSource = {
  name: 'activity',
  offersFor: async (_db, asks) =>
    asks.map(ask => ask.skus.flatMap(sku => activities.get(sku.skuId) ?? [])),
  consume: async (_tx, uses) =>
    uses
      .filter(use => over.has(use.orderId))
      .map(({ orderId }) => ({ orderId, code: 'price.offer_over' as const })),
}
const offers = [activity]
const market = createMarket(database, { offers })
const { stock, newBuyer } = market
const team = await market.newShop()
const pools = [connect(), connect(), connect()]
const processes = pools.map(pool => createCommerce(pool, market, { offers }).placement)
const buyer = await newBuyer()

async function newSku({ count = 10, limit = null as number | null, by = team } = {}) {
  const product = await market.newProduct(by, { skus: [{ stock: count }] })
  await sql`update catalog_product set limit_per_buyer = ${limit}
            where id = ${product.id}`.execute(database.db)
  return must(product.skus[0], 'a SKU')
}
const levelOf = async ({ id }: SoldSku) => (await stock.levelsBySku(database.db, [id])).get(id)
const buy = (sku: SoldSku, quantity = 1, who: Buyer = buyer) =>
  orderRequest(who, [{ sku, quantity }])
const place = (request: PlaceOrder, { by = market.placement, who = buyer } = {}) =>
  placeOne({ placement: by }, who, request)
const idOf = (request: PlaceOrder) => must(request.orders[0], 'an order').id

const settle = async (orders: Promise<Order>[]) =>
  (await Promise.allSettled(orders)).map(each =>
    each.status === 'fulfilled' ? 'ok' : String(each.reason.code),
  )
const countOf = (codes: string[], code: string) => codes.filter(each => each === code).length
const isExplained = async () => {
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
  expect(await market.order.check(database.db)).toMatchObject({ ok: true })
}

test('500 buyers in three processes want 50 pieces: 50 orders, and everybody is told', async () => {
  const sku = await newSku({ count: 50 })
  const requests = Array.from({ length: 500 }, () => buy(sku))
  const codes = await settle(
    requests.map((request, at) => place(request, { by: processes[at % 3] })),
  )
  expect(countOf(codes, 'ok')).toBe(50)
  expect(countOf(codes, 'stock.sold_out')).toBe(450)
  expect(await levelOf(sku)).toMatchObject({ onHand: 50, reserved: 50, available: 0 })
  const { rows } = await sql<{ orderCount: number; numberCount: number; toldCount: number }>`
    select count(*) as "orderCount", count(distinct number) as "numberCount",
      (select sum(jsonb_array_length(payload -> 'orderIds'))::int from outbox_event
       where name = 'orders.placed' and payload::text like ${`%${buyer.actor.userId}%`})
        as "toldCount"
    from order_header`.execute(database.db)
  expect(rows).toEqual([{ orderCount: 50, numberCount: 50, toldCount: 50 }])
  await isExplained()
})

test('nobody gets more than each person may, and a closed order gives its share back once', async () => {
  const sku = await newSku({ count: 100, limit: 3 })
  const [ann, bob] = [await newBuyer(), await newBuyer()]
  const race = [ann, bob].flatMap(who =>
    Array.from({ length: 12 }, (_, at) => place(buy(sku, 1, who), { by: processes[at % 3], who })),
  )
  const codes = await settle(race)
  expect(countOf(codes, 'ok')).toBe(6)
  expect(countOf(codes, 'price.limit_reached')).toBe(18)
  await expect(
    market.placement.handlers.preview(ctxOf(ann.actor), buy(sku, 1, ann)),
  ).rejects.toMatchObject({ code: 'price.limit_reached', data: { skuIds: [sku.id] } })

  const mine = await market.order.handlers.list(ctxOf(ann.actor), { limit: 10 })
  const closed = must(mine.items[0], 'an order')
  const cancel = () => market.order.handlers.cancel(ctxOf(ann.actor), { ...closed, reason: '' })
  await Promise.all([cancel(), cancel(), cancel()])
  const again = Array.from({ length: 4 }, (_, at) =>
    place(buy(sku, 1, ann), { by: processes[at % 3], who: ann }),
  )
  expect(countOf(await settle(again), 'ok')).toBe(1)
  await isExplained()
})

test('the same request twenty times at once, in one process and in others, is one order', async () => {
  const sku = await newSku({ count: 5 })
  const request = buy(sku)
  const bys = [market.placement, ...processes]
  const orders = await Promise.all(
    Array.from({ length: 20 }, (_, at) => place(request, { by: bys[at % 4] })),
  )
  expect(new Set(orders.map(order => order.number)).size).toBe(1)
  expect(await levelOf(sku)).toMatchObject({ reserved: 1 })
})

const wish = fc.record({
  quantity: fc.integer({ min: 1, max: 4 }),
  sku: fc.nat(1),
  also: fc.boolean(),
  who: fc.nat(1),
})

test('in a group that does not fit as a whole, exactly those fit that would one by one', async () => {
  const [ann, bob] = [await newBuyer(), await newBuyer()]
  const sizes = fc.record({ count: fc.integer({ min: 3, max: 9 }), limit: fc.constantFrom(4, 6) })
  const group = fc.array(wish, { minLength: 6, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(sizes, group, async ({ count, limit }, wishes) => {
      const skus = [await newSku({ count, limit }), await newSku({ count })]
      const left = new Map<string, number>(skus.map(sku => [sku.id, count]))
      const expected: boolean[] = []
      const placing = wishes.map(({ quantity, sku, also, who: index }) => {
        const who = index === 0 ? ann : bob
        const wanted = also ? skus : [must(skus[sku], 'a SKU')]
        const rooms = wanted.flatMap(({ id }) =>
          id === skus[0]?.id ? [id, `${id} ${who.actor.userId}`] : [id],
        )
        const fits = rooms.every(room => quantity <= (left.get(room) ?? limit))
        expected.push(fits)
        if (fits) for (const room of rooms) left.set(room, (left.get(room) ?? limit) - quantity)
        const goods = wanted.map(each => ({ sku: each, quantity }))
        return place(orderRequest(who, goods), { who })
      })
      const codes = await settle(placing)
      expect(codes.map(code => code === 'ok')).toEqual(expected)
    }),
    { numRuns: 15 },
  )
  await isExplained()
})

test('a request that cannot be written takes nobody else down', async () => {
  const sku = await newSku({ count: 100 })
  const requests = Array.from({ length: 9 }, () => buy(sku))
  const poison = orderRequest(buyer, [{ sku, quantity: 1 }], { note: 'no\u0000note' })
  const codes = await settle(
    [...requests, poison, ...Array.from({ length: 9 }, () => buy(sku))].map(request =>
      place(request),
    ),
  )
  expect(countOf(codes, 'ok')).toBe(18)
  expect(codes[9]).toMatch(/^22/)
  expect(await levelOf(sku)).toMatchObject({ reserved: 18 })
})

test('an address that cannot be read takes nobody else down', async () => {
  const sku = await newSku({ count: 100 })
  const broken = await newBuyer()
  await sql`update account_address set receiver_sealed = 'broken'
            where id = ${broken.addressId}`.execute(database.db)
  const codes = await settle([
    ...Array.from({ length: 6 }, () => place(buy(sku))),
    place(buy(sku, 1, broken), { who: broken }),
  ])
  expect(countOf(codes, 'ok')).toBe(6)
  expect(codes[6]).toBe('undefined')
})

test('when more wait than may, the others are told their place and a time to come back', async () => {
  const sku = await newSku({ count: 100 })
  const small = createCommerce(database, market, { queueMax: 3 }).placement
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => place(buy(sku), { by: small })),
  )
  expect(results.map(each => each.status)).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled'],
    ...['rejected', 'rejected'],
  ])
  const busy = results.find(each => each.status === 'rejected')
  expect(busy?.reason).toMatchObject({
    code: 'order.busy',
    data: { place: 4, waitMs: expect.any(Number), retryAfterSec: 1 },
  })
})

test('when the answer of the database is lost, sending again gives every order once', async () => {
  const sku = await newSku({ count: 1_000 })
  const cut = connect({ name: 'cut-off' })
  const { placement } = createCommerce(cut, market, { offers })
  const requests = Array.from({ length: 60 }, () => buy(sku))
  const first = settle(requests.map(request => place(request, { by: placement })))
  for (let round = 0; round < 15; round++)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
              where application_name = 'cut-off' and query like '%placement_place%'`.execute(
      database.db,
    )
  const codes = await first
  for (const code of codes) expect(['ok', 'order.busy', '57P01', 'undefined']).toContain(code)
  const orders = await Promise.all(requests.map(request => place(request)))
  expect(orders.map(each => each.id)).toEqual(requests.map(idOf))
  expect(await levelOf(sku)).toMatchObject({ reserved: 60 })
  await isExplained()
})

test('an activity sells its quota at its price, and whom it refuses holds nobody up', async () => {
  const [sku, poolId] = [await newSku({ count: 10 }), newId()]
  const { id: skuId } = sku
  await database.tx(tx => stock.allot(tx, [{ skuId, poolId, quantity: 4 }]))
  activities.set(skuId, {
    ...{ stage: 'activity', kind: 'flash_sale', offerId: newId(), title: '秒杀', skuId },
    ...{ unitPriceFen: fen(100), poolId, limitPerBuyer: 9 },
  })
  const requests = Array.from({ length: 6 }, () => ({
    ...buy(sku),
    expectedPayableFen: fen(100),
  }))
  for (const request of requests.slice(0, 2)) over.add(idOf(request))
  const codes = await settle(requests.map(request => place(request)))
  expect(codes).toEqual(['price.offer_over', 'price.offer_over', 'ok', 'ok', 'ok', 'ok'])
  expect(await levelOf(sku)).toEqual({ skuId, onHand: 10, reserved: 4, available: 6 })
  expect(await settle([place({ ...buy(sku), expectedPayableFen: fen(100) })])).toEqual([
    'stock.sold_out',
  ])
  const { rows } = await sql`
    select 1 from outbox_event
    where name = 'stock.pool_changed' and payload::text like ${`%${poolId}%`}`.execute(database.db)
  expect(rows.length).toBeGreaterThan(0)
  activities.delete(skuId)
  await isExplained()
})
