import type { Order } from '@kaibo/contract/trade/order'
import type { ShareState } from '@kaibo/contract/trade/pay'
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
import { ctxOf } from '@kaibo/testkit/people'
import { openTill } from '@kaibo/testkit/till'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { stateOf as outcomeOf } from './rules.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const till = await openTill(database, market)
const { pay, ledger } = till
const pool = connect()
const elsewhere = till.elsewhere(pool, createCommerce(pool, market))
const team = await market.newShop()
afterAll(till.close)
beforeEach(() => {
  Object.assign(till, { line: () => 'through', notices: 'through' })
})

type Placed = Order & { buyer: Buyer }
async function newOrder(by?: Buyer, quantity = 1): Promise<Placed> {
  const buyer = by ?? (await market.newBuyer())
  const sku = must((await market.newProduct(team)).skus[0], 'a SKU')
  const request = orderRequest(buyer, [{ sku, quantity }])
  return { ...(await placeOne(market, buyer, request)), buyer }
}
const start = (order: Placed, channel = 'sandbox') =>
  pay.handlers.start(ctxOf(order.buyer.actor), { orderIds: [order.id], channel })
const orderState = async (order: Placed) =>
  (await market.order.handlers.view(ctxOf(order.buyer.actor), order)).state
const cancel = async (order: Placed) => {
  await market.order.handlers.cancel(ctxOf(order.buyer.actor), order)
  await till.outbox.drain({ limit: 100 })
}
/** Lets so many seconds pass for an order and its payments. */
const pass = async (order: Placed, sec: number) => {
  const earlier = sql`expires_at = expires_at - make_interval(secs => ${sec})`
  await sql`update order_header set ${earlier} where id = ${order.id}`.execute(database.db)
  await sql`update pay_payment set ${earlier} where id in
    (select payment_id from pay_payment_order where order_id = ${order.id})`.execute(database.db)
}
const rowOf = async ({ id }: { id: string }) => {
  const { rows } = await sql<{ tradeNo: string }>`
    select trade_no as "tradeNo" from pay_payment where id = ${id}`.execute(database.db)
  return must(rows[0], 'a payment')
}
/** As buyers see it. */
const stateOf = async ({ id }: { id: string }) => {
  const { rows } = await sql<{ trade: 'pending' | 'paid' | 'closed'; state: ShareState }>`
    select payment.state as trade, share.state from pay_payment payment
    join pay_payment_order share on payment_id = payment.id where payment.id = ${id}`.execute(
    database.db,
  )
  return outcomeOf(must(rows[0], 'a payment').trade, rows)
}
const stateAtBank = async (payment: { id: string }) => {
  const { tradeNo } = await rowOf(payment)
  const { rows } = await sql<{ state: string }>`
    select state from sandbox_trade where trade_no = ${tradeNo}`.execute(database.db)
  return rows[0]?.state
}
const paymentOf = async (order: Placed) => {
  const { rows } = await sql<{ id: string }>`
    select payment_id as id from pay_payment_order where order_id = ${order.id}`.execute(
    database.db,
  )
  return must(rows[0], 'a payment')
}
const journalsOf = async ({ id }: { id: string }) => {
  const { rows } = await sql<{ kind: string; account: string; fen: number }>`
    select kind, account, amount_fen as fen
    from ledger_journal journal join ledger_entry on journal_id = journal.id
    where key in (select unnest(array['pay:' || share.id, 'refund:' || share.id, 'cancel:' || share.id])
      from pay_payment_order share where payment_id = ${id}) order by journal.id, account`.execute(
    database.db,
  )
  return rows
}
/** Paid in time at the bank, but the order closes before we hear of it. */
async function paidLate() {
  const order = await newOrder()
  const payment = await start(order)
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  await cancel(order)
  return { order, payment }
}

test('money that comes after the order closed goes back, and both ways are booked', async () => {
  const { order, payment } = await paidLate()
  await pay.sweep()
  await pay.sweep()
  expect([await stateOf(payment), await stateAtBank(payment)]).toEqual(['refunded', 'refunded'])
  expect(await orderState(order)).toBe('closed')
  const fen = order.payableFen
  expect(await journalsOf(payment)).toEqual([
    { kind: 'payment_received_late', account: 'channel:sandbox', fen },
    { kind: 'payment_received_late', account: 'refund:due', fen: -fen },
    { kind: 'payment_refunded', account: 'channel:sandbox', fen: -fen },
    { kind: 'payment_refunded', account: 'refund:due', fen },
  ])
})

test('a refund is asked for until it is done, and made once', async () => {
  const { payment } = await paidLate()
  till.line = call => (call === 'refund' ? 'down' : 'through')
  await pay.sweep()
  expect(await stateOf(payment)).toBe('refunding')
  till.line = () => 'down'
  await pay.sweep()
  expect([await stateOf(payment), await stateAtBank(payment)]).toEqual(['refunding', 'paid'])
  till.line = () => 'cut'
  await pay.sweep()
  expect([await stateOf(payment), await stateAtBank(payment)]).toEqual(['refunding', 'refunded'])
  till.line = () => 'through'
  await Promise.all([pay.sweep(), elsewhere.pay.sweep(), pay.sweep()])
  expect(await stateOf(payment)).toBe('refunded')
  expect(await journalsOf(payment)).toHaveLength(4)
})

test('a payment in time whose notification was lost is found before its order closes', async () => {
  const order = await newOrder()
  const payment = await start(order)
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  await pay.sweep()
  expect(await stateOf(payment)).toBe('pending')
  await pass(order, 850)
  await pay.sweep()
  expect([await stateOf(payment), await orderState(order)]).toEqual(['paid', 'paid'])
})

test('a payment that is over is closed at its channel first', async () => {
  const order = await newOrder()
  const payment = await start(order)
  await pass(order, 900)
  till.line = () => 'down'
  await pay.sweep()
  expect(await stateOf(payment)).toBe('pending')
  till.line = () => 'through'
  await pay.sweep()
  expect([await stateOf(payment), await stateAtBank(payment)]).toEqual(['closed', 'closed'])
  expect(await till.payAt(payment.cashierUrl)).toContain('closed')
})

test('a payment that its channel never heard of is closed as well', async () => {
  const order = await newOrder()
  till.line = () => 'down'
  await expect(start(order)).rejects.toMatchObject({ code: 'pay.channel_down' })
  till.line = () => 'through'
  await cancel(order)
  await pay.sweep()
  expect(await stateOf(await paymentOf(order))).toBe('closed')
})

test('an order that closes while its trade is being opened leaves that trade closed', async () => {
  const order = await newOrder()
  till.line = async call => {
    if (call === 'create') {
      await cancel(order)
      await pay.sweep()
    }
    return 'through' as const
  }
  await expect(start(order)).rejects.toMatchObject({
    code: 'order.wrong_state',
    data: { state: 'closed' },
  })
  const payment = await paymentOf(order)
  expect([await stateOf(payment), await stateAtBank(payment)]).toEqual(['closed', 'closed'])
})

test('a channel that is down is left at its first silence and keeps no other waiting', async () => {
  const orders = [await newOrder(), await newOrder(), await newOrder()]
  const [first, second, third] = [
    await start(must(orders[0], 'one')),
    await start(must(orders[1], 'two')),
    await start(must(orders[2], 'three'), 'other'),
  ]
  for (const order of orders) await pass(order, 900)
  const { tradeNo } = await rowOf(third)
  const refused: string[] = []
  till.line = (call, body) => {
    if (body.includes(tradeNo)) return 'through'
    refused.push(call)
    return 'down'
  }
  await pay.sweep()
  till.line = () => 'through'
  expect(refused).toEqual(['close'])
  const states = await Promise.all([first, second, third].map(stateOf))
  expect(states).toEqual(['pending', 'pending', 'closed'])
  await pay.sweep()
  expect(await Promise.all([first, second].map(stateOf))).toEqual(['closed', 'closed'])
})

test('a payment that always fails keeps nobody else waiting', async () => {
  const [bad, good] = [await paidLate(), await paidLate()]
  till.line = call => (call === 'refund' ? 'down' : 'through')
  await pay.sweep()
  till.line = () => 'through'
  // The bank refuses: it took another amount.
  const { tradeNo } = await rowOf(bad.payment)
  const set = (fen: number) =>
    sql`update sandbox_trade set amount_fen = ${fen} where trade_no = ${tradeNo}`.execute(
      database.db,
    )
  await set(1)
  await pay.sweep()
  expect(await stateOf(bad.payment)).toBe('refunding')
  expect(await stateOf(good.payment)).toBe('refunded')
  await set(bad.order.payableFen)
  await pay.sweep()
  expect(await stateOf(bad.payment)).toBe('refunded')
})

/** Paid, and heard of. */
async function paidInTime(orders: readonly Placed[]) {
  const first = must(orders[0], 'an order')
  const payment = await startAll(orders)
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  await pay.handlers.view(ctxOf(first.buyer.actor), payment)
  return payment
}
const startAll = (orders: readonly Placed[]) => {
  const orderIds = orders.map(order => order.id)
  const { buyer } = must(orders[0], 'an order')
  return pay.handlers.start(ctxOf(buyer.actor), { orderIds, channel: 'sandbox' })
}
const balance = async () => {
  const { pendingFen } = await ledger.handlers.balance(ctxOf(team.owner), { shopId: team.shopId })
  return pendingFen
}

test('one payment pays several orders, and one that closed meanwhile gets just its share back', async () => {
  const buyer = await market.newBuyer()
  const orders = [await newOrder(buyer), await newOrder(buyer, 2), await newOrder(buyer)]
  const [first, closed, last] = orders
  if (!first || !closed || !last) throw new Error('three orders')
  const before = await balance()
  const payment = await startAll(orders)
  expect(payment.amountFen).toBe(4 * first.payableFen)
  expect(await startAll(orders.toReversed())).toEqual(payment)
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  await cancel(closed)
  await pay.sweep()
  expect(await Promise.all(orders.map(orderState))).toEqual(['paid', 'closed', 'paid'])
  expect(await pay.handlers.view(ctxOf(buyer.actor), payment)).toMatchObject({
    state: 'paid',
    orders: expect.arrayContaining([
      { orderId: first.id, amountFen: first.payableFen, state: 'paid' },
      { orderId: closed.id, amountFen: closed.payableFen, state: 'refunded' },
      { orderId: last.id, amountFen: last.payableFen, state: 'paid' },
    ]),
  })
  expect(await balance()).toBe(before + 2 * first.payableFen)
})

test('a paid order that is cancelled is refunded in full, once, and the others stay paid', async () => {
  const buyer = await market.newBuyer()
  const [kept, gone] = [await newOrder(buyer), await newOrder(buyer)]
  const before = await balance()
  const payment = await paidInTime([kept, gone])
  await market.order.handlers.cancel(ctxOf(buyer.actor), gone)
  till.line = () => 'down'
  await till.outbox.drain({ limit: 100 })
  await pay.sweep()
  expect(await balance()).toBe(before + kept.payableFen)
  till.line = () => 'cut'
  await pay.sweep()
  till.line = () => 'through'
  await Promise.all([pay.sweep(), elsewhere.pay.sweep(), till.outbox.drain({ limit: 100 })])
  const { orders } = await pay.handlers.view(ctxOf(buyer.actor), payment)
  expect(orders.map(order => order.state).toSorted()).toEqual(['paid', 'refunded'])
  const { rows } = await sql<{ fen: number }>`
    select refunded_fen as fen from sandbox_trade where trade_no = ${
      (await rowOf(payment)).tradeNo
    }`.execute(database.db)
  expect(rows).toEqual([{ fen: gone.payableFen }])
  expect(await orderState(kept)).toBe('paid')
})

test('after a price change only the new amount pays the order', async () => {
  const order = await newOrder()
  const [line] = order.lines
  const old = await start(order)
  const reprice = { lines: [{ id: must(line, 'a line').id, payableFen: fen(5_000) }] }
  const owned = { shopId: team.shopId, id: order.id }
  await database.tx(tx =>
    market.order.desk.setPrice(tx, owned, {
      price: { ...reprice, shippingFen: fen(0) },
      doing: { by: 'merchant', actorId: null },
    }),
  )
  // The buyer still has the old cashier open, and is quicker than anybody else.
  till.notices = 'lost'
  await till.payAt(old.cashierUrl)
  const cheap = await start(order)
  expect(cheap.amountFen).toBe(5_000)
  await pay.sweep()
  expect(await orderState(order)).toBe('pending')
  expect(await stateOf(old)).toBe('refunded')
  await till.payAt(cheap.cashierUrl)
  await pay.handlers.view(ctxOf(order.buyer.actor), cheap)
  expect([await orderState(order), await stateOf(cheap)]).toEqual(['paid', 'paid'])
})

test('paying some orders by themselves closes the payment that held them all', async () => {
  const buyer = await market.newBuyer()
  const [one, two] = [await newOrder(buyer), await newOrder(buyer)]
  const together = await startAll([one, two])
  const alone = await start(one)
  expect([await stateOf(together), await stateAtBank(together)]).toEqual(['closed', 'closed'])
  expect(await stateOf(alone)).toBe('pending')
})

test('every book is in order after all this', async () => {
  till.notices = 'through'
  await pay.sweep()
  expect((await pay.check(database.db)).findings).toEqual([])
  expect((await ledger.check(database.db)).findings).toEqual([])
})
