import { setTimeout as delay } from 'node:timers/promises'
import type { Order, OrderState } from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import {
  type Buyer,
  createCommerce,
  createMarket,
  orderRequest,
  placeOne,
} from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const { order, placement, stock, newBuyer, newProduct } = market
const team = await market.newShop()
const { shopId } = team
const other = createCommerce(connect(), market).order
/** A shop that waits no moment for its money. */
const hasty = createCommerce(database, market, { payWindowSec: 0 }).placement

const skuOf = async (count = 10) =>
  must((await newProduct(team, { skus: [{ stock: count }] })).skus[0], 'a SKU')
const levelOf = async (sku: { id: string }) =>
  (await stock.levelsBySku(database.db, [sku.id])).get(sku.id)
const newOrder = async ({
  by = placement,
  buyer = undefined as Buyer | undefined,
  live = '',
} = {}) => {
  const sku = await skuOf()
  const who = buyer ?? (await newBuyer())
  const source = live ? { kind: 'live' as const, id: live } : { kind: 'shop' as const, id: null }
  const request = orderRequest(who, [{ sku, quantity: 2 }], { source })
  const placed = await placeOne({ placement: by }, who, request)
  return { ...placed, sku, buyer: who, ctx: ctxOf(who.actor) }
}
/** Looked at whenever. */
const atAnyTime = (order: Order) => ({ ...order, now: expect.any(String) })
const pay = (orderId: string, on = database) =>
  on.tx(tx => order.markPaid(tx, { orderId, paidAt: new Date('2026-11-22T02:00:00Z') }))
const ship = (orderId: string, of = shopId) =>
  database.tx(tx => order.markShipped(tx, { orderId, shopId: of, at: new Date(), actorId: null }))
const toldOf = async (orderId: string) => {
  const { rows } = await sql<{ name: string }>`
    select name from outbox_event
    where payload ->> 'orderId' = ${orderId} or payload::text like ${`%"orderIds"%${orderId}%`}
    order by seq`.execute(database.db)
  return rows.map(row => row.name)
}

test('an order is paid, shipped and completed, and everybody is told once', async () => {
  const placed = await newOrder()
  expect(await pay(placed.id)).toBe('paid')
  expect(await pay(placed.id)).toBe('already_paid')
  await ship(placed.id)
  await ship(placed.id)
  const completed = await order.handlers.confirm(placed.ctx, placed)
  expect(completed).toMatchObject({ state: 'completed', paidAt: '2026-11-22T02:00:00.000Z' })
  expect(await order.handlers.confirm(placed.ctx, placed)).toEqual(atAnyTime(completed))
  expect(await levelOf(placed.sku)).toMatchObject({ onHand: 8, reserved: 0 })
  expect(await toldOf(placed.id)).toEqual([
    'orders.placed',
    'order.paid',
    'order.shipped',
    'order.completed',
  ])
})

test('a cancelled order gives its goods back once', async () => {
  const placed = await newOrder()
  const closed = await order.handlers.cancel(placed.ctx, placed)
  expect(closed).toMatchObject({ state: 'closed', closeReason: 'buyer' })
  expect(await order.handlers.cancel(placed.ctx, placed)).toEqual(atAnyTime(closed))
  expect(await levelOf(placed.sku)).toMatchObject({ onHand: 10, reserved: 0 })
  expect(await toldOf(placed.id)).toEqual(['orders.placed', 'order.closed'])
})

test('a move that the life of an order does not know is refused', async () => {
  const steps = {
    close: (each: Awaited<ReturnType<typeof newOrder>>) => order.handlers.cancel(each.ctx, each),
    ship: (each: { id: string }) => ship(each.id),
    complete: (each: Awaited<ReturnType<typeof newOrder>>) =>
      order.handlers.confirm(each.ctx, each),
  }
  const reach: Record<
    OrderState,
    (each: Awaited<ReturnType<typeof newOrder>>) => Promise<unknown>
  > = {
    pending: async () => {},
    paid: each => pay(each.id),
    part_shipped: async each => {
      await pay(each.id)
      await sql`update order_header set state = 'part_shipped' where id = ${each.id}`.execute(
        database.db,
      )
    },
    shipped: async each => [await pay(each.id), await ship(each.id)],
    completed: async each => [await pay(each.id), await ship(each.id), await steps.complete(each)],
    closed: steps.close,
  }
  for (const state of orderLife.states) {
    for (const event of ['close', 'ship', 'complete'] as const) {
      const placed = await newOrder()
      await reach[state](placed)
      const moved = Promise.resolve(steps[event](placed))
      const isThere = state === orderLife.target(event)
      if (orderLife.can(state, event) || isThere) await moved
      else
        await expect(moved, `${event} of ${state}`).rejects.toMatchObject({
          code: 'order.wrong_state',
          data: { state },
        })
    }
  }
})

test('orders that are not paid in time close by themselves, the others stay', async () => {
  const late = [await newOrder({ by: hasty }), await newOrder({ by: hasty })]
  const paid = await newOrder({ by: hasty })
  await pay(paid.id)
  const fresh = await newOrder()
  expect(await order.closeDue(1)).toBe(1)
  expect(await order.closeDue(100)).toBe(1)
  expect(await order.closeDue(100)).toBe(0)
  for (const { ctx, id, sku } of late) {
    expect(await order.handlers.view(ctx, { id })).toMatchObject({
      state: 'closed',
      closeReason: 'timeout',
    })
    expect(await levelOf(sku)).toMatchObject({ reserved: 0 })
  }
  expect(await order.handlers.view(fresh.ctx, fresh)).toMatchObject({ state: 'pending' })
  expect(await order.handlers.view(paid.ctx, paid)).toMatchObject({ state: 'paid' })
})

test('closing in several processes at once gives stock back once', async () => {
  const late = await Promise.all(Array.from({ length: 12 }, () => newOrder({ by: hasty })))
  const counts = await Promise.all([order, other, order, other].map(each => each.closeDue(100)))
  const rest = await order.closeDue(100)
  expect(counts.reduce((sum, count) => sum + count, rest)).toBe(12)
  for (const { sku, id } of late) {
    expect(await levelOf(sku)).toMatchObject({ onHand: 10, reserved: 0 })
    expect(await toldOf(id)).toEqual(['orders.placed', 'order.closed'])
  }
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})

test('of a payment and a close at the same moment exactly one wins', async () => {
  const pool = connect()
  const outcomes = new Set<string>()
  // One of them starts later by turns, and ever later until both have won once.
  for (let round = 0; round < 32 || outcomes.size < 2; round++) {
    const placed = await newOrder({ by: hasty })
    const lateMs = round / 2
    const [outcome] = await Promise.all([
      delay(round % 2 ? lateMs : 0).then(() => pay(placed.id, pool)),
      delay(round % 2 ? 0 : lateMs).then(() => other.closeDue(100)),
    ])
    const { state } = await order.handlers.view(placed.ctx, placed)
    expect(outcome).toBe(state)
    const reserved = state === 'paid' ? 2 : 0
    expect(await levelOf(placed.sku)).toMatchObject({ onHand: 10, reserved })
    expect(await toldOf(placed.id)).toEqual(['orders.placed', `order.${state}`])
    outcomes.add(outcome)
  }
  expect(outcomes).toEqual(new Set(['paid', 'closed']))
})

test('an order that is cancelled while it is being paid closes once, paid or not', async () => {
  const pool = connect()
  for (let round = 0; round < 16; round++) {
    const placed = await newOrder()
    const paying = delay(round % 8).then(() => pay(placed.id, pool))
    const cancelling = [1, 2].map(() => order.handlers.cancel(placed.ctx, placed))
    const [outcome] = await Promise.all([paying, ...cancelling])
    expect(await order.handlers.view(placed.ctx, placed)).toMatchObject({ state: 'closed' })
    expect(await levelOf(placed.sku)).toMatchObject({ onHand: 10, reserved: 0 })
    const wasPaid = outcome === 'paid' ? ['order.paid'] : []
    expect(await toldOf(placed.id)).toEqual(['orders.placed', ...wasPaid, 'order.closed'])
  }
})

test('an order that is shipped in parts is shipped when its last piece left', async () => {
  const placed = await newOrder()
  await pay(placed.id)
  const [line] = placed.lines
  const lineId = must(line, 'a line').id
  const send = (quantity: number) =>
    database.tx(tx =>
      order.markShipped(tx, {
        ...{ orderId: placed.id, shopId, at: new Date(), actorId: null },
        lines: [{ lineId, quantity }],
      }),
    )
  await expect(send(3)).rejects.toMatchObject({ code: 'ship.too_many', data: { left: 2 } })
  expect(await send(1)).toEqual([{ lineId, quantity: 1 }])
  expect(await order.handlers.view(placed.ctx, placed)).toMatchObject({
    state: 'part_shipped',
    lines: [{ shippedQuantity: 1 }],
  })
  await expect(order.handlers.cancel(placed.ctx, placed)).rejects.toMatchObject({
    code: 'order.wrong_state',
  })
  await ship(placed.id)
  expect(await order.handlers.view(placed.ctx, placed)).toMatchObject({
    state: 'shipped',
    lines: [{ shippedQuantity: 2 }],
  })
  expect(await levelOf(placed.sku)).toMatchObject({ onHand: 8, reserved: 0 })
  expect(await toldOf(placed.id)).toEqual([
    'orders.placed',
    'order.paid',
    'order.part_shipped',
    'order.shipped',
  ])
})

test('an order that nobody confirms completes by itself, and the buyer may put that off once', async () => {
  const [due, extended] = [await newOrder(), await newOrder()]
  for (const { id } of [due, extended]) {
    await pay(id)
    await ship(id)
    await sql`update order_header set receipt_due_at = now() - interval '1 s' where id = ${id}`.execute(
      database.db,
    )
  }
  const { receiptDueAt } = await order.handlers.extendReceipt(extended.ctx, extended)
  expect(Date.parse(must(receiptDueAt, 'a deadline'))).toBeGreaterThan(
    Date.now() + 2.9 * 86_400_000,
  )
  await expect(order.handlers.extendReceipt(extended.ctx, extended)).rejects.toMatchObject({
    code: 'order.receipt_extended',
  })
  expect(await order.completeDue(100)).toBe(1)
  expect(await order.completeDue(100)).toBe(0)
  expect(await order.handlers.view(due.ctx, due)).toMatchObject({ state: 'completed' })
  expect(await order.handlers.view(extended.ctx, extended)).toMatchObject({ state: 'shipped' })
  const { items } = await order.handlers.history(extended.ctx, extended)
  expect(items.map(({ kind, by }) => [kind, by])).toEqual([
    ['placed', 'buyer'],
    ['paid', 'buyer'],
    ['shipped', 'merchant'],
    ['receipt_extended', 'buyer'],
  ])
})

test('a cancelled order says who cancelled it and why', async () => {
  const placed = await newOrder()
  await order.handlers.cancel(placed.ctx, { id: placed.id, reason: '拍错了' })
  const { items } = await order.handlers.history(placed.ctx, placed)
  expect(items.at(-1)).toMatchObject({ kind: 'closed', by: 'buyer', reason: '拍错了' })
  expect(await order.handlers.counts(placed.ctx, {})).toMatchObject({ pending: 0, closed: 1 })
})

test('money for a closed order is not taken: the goods are given back already', async () => {
  const placed = await newOrder()
  await order.handlers.cancel(placed.ctx, placed)
  expect(await pay(placed.id)).toBe('closed')
  expect(await order.handlers.view(placed.ctx, placed)).toMatchObject({
    state: 'closed',
    paidAt: null,
  })
})

test('an order of somebody else is as unknown as none at all', async () => {
  const placed = await newOrder()
  const stranger = ctxOf((await newBuyer()).actor)
  const foreign = await market.newShop()
  const notFound = { code: 'order.not_found' }
  for (const id of [placed.id, newId()]) {
    await expect(order.handlers.view(stranger, { id })).rejects.toMatchObject(notFound)
    await expect(order.handlers.cancel(stranger, { id })).rejects.toMatchObject(notFound)
    await expect(order.handlers.confirm(stranger, { id })).rejects.toMatchObject(notFound)
    const owned = { shopId: foreign.shopId, id }
    const clerk = ctxOf(foreign.clerk)
    await expect(order.handlers.manageView(clerk, owned)).rejects.toMatchObject(notFound)
    await expect(order.handlers.reveal(clerk, owned)).rejects.toMatchObject(notFound)
    await expect(ship(id, foreign.shopId)).rejects.toMatchObject(notFound)
  }
  const theirs = { shopId, id: placed.id }
  await expect(order.handlers.manageView(ctxOf(foreign.clerk), theirs)).rejects.toMatchObject({
    code: 'request.not_found',
  })
  await expect(order.handlers.reveal(ctxOf(team.host), theirs)).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
  const { userId } = (await newBuyer()).actor
  const asked = { orderIds: [placed.id], buyerId: userId }
  expect(await database.tx(tx => order.forPayment(tx, asked))).toEqual([])
})

test('the receiver is sealed at rest, masked for the merchant, and shown in full on request', async () => {
  const { id } = await newOrder()
  const clerk = ctxOf(team.clerk)
  const { rows } = await sql<{ text: string }>`
    select row_to_json(o)::text as text from order_header o where id = ${id}`.execute(database.db)
  expect(must(rows[0], 'a row').text).not.toMatch(/13800138000|王小明|文三路/)
  const receiver = { name: '王**', phone: '138****8000', address: '浙江省 杭州****' }
  const owned = { shopId, id }
  expect(await order.handlers.manageView(clerk, owned)).toMatchObject({ receiver })
  expect(await order.handlers.reveal(clerk, owned)).toEqual({
    name: '王小明',
    phone: '13800138000',
    address: '浙江省 杭州市 西湖区 文三路 1 号',
  })
})

test('orders are listed newest first and by state', async () => {
  const buyer = await newBuyer()
  const [old, paid, young] = [
    await newOrder({ buyer }),
    await newOrder({ buyer }),
    await newOrder({ buyer }),
  ]
  await pay(paid.id)
  const idsOf = (page: { items: { id: string }[] }) => page.items.map(item => item.id)
  const { handlers } = order
  const ctx = ctxOf(buyer.actor)
  expect(idsOf(await handlers.list(ctx, { limit: 10 }))).toEqual([young.id, paid.id, old.id])
  expect(idsOf(await handlers.list(ctx, { limit: 10, state: 'paid' }))).toEqual([paid.id])
  const first = await handlers.list(ctx, { limit: 2 })
  const cursor = must(first.next, 'more')
  expect(idsOf(await handlers.list(ctx, { limit: 2, cursor }))).toEqual([old.id])
})

test('the sales of a live session are the orders of its shop from it that were ever paid', async () => {
  const live = newId()
  const [unpaid, paid, done] = [
    await newOrder({ live }),
    await newOrder({ live }),
    await newOrder({ live }),
  ]
  await newOrder({ live: newId() }).then(each => pay(each.id))
  await pay(paid.id)
  await pay(done.id)
  await ship(done.id)
  await order.handlers.confirm(done.ctx, done)
  await order.handlers.cancel(unpaid.ctx, unpaid)
  const source = { kind: 'live' as const, id: live }
  const stranger = await newBuyer()
  const foreign = must((await newProduct(await market.newShop())).skus[0], 'a SKU')
  const request = orderRequest(stranger, [{ sku: foreign, quantity: 1 }], { source })
  await pay((await placeOne(market, stranger, request)).id)
  expect(await order.totalsBySource(database.db, { shopId, source })).toEqual({
    orderCount: 2,
    amountFen: paid.payableFen + done.payableFen,
  })
})

test('an order that a payment looks at does not close before the payment is written', async () => {
  const placed = await newOrder()
  const asked = { orderIds: [placed.id], buyerId: placed.buyer.actor.userId }
  const events: string[] = []
  const looked = Promise.withResolvers<void>()
  const closing = looked.promise
    .then(() => other.handlers.cancel(placed.ctx, placed))
    .then(() => events.push('closed'))
  await database.tx(async tx => {
    await order.forPayment(tx, asked)
    looked.resolve()
    await delay(200)
    events.push('written')
  })
  await closing
  expect(events).toEqual(['written', 'closed'])
})

test('a payment learns what to ask for, and an audit reads every paid order page by page', async () => {
  const placed = await newOrder()
  const asked = { orderIds: [placed.id], buyerId: placed.buyer.actor.userId }
  expect(await database.tx(tx => order.forPayment(tx, asked))).toEqual([
    {
      id: placed.id,
      number: placed.number,
      shopId,
      payableFen: placed.payableFen,
      state: 'pending',
      expiresAt: new Date(placed.expiresAt),
      title: '龙井春茶',
    },
  ])
  await pay(placed.id)
  const read = async (afterId: string | null): Promise<string[]> => {
    const page = await order.paidTotals(database.db, { afterId, limit: 2 })
    const ids = page.map(total => total.orderId)
    return page.length === 2 ? [...ids, ...(await read(ids[1] ?? null))] : ids
  }
  const ids = await read(null)
  expect(ids).toContain(placed.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every order costs what its lines cost, and the check says when one does not', async () => {
  const { id, number } = await newOrder()
  expect(await order.check(database.db)).toMatchObject({ ok: true, findings: [] })
  await sql`update order_line set payable_fen = 13500 where order_id = ${id}`.execute(database.db)
  expect(await order.check(database.db)).toMatchObject({
    ok: false,
    findings: [
      {
        subject: `order ${number}`,
        expected: expect.stringMatching(/13500/),
        found: expect.stringMatching(/13600/),
      },
    ],
  })
})
