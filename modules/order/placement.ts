import { ordersPlaced } from '@kaibo/contract/order'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Stock } from '@kaibo/modules/stock'
import { toldOf } from './life.ts'
import { type Draft, insertOrders, removeOrders } from './store.ts'

/** taken = the id was in use: look at the order that has it. */
export type Outcome = { is: 'placed' } | { is: 'taken' } | { is: 'sold_out'; skuIds: readonly Id[] }

/**
 * Places many decided orders in one transaction, each whole or not at all, set by set: this is the
 * one place where orders come to be, and the seam at which they can be gathered into groups that
 * share a commit. The ids of one call are distinct; every one has an outcome.
 */
export async function placeAll(
  { stock }: { stock: Pick<Stock, 'hold'> },
  tx: Tx,
  drafts: readonly Draft[],
): Promise<Map<Id, Outcome>> {
  const fresh = await insertOrders(tx, drafts)
  const asking = drafts.filter(draft => fresh.has(draft.id))
  const soldOut = await stock.hold(
    tx,
    asking.map(({ id, lines }) => ({ orderId: id, lines })),
  )
  if (soldOut.length > 0)
    await removeOrders(
      tx,
      soldOut.map(each => each.orderId),
    )

  const outcomes = new Map<Id, Outcome>(drafts.map(({ id }) => [id, { is: 'taken' }]))
  for (const { orderId, skuIds } of soldOut) {
    outcomes.set(orderId, { is: 'sold_out', skuIds })
    fresh.delete(orderId)
  }
  for (const placed of fresh.values()) outcomes.set(placed.id, { is: 'placed' })
  if (fresh.size > 0) await publish(tx, ordersPlaced, { orders: [...fresh.values()].map(toldOf) })
  return outcomes
}
