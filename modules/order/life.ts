import { fail } from '@kaibo/contract/core/fail'
import {
  type OrderMoved,
  type OrderState,
  orderClosed,
  orderCompleted,
  orderPaid,
  orderPartShipped,
  orderShipped,
} from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import type { Database, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import type { Price } from '@kaibo/modules/price'
import type { Stock } from '@kaibo/modules/stock'
import * as life from './life-store.ts'
import { decideShipment, type SentLine, stepAfter } from './shipment.ts'
import * as store from './store.ts'

export type LifeNeeds = {
  database: Database
  stock: Pick<Stock, 'release' | 'ship'>
  price: Pick<Price, 'release'>
  /** What each person may take only so many of. */
  limits: { giveBack(tx: Tx, orderIds: readonly Id[]): Promise<void> }
  /** Days after which a shipped order completes by itself (R1: 7–15). */
  receiptDays: number
}
type MoveNeeds = Omit<LifeNeeds, 'database'>

export type { Doing } from './life-store.ts'
export type { SentLine } from './shipment.ts'

const bySystem = { by: 'system', actorId: null } as const

const events = {
  pay: orderPaid,
  close: orderClosed,
  shipPart: orderPartShipped,
  ship: orderShipped,
  complete: orderCompleted,
} as const

export const toldOf = (moved: store.Moved): OrderMoved => ({
  orderId: moved.id,
  buyerId: moved.buyerId,
  shopId: moved.shopId,
  state: moved.state,
  payableFen: moved.payableFen,
  source: { kind: moved.sourceKind, id: moved.sourceId },
})

type Step = { step: life.OrderStep } & Omit<life.Change, 'receiptDays'>

/**
 * Moves orders and tells everybody; stock, limits and what offers took follow in the same
 * transaction. Orders that cannot move are left out.
 */
async function move(
  { stock, limits, price, receiptDays }: MoveNeeds,
  tx: Tx,
  { step, ...change }: Step,
): Promise<store.Moved[]> {
  const moved = await life.move(tx, step, { ...change, ...(step === 'ship' && { receiptDays }) })
  const ids = moved.map(order => order.id)
  if (step === 'close') {
    // In the order in which placement locks them.
    await limits.giveBack(tx, ids)
    await stock.release(tx, ids)
    await price.release(tx, ids)
  }
  if (step === 'ship') await stock.ship(tx, ids)
  for (const order of moved) await publish(tx, events[step], toldOf(order))
  return moved
}

/**
 * Moves one order. One that is there already stays as it is: repeating changes nothing. Throws
 * `order.wrong_state`.
 */
export async function advance(
  needs: MoveNeeds,
  tx: Tx,
  { id, ...step }: { id: Id } & Omit<Step, 'ids'>,
): Promise<void> {
  const [moved] = await move(needs, tx, { ids: [id], ...step })
  if (moved) return
  const { state } = must(await store.orderById(tx, id), `an order ${id} that was there`)
  if (state !== orderLife.target(step.step)) throw fail('order.wrong_state', { state })
}

/**
 * Records that an order is paid. Anything but `paid` means that the money has to be returned (R16):
 * the order closed, was paid before, or costs another amount by now. Against a close at the same
 * moment exactly one of the two wins.
 */
export async function markPaid(
  needs: MoveNeeds,
  tx: Tx,
  { orderId, paidAt, amountFen }: { orderId: Id; paidAt: Date; amountFen?: Fen },
): Promise<'paid' | 'already_paid' | 'closed' | 'amount_differs'> {
  const price = amountFen === undefined ? {} : { payableFen: amountFen }
  const doing = { by: 'buyer', actorId: null } as const
  const paying = { step: 'pay', ids: [orderId], at: paidAt, doing, ...price } as const
  const [moved] = await move(needs, tx, paying)
  if (moved) return 'paid'
  const { state } = must(await store.orderById(tx, orderId), `no order ${orderId} to pay`)
  if (state === 'pending') return 'amount_differs'
  return state === 'closed' ? 'closed' : 'already_paid'
}

/**
 * The state of an order of this shop; nobody else touches the order until the transaction ends.
 * Throws `order.not_found`.
 */
export async function lockForParcel(
  tx: Tx,
  { orderId, shopId }: { orderId: Id; shopId: Id },
): Promise<OrderState> {
  const order = await store.lockOrder(tx, orderId)
  if (order?.shopId !== shopId) throw fail('order.not_found')
  return order.state
}

type Shipment = {
  orderId: Id
  shopId: Id
  at: Date
  actorId: Id | null
  /** Everything that is still here, unless said. */
  lines?: readonly SentLine[]
}

/**
 * Records that a parcel of an order of this shop left, and answers with what was in it. Throws
 * `order.not_found`, `order.wrong_state`, `order.line_not_found`, `ship.too_many`,
 * `ship.nothing_to_send`.
 */
export async function markShipped(
  needs: MoveNeeds,
  tx: Tx,
  { orderId, shopId, at, actorId, lines: wanted }: Shipment,
): Promise<SentLine[]> {
  const state = await lockForParcel(tx, { orderId, shopId })
  const lines = await life.linesToSend(tx, orderId)
  const { sent, step } = decideShipment({ state, lines, wanted })
  if (sent.length > 0) await life.addShipped(tx, orderId, sent)
  const doing = { by: 'merchant', actorId } as const
  if (step) await move(needs, tx, { step, ids: [orderId], at, doing })
  return sent
}

export type Delivery = {
  orderId: Id
  /** None: what was delivered before is as it was. */
  lines: readonly SentLine[]
  /** When an order of nothing else completes by itself. */
  receiptDueAt: Date
}

/**
 * Records that what is not sent by parcel reached the buyer: codes, bookings. The same again changes
 * nothing but the deadline. An order that is not paid, or closed, stays as it is.
 */
export async function markDelivered(
  needs: MoveNeeds,
  tx: Tx,
  { orderId, lines: wanted, receiptDueAt }: Delivery,
): Promise<void> {
  const order = await store.lockOrder(tx, orderId)
  if (!order || (!orderLife.can(order.state, 'ship') && order.state !== 'shipped')) return
  const lines = await life.linesToSend(tx, orderId)
  const asked = new Set(wanted.map(line => line.lineId))
  const sent = lines.flatMap(({ id: lineId, isVirtual, quantity, shippedQuantity }) => {
    const left = quantity - shippedQuantity
    return isVirtual && left > 0 && asked.has(lineId) ? { lineId, quantity: left } : []
  })
  if (sent.length > 0) {
    await life.addShipped(tx, orderId, sent)
    const step = stepAfter(order.state, lines, sent)
    if (step) await move(needs, tx, { step, ids: [orderId], doing: bySystem })
  }
  if (lines.every(line => line.isVirtual)) await life.setReceiptDue(tx, orderId, receiptDueAt)
}

/** Closes orders that were not paid in time and gives their goods back. Returns how many. */
export async function closeDue(needs: LifeNeeds, limit: number): Promise<number> {
  return needs.database.tx(async tx => {
    const ids = await life.lockDue(tx, { deadline: 'payment', limit })
    if (ids.length === 0) return 0
    const close = { step: 'close', closeReason: 'timeout', doing: bySystem } as const
    return (await move(needs, tx, { ...close, ids })).length
  })
}

/** Completes orders that nobody confirmed in time. Returns how many. */
export async function completeDue(needs: LifeNeeds, limit: number): Promise<number> {
  return needs.database.tx(async tx => {
    const ids = await life.lockDue(tx, { deadline: 'receipt', limit })
    if (ids.length === 0) return 0
    return (await move(needs, tx, { step: 'complete', doing: bySystem, ids })).length
  })
}
