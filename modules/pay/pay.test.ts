import type { Order } from '@kaibo/contract/trade/order'
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
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { openTill } from '@kaibo/testkit/till'
import { sql } from 'kysely'
import { afterAll, afterEach, expect, test, vi } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const till = await openTill(database, market)
const { pay, ledger } = till
const pool = connect()
const process2 = till.elsewhere(pool, createCommerce(pool, market))
const team = await market.newShop()
const { shopId } = team
afterAll(till.close)
afterEach(() => Object.assign(till, { line: () => 'through', notices: 'through' }))

type Placed = Order & { buyer: Buyer }
async function newOrder(): Promise<Placed> {
  const buyer = await market.newBuyer()
  const sku = must((await market.newProduct(team)).skus[0], 'a SKU')
  const request = orderRequest(buyer, [{ sku, quantity: 1 }])
  return { ...(await placeOne(market, buyer, request)), buyer }
}
const start = (order: Placed, { channel = 'sandbox', by = pay } = {}) =>
  by.handlers.start(ctxOf(order.buyer.actor), { orderIds: [order.id], channel })
const view = (order: Placed, { id }: { id: string }) =>
  pay.handlers.view(ctxOf(order.buyer.actor), { id })
const stateOf = async (order: Placed) =>
  (await market.order.handlers.view(ctxOf(order.buyer.actor), order)).state
const cancel = async (order: Placed) => {
  await market.order.handlers.cancel(ctxOf(order.buyer.actor), order)
  await till.outbox.drain({ limit: 100 })
}
const settled = (order: Placed, payment: { id: string }, state: string) =>
  vi.waitFor(async () => expect(await view(order, payment)).toMatchObject({ state }), 5_000)
const columnsOf = async (payment: { id: string }) => {
  const { rows } = await sql<{ tradeNo: string; state: string }>`
    select trade_no as "tradeNo",
      case when payment.state = 'paid' then share.state else payment.state end as state
    from pay_payment payment join pay_payment_order share on payment_id = payment.id
    where payment.id = ${payment.id}`.execute(database.db)
  return must(rows[0], 'a payment')
}
/** What the bank tells about a payment; it does not arrive by itself. */
async function noticeOf(payment: { id: string; cashierUrl: string | null }) {
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  const { tradeNo } = await columnsOf(payment)
  const isMine = ({ rawBody }: { rawBody: Uint8Array }) => Buffer.from(rawBody).includes(tradeNo)
  return vi.waitFor(() => must(till.sent.find(isMine), 'a notification'), 5_000)
}
const countOf = async (table: 'pay_payment' | 'ledger_journal' | 'ledger_entry') => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)}`.execute(database.db)
  return rows[0]?.count
}
const balance = () => ledger.handlers.balance(ctxOf(team.owner), { shopId })
const isInOrder = async () => {
  expect((await pay.check(database.db)).findings).toEqual([])
  expect((await ledger.check(database.db)).findings).toEqual([])
}

test('an order is paid at the cashier and booked once', async () => {
  const order = await newOrder()
  const { pendingFen } = await balance()
  const payment = await start(order)
  expect(payment).toMatchObject({ state: 'pending', amountFen: order.payableFen, paidAt: null })
  expect(payment.cashierUrl).toMatch(/^\/sandbox\/cashier\/[0-9a-f]{32}\?pass=/)
  expect(await till.payAt(payment.cashierUrl)).toContain('Paid')
  await settled(order, payment, 'paid')
  expect(await view(order, payment)).toMatchObject({ cashierUrl: null, paidAt: expect.any(String) })
  expect(await stateOf(order)).toBe('paid')
  expect(await balance()).toMatchObject({ pendingFen: pendingFen + order.payableFen })
  await expect(start(order)).rejects.toMatchObject({
    code: 'order.wrong_state',
    data: { state: 'paid' },
  })
  await isInOrder()
})

test('a second click continues the first payment, also in a race', async () => {
  const order = await newOrder()
  const clicks = [pay, process2.pay, pay, process2.pay].map(by => start(order, { by }))
  const payments = await Promise.all(clicks)
  expect(new Set(payments.map(({ id, cashierUrl }) => `${id} ${cashierUrl}`)).size).toBe(1)
  expect(await start(order)).toEqual(payments[0])
})

test('a repeated notification is accepted and changes nothing', async () => {
  const order = await newOrder()
  const payment = await start(order)
  const notice = await noticeOf(payment)
  const journals = await countOf('ledger_journal')
  const answers = await Promise.all(
    [pay, process2.pay, pay, process2.pay].map(by => by.notify('sandbox', notice)),
  )
  expect(answers).toEqual(Array(4).fill(till.sandbox.gateway.accepted))
  expect(await countOf('ledger_journal')).toBe(Number(journals) + 1)
  expect(await columnsOf(payment)).toMatchObject({ state: 'paid' })
})

test('what is not signed by the channel, or not for this payment, changes nothing', async () => {
  const order = await newOrder()
  const payment = await start(order)
  const { headers, rawBody } = await noticeOf(payment)
  const text = Buffer.from(rawBody).toString()
  const forged = { headers, rawBody: Buffer.from(text.replace(/"amountFen":\d+/, '"amountFen":1')) }
  const notify = async (channel: string, sent: Parameters<typeof pay.notify>[1]) =>
    pay.notify(channel, sent).then(
      () => 'accepted',
      error => error.code,
    )
  expect(await notify('sandbox', forged)).toBe('pay.bad_signature')
  expect(await notify('sandbox', { headers: {}, rawBody })).toBe('pay.bad_signature')
  expect(await notify('sandbox', { headers, rawBody: Buffer.alloc(0) })).toBe('pay.bad_signature')
  expect(await notify('nobody', { headers, rawBody })).toBe('pay.channel_unknown')
  // The signature is right, but the trade was opened at another channel.
  expect(await notify('other', { headers, rawBody })).toBe('pay.not_found')
  expect(await columnsOf(payment)).toMatchObject({ state: 'pending' })
  expect(await stateOf(order)).toBe('pending')
  await pay.notify('sandbox', { headers, rawBody })
})

test('a notification of another amount or of an unknown trade is refused', async () => {
  const order = await newOrder()
  const payment = await start(order)
  const notice = await noticeOf(payment)
  const { tradeNo } = await columnsOf(payment)
  const set = (column: 'amount_fen' | 'trade_no', value: unknown) =>
    sql`update pay_payment set ${sql.ref(column)} = ${value} where id = ${payment.id}`.execute(
      database.db,
    )
  await set('amount_fen', 1)
  await expect(pay.notify('sandbox', notice)).rejects.toMatchObject({ code: 'pay.amount_differs' })
  await set('amount_fen', order.payableFen)
  await set('trade_no', 'f'.repeat(32))
  await expect(pay.notify('sandbox', notice)).rejects.toMatchObject({ code: 'pay.not_found' })
  await set('trade_no', tradeNo)
  expect(await stateOf(order)).toBe('pending')
  await pay.notify('sandbox', notice)
  expect(await stateOf(order)).toBe('paid')
})

test('a payment whose notification was lost is found by asking', async () => {
  const order = await newOrder()
  const payment = await start(order)
  till.notices = 'lost'
  await till.payAt(payment.cashierUrl)
  expect(await view(order, payment)).toMatchObject({ state: 'paid' })
  expect(await stateOf(order)).toBe('paid')
})

test('of two payments of one order the second one goes back', async () => {
  const order = await newOrder()
  const first = await start(order)
  const second = await start(order, { channel: 'other' })
  expect(second.id).not.toBe(first.id)
  till.notices = 'lost'
  await Promise.all([first, second].map(payment => till.payAt(payment.cashierUrl)))
  await Promise.all([view(order, first), view(order, second)])
  const states = [await columnsOf(first), await columnsOf(second)].map(row => row.state)
  expect(states.toSorted()).toEqual(['paid', 'refunding'])
  await pay.sweep()
  const after = [await columnsOf(first), await columnsOf(second)].map(row => row.state)
  expect(after.toSorted()).toEqual(['paid', 'refunded'])
  expect(await stateOf(order)).toBe('paid')
})

test('a call that stopped half-way goes on where it stopped', async () => {
  const order = await newOrder()
  till.line = () => 'down'
  await expect(start(order)).rejects.toMatchObject({ code: 'pay.channel_down' })
  till.line = () => 'cut'
  await expect(start(order)).rejects.toMatchObject({ code: 'pay.channel_down' })
  till.line = () => 'through'
  const payment = await start(order)
  await till.payAt(payment.cashierUrl)
  await settled(order, payment, 'paid')
  await isInOrder()
})

test('an order that closes leaves no payment that can still be paid', async () => {
  for (let round = 0; round < 8; round++) {
    const order = await newOrder()
    const starting = start(order, { by: process2.pay }).catch(() => null)
    if (round % 3) await new Promise(resolve => setTimeout(resolve, round))
    await Promise.all([cancel(order), starting])
    const payment = await starting
    await pay.sweep()
    if (payment) {
      expect(await till.payAt(payment.cashierUrl)).toContain('closed')
      expect(await columnsOf(payment)).toMatchObject({ state: 'closed' })
    }
    expect(await stateOf(order)).toBe('closed')
  }
  await isInOrder()
})

test('nobody sees or pays the order of somebody else', async () => {
  const order = await newOrder()
  const payment = await start(order)
  const stranger = ctxOf((await market.newBuyer()).actor)
  const asked = { orderIds: [order.id], channel: 'sandbox' }
  await expect(pay.handlers.start(stranger, asked)).rejects.toMatchObject({
    code: 'order.not_found',
  })
  await expect(pay.handlers.view(stranger, payment)).rejects.toMatchObject({
    code: 'pay.not_found',
  })
  await expect(pay.handlers.view(stranger, { id: newId() })).rejects.toMatchObject({
    code: 'pay.not_found',
  })
  await expect(pay.handlers.start(ctxOf(visitor), asked)).rejects.toMatchObject({
    code: 'auth.required',
  })
  await expect(start(order, { channel: 'wechat' })).rejects.toMatchObject({
    code: 'pay.channel_unknown',
  })
})
