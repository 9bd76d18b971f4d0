import { fail } from '@kaibo/contract/fail'
import {
  type OrderMoved,
  orderClosed,
  orderCompleted,
  orderPaid,
  orderShipped,
} from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'
import type { Database, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Stock } from '@kaibo/modules/stock'
import * as store from './store.ts'

export type LifeNeeds = { database: Database; stock: Pick<Stock, 'release' | 'ship'> }

const events = {
  pay: orderPaid,
  close: orderClosed,
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

/** Moves orders, lets stock follow and tells everybody; orders that cannot move are left out. */
async function move(
  { stock }: Pick<LifeNeeds, 'stock'>,
  tx: Tx,
  { event, ...change }: { event: store.OrderEvent } & Parameters<typeof store.move>[2],
): Promise<store.Moved[]> {
  const moved = await store.move(tx, event, change)
  const ids = moved.map(order => order.id)
  if (event === 'close') await stock.release(tx, ids)
  if (event === 'ship') await stock.ship(tx, ids)
  for (const order of moved) await publish(tx, events[event], toldOf(order))
  return moved
}

/**
 * Moves one order. One that is there already stays as it is: repeating changes nothing. Throws
 * `order.wrong_state`.
 */
export async function advance(
  needs: Pick<LifeNeeds, 'stock'>,
  tx: Tx,
  {
    id,
    ...change
  }: { event: store.OrderEvent; id: Id } & Omit<Parameters<typeof store.move>[2], 'ids'>,
): Promise<void> {
  const [moved] = await move(needs, tx, { ids: [id], ...change })
  if (moved) return
  const { state } = must(await store.orderById(tx, id), `an order ${id} that was there`)
  if (state !== orderLife.target(change.event)) throw fail('order.wrong_state', { state })
}

/**
 * Records that an order is paid. `closed`: the money came too late, the goods are given back, and it
 * has to be returned (R16). Against a close at the same moment exactly one of the two wins.
 */
export async function markPaid(
  needs: Pick<LifeNeeds, 'stock'>,
  tx: Tx,
  { orderId, paidAt }: { orderId: Id; paidAt: Date },
): Promise<'paid' | 'already_paid' | 'closed'> {
  const [moved] = await move(needs, tx, { event: 'pay', ids: [orderId], at: paidAt })
  if (moved) return 'paid'
  const { state } = must(await store.orderById(tx, orderId), `no order ${orderId} to pay`)
  return state === 'closed' ? 'closed' : 'already_paid'
}

/**
 * Records that a parcel of an order of this shop left; further parcels change nothing. Throws
 * `order.not_found` or `order.wrong_state`.
 */
export async function markShipped(
  needs: Pick<LifeNeeds, 'stock'>,
  tx: Tx,
  { orderId, shopId, at }: { orderId: Id; shopId: Id; at: Date },
): Promise<void> {
  const order = await store.orderById(tx, orderId)
  if (order?.shopId !== shopId) throw fail('order.not_found')
  await advance(needs, tx, { event: 'ship', id: orderId, at })
}

/** Closes orders that were not paid in time and gives their goods back. Returns how many. */
export async function closeDue(needs: LifeNeeds, limit: number): Promise<number> {
  return needs.database.tx(async tx => {
    const ids = await store.lockDue(tx, limit)
    if (ids.length === 0) return 0
    const closed = await move(needs, tx, {
      event: 'close',
      ids,
      from: ['pending'],
      closeReason: 'timeout',
    })
    return closed.length
  })
}
