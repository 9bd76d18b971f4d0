import type { FlashSalePlan } from '@kaibo/contract/offer/flashsale'
import { hourMs, systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import type { OfferAsk, OfferUse } from '@kaibo/modules/price'
import { createStock } from '@kaibo/modules/stock'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createFlashSale } from './index.ts'

const { database, connect } = await testDatabase()
const stock = createStock({ database })
const team = shopTeam()
const { shopId } = team
const owner = ctxOf(team.owner)
const [roomId, otherRoomId] = [newId(), newId()]
const shelfPriceFen = fen(6_800)

const skus = new Map<Id, SkuFacts>()
async function newSku(onHand = 100): Promise<SkuFacts> {
  const sku: SkuFacts = {
    skuId: newId(),
    productId: newId(),
    shopId,
    versionId: newId(),
    title: '龙井',
    spec: {},
    pictureUrl: null,
    priceFen: shelfPriceFen,
    state: 'on_shelf',
    categoryIds: [],
    brandId: null,
    tagIds: [],
    weightG: 0,
    volumeCm3: 0,
    freightTemplateId: null,
    isVirtual: false,
    regionCodes: null,
    mayReturn: true,
    limitPerBuyer: null,
  }
  skus.set(sku.skuId, sku)
  await database.tx(tx => stock.open(tx, [{ ...sku, onHand, actorId: null }]))
  return sku
}
const processOn = (on: typeof database) =>
  createFlashSale({
    database: on,
    clock: systemClock,
    stock: createStock({ database: on }),
    catalog: {
      skusByIds: async (_db, ids) => ids.flatMap(id => skus.get(id) ?? []),
      skusOfProducts: async () => [],
    },
    bagOf: async () => [],
    live: {
      facts: async (_db, id) =>
        [roomId, otherRoomId].includes(id)
          ? {
              id,
              shopId,
              hostId: newId(),
              state: 'live',
              startedAt: null,
              endedAt: null,
              stopReason: null,
            }
          : null,
      // A token is its holder's name.
      isInRoom: (token, { liveId, userId }) => token === `${userId} in ${liveId}`,
    },
  })
const sales = processOn(database)
const elsewhere = processOn(connect())

const at = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString()
const planOf = (sku: SkuFacts, change: Partial<FlashSalePlan> = {}): FlashSalePlan => ({
  title: '整点秒杀',
  startsAt: at(-0.01),
  endsAt: at(1),
  channel: 'everywhere',
  liveId: null,
  items: [{ skuId: sku.skuId, priceFen: fen(4_900), quota: 10, perPersonMax: 2 }],
  ...change,
})
const create = (plan: FlashSalePlan, on = sales, id = newId()) =>
  on.handlers.create(owner, { shopId, id, ...plan })
const view = (id: Id) => sales.handlers.manageView(owner, { shopId, id })
const end = (id: Id) => sales.handlers.end(owner, { shopId, id })
/** A sale that runs. */
async function run(sku: SkuFacts, change: Partial<FlashSalePlan> = {}) {
  const { id } = await create(planOf(sku, change))
  await sales.advanceDue()
  return view(id)
}
/** Columns keep milliseconds and round: a moment that has come is at least one of them ago. */
const shift = (id: Id, column: 'starts_at' | 'ends_at', seconds: number) =>
  sql`update flashsale_activity set ${sql.ref(column)} = now() + make_interval(secs => ${seconds})
    where id = ${id}`.execute(database.db)
const available = async ({ skuId }: SkuFacts) =>
  (await stock.levelsBySku(database.db, [skuId])).get(skuId)?.available

const askOf = (sku: SkuFacts, change: Partial<OfferAsk> = {}): OfferAsk => ({
  buyerId: newId(),
  at: new Date(),
  source: { kind: 'shop', id: null },
  roomToken: null,
  skus: [sku],
  bundleIds: [],
  couponIds: [],
  wantsPoints: false,
  ...change,
})
const offersOf = async (...asks: OfferAsk[]) => sales.offers.offersFor(database.db, asks)
/** Orders a piece at the sale's price, as placement does: the offer first, then the goods. */
async function order(sku: SkuFacts, { id, items }: { id: Id; items: { id: Id }[] }, quantity = 1) {
  const orderId = newId()
  const use: OfferUse = {
    orderId,
    checkoutId: newId(),
    buyerId: newId(),
    kind: 'flash_sale',
    offerId: items[0]?.id ?? '',
    offFen: fen(1_900),
    quantity,
    points: 0,
  }
  const refusal = await database.tx(async tx => {
    const [refused] = (await sales.offers.consume?.(tx, [use])) ?? []
    if (refused) return refused.code
    const lines = [{ skuId: sku.skuId, poolId: id, quantity }]
    const [soldOut] = await stock.hold(tx, [{ orderId, lines }])
    if (soldOut) await sales.offers.release?.(tx, [orderId])
    return soldOut ? 'stock.sold_out' : null
  })
  return { orderId, refusal }
}
const close = (orderId: Id) =>
  database.tx(async tx => {
    await stock.release(tx, [orderId])
    await sales.offers.release?.(tx, [orderId])
  })

afterAll(async () => {
  expect((await sales.check(database.db)).findings).toEqual([])
  expect((await stock.check(database.db)).findings).toEqual([])
})

test('a price is offered from its start to its end, not a moment longer', async () => {
  const sku = await newSku()
  const { id } = await create(planOf(sku, { startsAt: at(1), endsAt: at(2) }))
  await sales.advanceDue()
  expect(await offersOf(askOf(sku))).toEqual([[]])
  // The quota leaves the shelf a moment before the price is true.
  await shift(id, 'starts_at', 1.5)
  await sales.advanceDue()
  expect(await view(id)).toMatchObject({ state: 'running', items: [{ leftCount: 10 }] })
  expect(await offersOf(askOf(sku))).toEqual([[]])
  expect(await available(sku)).toBe(90)
  await shift(id, 'starts_at', -1)
  expect(await offersOf(askOf(sku), askOf(await newSku()))).toMatchObject([
    [{ unitPriceFen: 4_900, poolId: id, limitPerBuyer: 2, kind: 'flash_sale' }],
    [],
  ])
  await shift(id, 'ends_at', -0.001)
  expect(await offersOf(askOf(sku))).toEqual([[]])
  await sales.advanceDue()
  expect(await view(id)).toMatchObject({ state: 'ended' })
  expect(await available(sku)).toBe(100)
})

test('what nobody ordered returns to the shelf, also what orders give back later', async () => {
  const sku = await newSku(20)
  const sale = await run(sku)
  const [kept, closed] = [await order(sku, sale, 3), await order(sku, sale, 2)]
  expect(await view(sale.id)).toMatchObject({
    soldCount: 5,
    orderCount: 2,
    items: [{ leftCount: 5 }],
  })
  await end(sale.id)
  expect(await available(sku)).toBe(15)
  await close(closed.orderId)
  expect(await available(sku)).toBe(17)
  await database.tx(tx => stock.ship(tx, [kept.orderId]))
  expect(await view(sale.id)).toMatchObject({ state: 'ended', soldCount: 3, orderCount: 1 })
})

test('what is sold out costs what it costs on the shelf again', async () => {
  const sku = await newSku()
  const sale = await run(sku)
  const results = await Promise.all(Array.from({ length: 14 }, () => order(sku, sale)))
  expect(results.filter(each => each.refusal === 'stock.sold_out')).toHaveLength(4)
  expect(await offersOf(askOf(sku))).toEqual([[]])
  const [first] = results.filter(each => each.refusal === null)
  await close(first?.orderId ?? '')
  expect(await offersOf(askOf(sku))).toMatchObject([[{ unitPriceFen: 4_900 }]])
})

test('an order that comes too late is refused', async () => {
  const sku = await newSku()
  const sale = await run(sku)
  const [ended, ordered] = await Promise.all([end(sale.id), order(sku, sale)])
  expect(ended.state).toBe('ended')
  expect([null, 'price.offer_over']).toContain(ordered.refusal)
  expect((await order(sku, sale)).refusal).toBe('price.offer_over')
})

test('the price of a room is for who is in it', async () => {
  const sku = await newSku()
  await run(sku, { channel: 'live', liveId: roomId })
  const ann = newId()
  const inRoom = (liveId: Id, roomToken: string | null) =>
    askOf(sku, { buyerId: ann, source: { kind: 'live', id: liveId }, roomToken })
  const offers = await offersOf(
    inRoom(roomId, `${ann} in ${roomId}`),
    inRoom(roomId, null),
    inRoom(roomId, `bob in ${roomId}`),
    inRoom(otherRoomId, `${ann} in ${otherRoomId}`),
    askOf(sku, { buyerId: ann, roomToken: `${ann} in ${roomId}` }),
  )
  expect(offers.map(each => each.length)).toEqual([1, 0, 0, 0, 0])
  expect(offers[0]).toMatchObject([{ kind: 'live_price' }])
})

test('a sale of any room of the shop is seen in each, and nowhere else', async () => {
  const { id } = await run(await newSku(), { channel: 'live' })
  const shown = async (place: { shopId?: Id; liveId?: Id }) =>
    (await sales.handlers.showing(ctxOf(visitor), place)).items.map(item => item.id)
  expect(await shown({ liveId: otherRoomId })).toContain(id)
  expect(await shown({ shopId })).not.toContain(id)
  expect(await shown({ liveId: newId() })).toEqual([])
})

test('the end of a room ends its sales after a grace, and cancels those that had not begun', async () => {
  const sku = await newSku()
  const own = { channel: 'live' as const, liveId: otherRoomId }
  const { id, endsAt } = await run(sku, own)
  const later = await create(planOf(sku, { ...own, startsAt: at(2), endsAt: at(3) }))
  const [subscriber] = sales.subscribers
  const told = { liveId: otherRoomId, shopId, state: 'ended' }
  const end = () => database.tx(async tx => subscriber?.handle(tx, told, '1'))
  await end()
  expect(await view(later.id)).toMatchObject({ state: 'cancelled' })
  const ending = await view(id)
  expect(ending.state).toBe('running')
  expect(Date.parse(ending.endsAt)).toBeLessThan(Date.parse(endsAt))
  await end()
  expect(await view(id)).toMatchObject({ endsAt: ending.endsAt })
  await shift(id, 'ends_at', -0.001)
  await sales.advanceDue()
  expect(await view(id)).toMatchObject({ state: 'ended' })
  expect(await available(sku)).toBe(100)
})

test('the end of a room that the platform stopped ends its sales at once', async () => {
  const sku = await newSku()
  const { id } = await run(sku, { channel: 'live', liveId: otherRoomId })
  const [subscriber] = sales.subscribers
  const told = { liveId: otherRoomId, shopId, state: 'ended', isStopped: true }
  await database.tx(async tx => subscriber?.handle(tx, told, '2'))
  await sales.advanceDue()
  expect(await view(id)).toMatchObject({ state: 'ended' })
})

test('a sale waits, marked, while the shelf is too short, and starts when there is enough', async () => {
  const sku = await newSku(4)
  const { id } = await run(sku)
  expect(await view(id)).toMatchObject({ state: 'scheduled', isShort: true })
  await expect(sales.handlers.start(owner, { shopId, id })).rejects.toMatchObject({
    code: 'flashsale.stock_short',
  })
  const more = { shopId, skuId: sku.skuId, id: newId(), delta: 6, note: '补货' }
  await stock.handlers.adjust(owner, more)
  await sales.advanceDue()
  expect(await view(id)).toMatchObject({ state: 'running', isShort: false })
  expect(await available(sku)).toBe(0)
})

test('two sales at one time on one SKU are refused, also at once', async () => {
  const sku = await newSku()
  const results = await Promise.allSettled([
    create(planOf(sku), sales),
    create(planOf(sku), elsewhere),
  ])
  const codes = results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code))
  expect(codes.toSorted()).toEqual(['flashsale.overlap', 'ok'])
  const later = await create(planOf(sku, { startsAt: at(2), endsAt: at(3) }))
  await expect(sales.handlers.start(owner, { shopId, id: later.id })).rejects.toMatchObject({
    code: 'flashsale.overlap',
  })
})

test('several processes start and end a sale once', async () => {
  const sku = await newSku()
  const { id } = await create(planOf(sku))
  await Promise.all([sales.advanceDue(), elsewhere.advanceDue(), sales.advanceDue()])
  expect(await available(sku)).toBe(90)
  await shift(id, 'ends_at', -0.001)
  await Promise.all([sales.advanceDue(), elsewhere.advanceDue()])
  expect(await available(sku)).toBe(100)
})

test('a running sale can only grow or end', async () => {
  const sku = await newSku(12)
  const { id } = await run(sku)
  const refuses = (code: string) => ({ code })
  await expect(sales.handlers.update(owner, { shopId, id, ...planOf(sku) })).rejects.toMatchObject(
    refuses('flashsale.wrong_state'),
  )
  const setQuota = (quota: number) =>
    sales.handlers.addQuota(owner, { shopId, id, skuId: sku.skuId, quota })
  await expect(setQuota(9)).rejects.toMatchObject(refuses('flashsale.plan_invalid'))
  await expect(setQuota(13)).rejects.toMatchObject(refuses('flashsale.stock_short'))
  expect(await setQuota(12)).toMatchObject({ items: [{ quota: 12, leftCount: 12 }] })
  expect(await setQuota(12)).toMatchObject({ items: [{ quota: 12, leftCount: 12 }] })
  await end(id)
  await expect(setQuota(20)).rejects.toMatchObject(refuses('flashsale.wrong_state'))
})

test('a sale that has not started can be planned anew or cancelled', async () => {
  const sku = await newSku()
  const plan = planOf(sku, { startsAt: at(5), endsAt: at(6) })
  const { id } = await create(plan)
  expect(await create(plan, sales, id)).toMatchObject({ id })
  const next = { ...plan, title: '改期', endsAt: at(7) }
  const changed = await sales.handlers.update(owner, { shopId, id, ...next })
  expect(changed).toMatchObject({ title: '改期', endsAt: next.endsAt })
  expect(await end(id)).toMatchObject({ state: 'cancelled' })
  await sales.advanceDue()
  expect(await available(sku)).toBe(100)
})

const tea = await newSku()
const item = { skuId: tea.skuId, priceFen: fen(4_900), quota: 10, perPersonMax: 2 }
test.each<[string, Partial<FlashSalePlan>, string]>([
  ['ends before it starts', { startsAt: at(2), endsAt: at(1) }, 'flashsale.plan_invalid'],
  ['is over already', { startsAt: at(-2), endsAt: at(-1) }, 'flashsale.plan_invalid'],
  ['lasts two months', { endsAt: at(24 * 60) }, 'flashsale.plan_invalid'],
  ['costs nothing', { items: [{ ...item, priceFen: fen(0) }] }, 'flashsale.plan_invalid'],
  ['is no cheaper', { items: [{ ...item, priceFen: fen(6_800) }] }, 'flashsale.plan_invalid'],
  ['sells a SKU twice', { items: [item, item] }, 'flashsale.plan_invalid'],
  ['names a room but is everywhere', { liveId: roomId }, 'flashsale.plan_invalid'],
  ['sells goods of others', { items: [{ ...item, skuId: newId() }] }, 'product.not_found'],
  ['is in a room of others', { channel: 'live', liveId: newId() }, 'live.not_found'],
])('no sale %s', async (_, change, code) => {
  await expect(create(planOf(tea, change))).rejects.toMatchObject({ code })
})
