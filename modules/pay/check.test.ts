import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { openTill } from '@kaibo/testkit/till'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'

const { database } = await testDatabase()
const market = createMarket(database)
const till = await openTill(database, market)
const team = await market.newShop()
afterAll(till.close)

async function newOrder() {
  const buyer = await market.newBuyer()
  const sku = must((await market.newProduct(team)).skus[0], 'a SKU')
  const request = orderRequest(buyer, [{ sku, quantity: 1 }])
  return { buyer, ...(await placeOne(market, buyer, request)) }
}
async function paidOrder() {
  const { buyer, id } = await newOrder()
  const ctx = ctxOf(buyer.actor)
  const payment = await till.pay.handlers.start(ctx, { orderIds: [id], channel: 'sandbox' })
  await till.payAt(payment.cashierUrl)
  await vi.waitFor(async () => {
    expect(await till.pay.handlers.view(ctx, payment)).toMatchObject({ state: 'paid' })
  }, 5_000)
  const { rows } = await sql<{ tradeNo: string }>`
    select trade_no as "tradeNo" from pay_payment where id = ${payment.id}`.execute(database.db)
  return { orderId: id, paymentId: payment.id, tradeNo: must(rows[0], 'a payment').tradeNo }
}
const findings = async () => (await till.pay.check(database.db)).findings
const change = (statement: string, key: string) =>
  sql`${sql.raw(statement)} = ${key}`.execute(database.db)

test('a trade that only one side knows, or knows otherwise, is named with both values', async () => {
  const [gone, dear, unheard] = [await paidOrder(), await paidOrder(), await paidOrder()]
  expect(await findings()).toEqual([])
  await change('delete from sandbox_trade where trade_no', gone.tradeNo)
  await change('update sandbox_trade set amount_fen = 1 where trade_no', dear.tradeNo)
  await change(
    "update pay_payment set state = 'closed', paid_at = null where trade_no",
    unheard.tradeNo,
  )
  await change("update pay_payment_order set state = 'waiting' where order_id", unheard.orderId)
  expect(await findings()).toEqual(
    expect.arrayContaining([
      {
        check: 'pay.receipts.sandbox',
        subject: `trade ${gone.tradeNo}`,
        expected: 'nothing',
        found: '6800 fen paid',
      },
      {
        check: 'pay.receipts.sandbox',
        subject: `trade ${dear.tradeNo}`,
        expected: '1 fen paid',
        found: '6800 fen paid',
      },
      {
        check: 'pay.receipts.sandbox',
        subject: `trade ${unheard.tradeNo}`,
        expected: '6800 fen paid',
        found: 'nothing',
      },
      {
        check: 'pay.orders',
        subject: `order ${unheard.orderId}`,
        expected: '6800 fen by the order',
        found: '0 fen paid',
      },
    ]),
  )
  await change('delete from pay_payment where trade_no', gone.tradeNo)
  await change('update sandbox_trade set amount_fen = 6800 where trade_no', dear.tradeNo)
  await change(
    "update pay_payment set state = 'paid', paid_at = now() where trade_no",
    unheard.tradeNo,
  )
  await change("update pay_payment_order set state = 'paid' where order_id", unheard.orderId)
  expect(await findings()).toMatchObject([{ check: 'pay.orders', found: '0 fen paid' }])
})

test('what an order took without its journal is named', async () => {
  const { orderId, paymentId } = await paidOrder()
  const shareId = newId()
  await sql`
    insert into pay_payment (id, buyer_id, group_key, channel, trade_no, amount_fen, state,
      expires_at, paid_at)
    select ${shareId}, buyer_id, 'x', 'other', 'x', 6800, 'paid', expires_at, paid_at
    from pay_payment where id = ${paymentId}`.execute(database.db)
  await sql`
    insert into pay_payment_order (id, payment_id, order_id, shop_id, amount_fen, state)
    select ${shareId}, ${shareId}, order_id, shop_id, amount_fen, 'refunding'
    from pay_payment_order where order_id = ${orderId}`.execute(database.db)
  expect(await findings()).toContainEqual({
    check: 'pay.journals.other',
    subject: `order ${orderId}`,
    expected: '6800 fen refunding',
    found: 'nothing taken, nothing returned',
  })
  await change('delete from pay_payment where id', shareId)
})

test('an order that nobody paid for is named', async () => {
  const { id: orderId } = await newOrder()
  await database.tx(tx => market.order.markPaid(tx, { orderId, paidAt: new Date() }))
  expect(await findings()).toContainEqual({
    check: 'pay.orders',
    subject: `order ${orderId}`,
    expected: '6800 fen by the order',
    found: '0 fen paid',
  })
})

test('a channel that does not answer is a finding, not a failure', async () => {
  till.line = () => 'down'
  expect(await findings()).toContainEqual({
    check: 'pay.receipts.sandbox',
    subject: 'channel sandbox',
    expected: 'its books',
    found: 'no answer',
  })
  till.line = () => 'through'
})
