import type { UserActor } from '@kaibo/contract/core/permissions'
import type { Insight, SignalKind } from '@kaibo/contract/show/insight'
import type { Database } from '@kaibo/db/database'
import { silentLog } from '@kaibo/db/log'
import { systemClock } from '@kaibo/kernel/clock'
import { type Id, newId, newSyntheticId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createOrderDesk } from '@kaibo/modules/orderdesk'
import { type Buyer, createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createInsight } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { live, showcase } = stage
/** Numbers are kept for a moment: each look is a second later than the one before. */
let lookCount = 0
let frozenMs: number | null = null
const clock = {
  now: () => new Date((frozenMs ?? systemClock.now().getTime()) + lookCount * 2_500),
}
const processOn = (pool: Database) =>
  createInsight({
    ...{ database: pool, clock, log: silentLog, live, showcase, catalog: market.catalog },
    sales: createOrderDesk({ database: pool, order: market.order, account: market.account }),
  })
const insight = processOn(database)
const elsewhere = processOn(connect())

/** A room on air with three products in its bag. */
async function newRoom() {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  const host = ctxOf(team.host)
  await stage.tell(id, 'publish_start')
  const made = [market.newProduct(team), market.newProduct(team), market.newProduct(team)]
  const products = await Promise.all(made)
  const [tea, cup, bowl] = products.map(each => each.id)
  const productIds = [tea ?? '', cup ?? '', bowl ?? '']
  await showcase.handlers.setBag(host, { shopId, id, version: 0, productIds })
  const look = (): Promise<Insight> => {
    lookCount++
    return insight.handlers.view(host, { shopId, id })
  }
  return {
    ...{ id, shopId, team, host, productIds, look },
    tea: productIds[0] ?? '',
    cup: productIds[1] ?? '',
    send: (actor: UserActor, kind: SignalKind, ids: Id[], by = insight) =>
      by.handlers.signals(ctxOf(actor), {
        liveId: id,
        items: ids.map(productId => ({ kind, productId })),
      }),
    of: async (productId: Id) =>
      must(
        (await look()).products.find(each => each.productId === productId),
        'a product',
      ),
    async buy(buyer: Buyer, quantity: number, { isPaid = true, at = 0 } = {}) {
      const sku = must(products[at]?.skus[0], 'a SKU')
      const source = { kind: 'live' as const, id }
      const request = orderRequest(buyer, [{ sku, quantity }], { source })
      const { id: orderId, payableFen } = await placeOne(market, buyer, request)
      const paidAt = new Date()
      if (isPaid) await database.tx(tx => market.order.markPaid(tx, { orderId, paidAt }))
      return payableFen
    },
  }
}

test('a person’s product counts once a minute, whichever process and however often it is sent', async () => {
  const room = await newRoom()
  const [ann, bo] = [userActor(), userActor()]
  const sends = Array.from({ length: 10 }, (_, n) =>
    room.send(ann, 'click', [room.tea, room.tea, room.cup], n % 2 ? elsewhere : insight),
  )
  await Promise.all([...sends, room.send(bo, 'click', [room.tea])])
  await room.send(ann, 'cart', [room.tea])
  // Whether or not a minute began meanwhile.
  const { rows } = await sql<{ minutes: number }>`
    select count(distinct minute)::int as minutes from insight_signal
    where live_id = ${room.id}`.execute(database.db)
  const most = must(rows[0], 'a row').minutes
  const { clickCount, cartCount } = await room.of(room.tea)
  expect(cartCount).toBe(1)
  expect(clickCount).toBeGreaterThanOrEqual(2)
  expect(clickCount).toBeLessThanOrEqual(2 * most)
  const seen = await room.look()
  expect(seen.minutes.reduce((sum, each) => sum + each.clickCount, 0)).toBe(seen.clickCount)
})

test('what is not in the bag is left out, and a room that is over counts nothing more', async () => {
  const [room, other] = [await newRoom(), await newRoom()]
  const ann = userActor()
  await room.send(ann, 'click', [other.tea, newId()])
  expect(await room.look()).toMatchObject({ clickCount: 0 })
  await live.handlers.end(room.host, { shopId: room.shopId, id: room.id })
  lookCount++
  await room.send(ann, 'click', [room.tea])
  // Whoever comes later comes to a room that is over; the one beside goes on.
  for (const liveId of [room.id, other.id])
    insight.note({ liveId, personId: ann.userId, isActive: true })
  await expect.poll(other.look).toMatchObject({ viewerCount: 1 })
  const nothing = { clickCount: 0, viewerCount: 0, state: 'ended', next: null }
  expect(await room.look()).toMatchObject(nothing)
  const signals = { liveId: newId(), items: [{ kind: 'click' as const, productId: room.tea }] }
  await expect(insight.handlers.signals(ctxOf(ann), signals)).rejects.toThrow('live.not_found')
})

test('browsers that are not signed in are people as well, each one by its device', async () => {
  const room = await newRoom()
  const devices = [newId(), newId()]
  for (const device of [...devices, ...devices])
    await insight.handlers.signals(ctxOf(visitor, { deviceId: () => device }), {
      liveId: room.id,
      items: [{ kind: 'click', productId: room.tea }],
    })
  await expect.poll(async () => (await room.look()).activeCount, { timeout: 10_000 }).toBe(2)
})

test('after the end the numbers are those of the order table, to the fen', async () => {
  const room = await newRoom()
  const [ann, bo] = [await market.newBuyer(), await market.newBuyer()]
  await room.buy(ann, 2)
  await room.buy(ann, 1, { at: 1 })
  await room.buy(bo, 3, { at: 1 })
  await room.buy(bo, 1, { isPaid: false })
  const early = await room.look()
  await live.handlers.end(room.host, { shopId: room.shopId, id: room.id })
  const source = { kind: 'live' as const, id: room.id }
  const table = await market.order.totalsBySource(database.db, { shopId: room.shopId, source })
  const late = await room.look()
  for (const seen of [early, late])
    expect(seen).toMatchObject({ ...table, orderCount: 3, buyerCount: 2, soldCount: 6 })
  const { rows } = await sql<{ shippingFen: number }>`
    select sum(shipping_fen)::bigint as "shippingFen" from order_header
    where source_id = ${room.id} and paid_at is not null`.execute(database.db)
  const sum = (key: 'amountFen' | 'orderCount', of: 'products' | 'minutes') =>
    late[of].reduce((total, each) => total + each[key], 0)
  expect(sum('amountFen', 'products') + must(rows[0], 'a sum').shippingFen).toBe(table.amountFen)
  expect(sum('amountFen', 'minutes')).toBe(table.amountFen)
  expect(sum('orderCount', 'minutes')).toBe(3)
  expect(await insight.bestOf(database.db, room)).toMatchObject({
    productId: room.cup,
    orderCount: 2,
    soldCount: 4,
  })
})

test('viewers are distinct people, and rates are shares of them', async () => {
  const room = await newRoom()
  const people = Array.from({ length: 4 }, () => newId())
  for (const note of [insight.note, elsewhere.note])
    for (const personId of people) note({ liveId: room.id, personId, isActive: false })
  const active = { liveId: room.id, personId: people[0] ?? '', isActive: true }
  elsewhere.note(active)
  elsewhere.note({ ...active, isActive: false })
  insight.note({ ...active, liveId: newId() })
  await room.buy(await market.newBuyer(), 1)
  await expect
    .poll(room.look)
    .toMatchObject({ viewerCount: 4, activeCount: 1, interactionBps: 2_500, conversionBps: 2_500 })
})

test('however many processes sample, a slot of five seconds counts once', async () => {
  const room = await newRoom()
  await live.noteOnline(room.id, 12)
  const startedMs = performance.now()
  await Promise.all([insight.sample(), elsewhere.sample(), insight.sample(), elsewhere.sample()])
  const begunMax = Math.ceil((performance.now() - startedMs) / 5_000)
  const { rows } = await sql<{ slots: number }>`
    select count(*)::int as slots from insight_sample where live_id = ${room.id}`.execute(
    database.db,
  )
  const { slots } = must(rows[0], 'a count')
  expect(slots).toBeLessThanOrEqual(1 + begunMax)
  insight.note({ liveId: room.id, personId: newId(), isActive: false })
  await expect.poll(async () => (await room.look()).viewerCount, { timeout: 10_000 }).toBe(1)
  expect(await room.look()).toMatchObject({
    ...{ onlineCount: 12, peakOnlineCount: 12 },
    ...{ watchedSec: slots * 12 * 5, dwellSec: slots * 12 * 5 },
  })
})

test('people who are not real are in no number', async () => {
  const room = await newRoom()
  const [made, ann] = [await market.newBuyer(), await market.newBuyer()]
  const crowd = { ...made, actor: userActor({ userId: newSyntheticId() }) }
  for (const { actor } of [crowd, ann]) await room.send(actor, 'click', [room.tea])
  await room.buy(made, 3)
  await sql`update order_header set buyer_id = ${crowd.actor.userId}
    where buyer_id = ${made.actor.userId}`.execute(database.db)
  insight.note({ liveId: room.id, personId: crowd.actor.userId, isActive: true })
  const paidFen = await room.buy(ann, 1)
  await expect.poll(room.look).toMatchObject({
    ...{ viewerCount: 1, activeCount: 1, clickCount: 1 },
    ...{ orderCount: 1, buyerCount: 1, amountFen: paidFen },
  })
})

test('people are forgotten after a while, and their numbers stay', async () => {
  const room = await newRoom()
  await room.send(userActor(), 'click', [room.tea])
  const numbers = { viewerCount: 1, activeCount: 1, clickCount: 1 }
  await expect.poll(room.look).toMatchObject(numbers)
  const rowsOf = async () => {
    const { rows } = await sql<{ rows: number }>`
      select (select count(*) from insight_viewer where live_id = ${room.id})
        + (select count(*) from insight_signal where live_id = ${room.id}) as rows`.execute(
      database.db,
    )
    return must(rows[0], 'a count').rows
  }
  await insight.forget()
  expect(await rowsOf()).toBe(2)
  await sql`update insight_session set noted_at = now() - interval '8 days'
    where live_id = ${room.id}`.execute(database.db)
  await sql`update insight_signal set minute = minute - interval '2 hours'
    where live_id = ${room.id}`.execute(database.db)
  await insight.forget()
  expect(await rowsOf()).toBe(0)
  expect(await room.look()).toMatchObject(numbers)
})

test('the desk sees what to explain next, never what is being explained or sold out', async () => {
  const room = await newRoom()
  const { shopId, id, host, tea, cup } = room
  expect((await room.look()).next).toMatchObject({ productId: tea, reason: 'not_yet' })
  for (let n = 0; n < 3; n++) await room.send(userActor(), 'cart', [cup])
  expect((await room.look()).next).toMatchObject({
    ...{ productId: cup, number: 2, reason: 'carts_waiting', recentCartCount: 3 },
    explainedAgoMin: null,
  })
  await showcase.handlers.explain(host, { shopId, id, productId: cup })
  expect((await room.look()).next).toMatchObject({ productId: tea })
  await room.buy(await market.newBuyer(), 10)
  expect((await room.look()).next).not.toMatchObject({ productId: tea })
})

test('a product that left the bag keeps its numbers, without a number in the bag', async () => {
  const room = await newRoom()
  const { shopId, id, host, tea, cup } = room
  await room.buy(await market.newBuyer(), 1)
  await showcase.handlers.setBag(host, { shopId, id, version: 1, productIds: [cup] })
  expect(await room.of(tea)).toMatchObject({ number: null, title: '龙井春茶', orderCount: 1 })
})

test('everybody at the desk shares one count, and strangers see none', async () => {
  const room = await newRoom()
  const { host, shopId, id } = room
  frozenMs = systemClock.now().getTime()
  const first = await insight.handlers.view(host, { shopId, id })
  await room.send(userActor(), 'click', [room.tea])
  expect(await insight.handlers.view(ctxOf(room.team.owner), { shopId, id })).toEqual(first)
  frozenMs += 1_000
  expect(await insight.handlers.view(host, { shopId, id })).toMatchObject({ clickCount: 1 })
  frozenMs = null
  const other = await newRoom()
  const foreign = { shopId: other.shopId, id }
  await expect(insight.handlers.view(other.host, foreign)).rejects.toThrow('live.not_found')
  for (const actor of [room.team.clerk, userActor()])
    await expect(insight.handlers.view(ctxOf(actor), { shopId, id })).rejects.toThrow(
      'auth.forbidden',
    )
})
