import type { Order } from '@kaibo/contract/trade/order'
import { AppError } from '@kaibo/kernel/fail'
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
import { openTill } from '@kaibo/testkit/till'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const till = await openTill(database, market)
const pool = connect()
const commerce2 = createCommerce(pool, market)
const processes = [
  { ...till, ...market },
  { ...till.elsewhere(pool, commerce2), ...market, ...commerce2 },
]
const team = await market.newShop()
afterAll(till.close)

const orderCount = 2
const channels = ['sandbox', 'other'] as const
const step = fc.record({
  do: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('start', 'startAll', 'payAtCashier') },
    { weight: 4, arbitrary: fc.constantFrom('sweep', 'tell', 'replay', 'view') },
    { weight: 2, arbitrary: fc.constantFrom('drain', 'cancel', 'passTime', 'closeDue', 'fulfil') },
  ),
  line: fc.oneof(
    { weight: 8, arbitrary: fc.constant('through') },
    { weight: 2, arbitrary: fc.constantFrom('down', 'cut') },
  ),
  order: fc.nat(orderCount - 1),
  process: fc.nat(processes.length - 1),
  channel: fc.constantFrom(...channels),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

type Placed = Order & { buyer: Buyer; payments: Map<string, { id: string; cashierUrl: string }> }
async function newOrder(buyer: Buyer): Promise<Placed> {
  const sku = must((await market.newProduct(team)).skus[0], 'a SKU')
  const request = orderRequest(buyer, [{ sku, quantity: 2 }])
  const placed = await placeOne(market, buyer, request)
  return { ...placed, buyer, payments: new Map() }
}

/** What a step may answer: expected failures are part of the story, anything else is a bug. */
const allowed = (error: unknown) => {
  if (!(error instanceof AppError)) throw error
}

async function run(move: Step, orders: readonly Placed[]): Promise<void> {
  const { pay, order, ship, sandbox, outbox } = must(processes[move.process], 'a process')
  const placed = must(orders[move.order], 'an order')
  const ctx = ctxOf(placed.buyer.actor)
  const known = placed.payments.get(move.channel)
  const steps: Record<Step['do'], () => Promise<unknown>> = {
    start: async () => {
      const started = await pay.handlers.start(ctx, {
        orderIds: [placed.id],
        channel: move.channel,
      })
      const { id, cashierUrl } = started
      if (cashierUrl) placed.payments.set(move.channel, { id, cashierUrl })
    },
    // Both orders at once, as from one checkout; whoever holds the cashier pays for both.
    startAll: async () => {
      const orderIds = orders.map(order => order.id)
      const { id, cashierUrl } = await pay.handlers.start(ctx, { orderIds, channel: move.channel })
      if (cashierUrl) for (const each of orders) each.payments.set(move.channel, { id, cashierUrl })
    },
    payAtCashier: async () => known && till.payAt(known.cashierUrl),
    view: async () => known && pay.handlers.view(ctx, known),
    sweep: () => pay.sweep(),
    drain: () => outbox.drain({ limit: 100 }),
    tell: async () => {
      await sql`update sandbox_trade set notify_due_at = now() - interval '1 s' where notify_due_at > now()`.execute(
        database.db,
      )
      await sandbox.notify()
    },
    replay: async () => {
      for (const notice of till.sent.slice(-4))
        await pay.notify(move.channel, notice).catch(allowed)
    },
    cancel: () => order.handlers.cancel(ctx, placed),
    passTime: () => passTime(placed),
    closeDue: () => order.closeDue(10),
    fulfil: async () => {
      const parcel = { shopId: team.shopId, id: placed.id, parcelId: newId() }
      const sent = { ...parcel, carrier: 'sf' as const, number: 'SF1234567890123' }
      await ship.handlers.ship(ctxOf(team.owner), sent)
      await order.handlers.confirm(ctx, placed)
    },
  }
  Object.assign(till, {
    line: () => move.line,
    notices: move.line === 'through' ? 'through' : 'lost',
  })
  await steps[move.do]().catch(allowed)
}

/** The shop's deadlines pass; the bank has its own. */
async function passTime({ id }: Placed): Promise<void> {
  await sql`update order_header set expires_at = least(expires_at, now() - interval '1 s') where id = ${id}`.execute(
    database.db,
  )
  await sql`update pay_payment set expires_at = least(expires_at, now() - interval '1 s') where id in
    (select payment_id from pay_payment_order where order_id = ${id})`.execute(database.db)
}

/** Everything that is under way comes to its end. */
async function settle(orders: readonly Placed[]): Promise<void> {
  const at = { order: 0, process: 0, channel: 'sandbox' as const, line: 'through' as const }
  for (const placed of orders) await passTime(placed)
  for (const move of ['tell', 'closeDue', 'drain', 'sweep', 'drain', 'sweep', 'drain'] as const)
    await run({ do: move, ...at }, orders)
}

async function sumsBySql() {
  const { rows } = await sql<Record<string, number>>`
    select coalesce(sum(payable_fen) filter (where state in ('paid', 'shipped')), 0)::bigint as pending,
      coalesce(sum(payable_fen) filter (where state = 'completed'), 0)::bigint as available,
      (select coalesce(sum(amount_fen - refunded_fen), 0)::bigint from sandbox_trade
        where state = 'paid') as bank,
      (select coalesce(sum(amount_fen), 0)::bigint from ledger_entry
        where account like 'channel:%') as channels,
      (select coalesce(sum(amount_fen), 0)::bigint from ledger_entry
        where account = 'refund:due') as due,
      (select count(*) from pay_payment where state = 'pending')
        + (select count(*) from pay_payment_order where state = 'refunding') as open
    from order_header`.execute(database.db)
  return must(rows[0], 'sums')
}

test('whatever comes when and twice: books, journals, stock and orders agree in the end', async () => {
  const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
    minLength: 6,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(rounds, async moves => {
      const buyer = await market.newBuyer()
      const orders = await Promise.all(Array.from({ length: orderCount }, () => newOrder(buyer)))
      for (const round of moves) await Promise.all(round.map(move => run(move, orders)))
      await settle(orders)

      const { pending, available, bank, channels: ours, due, open } = await sumsBySql()
      const { balance } = till.ledger.handlers
      const { pendingFen, availableFen } = await balance(ctxOf(team.owner), team)
      expect({ pendingFen, availableFen }).toEqual({ pendingFen: pending, availableFen: available })
      expect({ ours, due, open }).toEqual({ ours: bank, due: 0, open: 0 })
      for (const report of await Promise.all([
        till.pay.check(database.db),
        till.ledger.check(database.db),
        market.stock.check(database.db),
        market.order.check(database.db),
      ]))
        expect(report.findings).toEqual([])
    }),
    { numRuns: 14, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  )
})
