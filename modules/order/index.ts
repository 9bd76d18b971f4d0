import type { Handlers } from '@kaibo/contract/handlers'
import type { CheckReport } from '@kaibo/contract/ledger'
import type { OrderSource, orderApi } from '@kaibo/contract/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { check } from './check.ts'
import { closeDue, markPaid, markShipped } from './life.ts'
import { forPayment, type OrderNeeds, type OrderToPay } from './order.ts'
import { createHandlers } from './routes.ts'
import { type PaidTotal, paidTotals, totalsBySource } from './store.ts'

export type { ParcelSource } from './parcel-source.ts'
export type { OrderNeeds, OrderToPay, PaidTotal }

/** Orders from placement to completion; the contract's `Order` is the view of one. */
export type Orders = {
  handlers: Handlers<typeof orderApi>
  /** Null for anybody else's order; it stays as it is until the transaction ends. */
  forPayment(tx: Tx, q: { orderId: Id; buyerId: Id }): Promise<OrderToPay | null>
  /** `closed`: too late; the money has to be returned. */
  markPaid(
    tx: Tx,
    payment: { orderId: Id; paidAt: Date },
  ): Promise<'paid' | 'already_paid' | 'closed'>
  /** A parcel left; the first one ships the order. Throws `order.not_found` or `order.wrong_state`. */
  markShipped(tx: Tx, parcel: { orderId: Id; shopId: Id; at: Date }): Promise<void>
  /** Orders of a shop from a source that were ever paid: others may name its live room as well. */
  totalsBySource(
    db: Db,
    q: { shopId: Id; source: OrderSource },
  ): Promise<{ orderCount: number; amountFen: Fen }>
  /** Orders that were ever paid, by id, from after `afterId`. */
  paidTotals(db: Db, q: { afterId: Id | null; limit: number }): Promise<PaidTotal[]>
  /** Closes orders that were not paid in time; returns how many. */
  closeDue(limit: number): Promise<number>
  /** Declares what this process does for orders in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Whether every order costs what its lines cost. */
  check(db: Db): Promise<CheckReport>
}

const closeEverySec = 2
const closeBatchMax = 100
const closeBatchesMax = 20

export const createOrder = (needs: OrderNeeds): Orders => ({
  handlers: createHandlers(needs),
  forPayment,
  markPaid: (tx, payment) => markPaid(needs, tx, payment),
  markShipped: (tx, parcel) => markShipped(needs, tx, parcel),
  totalsBySource,
  paidTotals,
  closeDue: limit => closeDue(needs, limit),
  work: jobs => jobs.every('order.close-due', closeEverySec, () => closeAllDue(needs)),
  check,
})

async function closeAllDue(needs: OrderNeeds): Promise<void> {
  for (let batch = 0; batch < closeBatchesMax; batch++)
    if ((await closeDue(needs, closeBatchMax)) < closeBatchMax) break
}
