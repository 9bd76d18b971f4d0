import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Order, OrderSource, OrderState, Receiver } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { idsByNumber } from './change-store.ts'
import { check } from './check.ts'
import {
  closeDue,
  completeDue,
  type Delivery,
  lockForParcel,
  markDelivered,
  markPaid,
  markShipped,
  type SentLine,
} from './life.ts'
import { standingsByIds, type VirtualLine, virtualLines } from './life-store.ts'
import { forPayment, type OrderToPay, viewsByIds } from './mine.ts'
import { createHandlers, type OrderHandlers, type OrderNeeds } from './routes.ts'
import { createShopSide, type ShopSide } from './shop.ts'
import { type PaidTotal, paidTotals, soldIn, totalsBySource } from './store.ts'
import { sealReceiver } from './view.ts'

export type { Doing } from './life.ts'
export type { ParcelSource } from './parcel-source.ts'
export type { ToSend } from './receiver.ts'
export type { NewPrice } from './reprice.ts'
export type { OrderNeeds, OrderToPay, PaidTotal, SentLine, ShopSide, VirtualLine }

/** Orders from when they are written to completion; the contract's `Order` is the view of one. */
export type Orders = {
  handlers: OrderHandlers
  /** What the merchant's desk does to orders. */
  desk: ShopSide
  /** Orders as their buyer sees them, in this order; unknown ones are missing. */
  viewsByIds(ids: readonly Id[]): Promise<Order[]>
  /** A receiver as orders keep it. */
  sealReceiver(receiver: Receiver): string
  /** Those of anybody else are missing; they stay as they are until the transaction ends. */
  forPayment(tx: Tx, q: { orderIds: readonly Id[]; buyerId: Id }): Promise<OrderToPay[]>
  /** Anything but `paid`: the money has to be returned. No amount = whatever it costs. */
  markPaid(
    tx: Tx,
    payment: { orderId: Id; paidAt: Date; amountFen?: Fen },
  ): Promise<'paid' | 'already_paid' | 'closed' | 'amount_differs'>
  /**
   * The state of an order of this shop; nobody else touches the order until the transaction ends.
   * Throws `order.not_found`.
   */
  lockForParcel(tx: Tx, owned: { orderId: Id; shopId: Id }): Promise<OrderState>
  /** Orders of a shop by the numbers that people read; unknown ones are missing. */
  idsByNumber(db: Db, q: { shopId: Id; numbers: readonly string[] }): Promise<Map<string, Id>>
  /**
   * A parcel left, with all that is still here unless lines are named; answers with what was in it.
   * Throws `order.not_found`, `order.wrong_state`, `order.line_not_found`, `ship.too_many`,
   * `ship.nothing_to_send`.
   */
  markShipped(
    tx: Tx,
    parcel: {
      orderId: Id
      shopId: Id
      at: Date
      actorId: Id | null
      lines?: readonly SentLine[]
    },
  ): Promise<SentLine[]>
  /** Lines of orders that are not sent by parcel. */
  virtualLines(db: Db, orderIds: readonly Id[]): Promise<VirtualLine[]>
  /** Numbers and states of orders; unknown ones are missing. */
  standingsByIds(
    db: Db,
    ids: readonly Id[],
  ): Promise<Map<Id, { number: string; state: OrderState }>>
  /** Codes and bookings reached the buyer; an order of nothing else completes when told. */
  markDelivered(tx: Tx, delivery: Delivery): Promise<void>
  /** Orders of a shop from a source that were ever paid: others may name its live room as well. */
  totalsBySource(
    db: Db,
    q: { shopId: Id; source: OrderSource },
  ): Promise<{ orderCount: number; amountFen: Fen }>
  /** Orders that are paid, by id, from after `afterId`. */
  paidTotals(db: Db, q: { afterId: Id | null; limit: number }): Promise<PaidTotal[]>
  /** What orders sold of each product. */
  soldIn(db: Db, orderIds: readonly Id[]): Promise<{ productId: Id; quantity: number }[]>
  /** Closes orders that were not paid in time; returns how many. */
  closeDue(limit: number): Promise<number>
  /** Completes orders that nobody confirmed in time; returns how many. */
  completeDue(limit: number): Promise<number>
  /** Declares what this process does for orders in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Whether every order costs what its lines cost. */
  check(db: Db): Promise<CheckReport>
}

const closeEverySec = 2
const completeEverySec = 10
const dueBatchMax = 100
const dueBatchesMax = 20

export function createOrder(needs: OrderNeeds): Orders {
  const inBatches = async (step: (needs: OrderNeeds, limit: number) => Promise<number>) => {
    for (let batch = 0; batch < dueBatchesMax; batch++)
      if ((await step(needs, dueBatchMax)) < dueBatchMax) break
  }
  return {
    handlers: createHandlers(needs),
    desk: createShopSide(needs),
    viewsByIds: ids => viewsByIds(needs, ids),
    sealReceiver: receiver => sealReceiver(needs.personal, receiver),
    forPayment,
    lockForParcel,
    idsByNumber,
    markPaid: (tx, payment) => markPaid(needs, tx, payment),
    markShipped: (tx, parcel) => markShipped(needs, tx, parcel),
    virtualLines,
    standingsByIds,
    markDelivered: (tx, delivery) => markDelivered(needs, tx, delivery),
    totalsBySource,
    paidTotals,
    soldIn,
    closeDue: limit => closeDue(needs, limit),
    completeDue: limit => completeDue(needs, limit),
    work(jobs) {
      jobs.every('order.close-due', closeEverySec, () => inBatches(closeDue))
      jobs.every('order.complete-due', completeEverySec, () => inBatches(completeDue))
    },
    check,
  }
}
