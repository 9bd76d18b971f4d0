import { fail } from '@kaibo/contract/fail'
import type { Id } from '@kaibo/kernel/ids'

/** What one order asks for; a SKU appears once. */
export type Hold = { orderId: Id; lines: readonly { skuId: Id; quantity: number }[] }

/** An order that holds nothing, and the SKUs that are too few for it. */
export type SoldOut = { orderId: Id; skuIds: Id[] }

/** Most pieces of one SKU on hand. */
export const onHandMax = 1_000_000_000

/**
 * Who gets what is available (R17). An order gets all of its lines or nothing; orders are served in
 * the order given, and a refused one leaves its goods to those after it.
 */
export function decideHolds(
  availableBySku: ReadonlyMap<Id, number>,
  holds: readonly Hold[],
): { held: Hold[]; soldOut: SoldOut[] } {
  const left = new Map(availableBySku)
  const leftOf = (skuId: Id) => left.get(skuId) ?? 0
  const held: Hold[] = []
  const soldOut: SoldOut[] = []
  for (const hold of holds) {
    const short = hold.lines.filter(line => line.quantity > leftOf(line.skuId))
    if (short.length > 0) {
      soldOut.push({ orderId: hold.orderId, skuIds: short.map(line => line.skuId) })
      continue
    }
    for (const line of hold.lines) left.set(line.skuId, leftOf(line.skuId) - line.quantity)
    held.push(hold)
  }
  return { held, soldOut }
}

/** Checks a change by hand. Throws `stock.below_reserved`, or `request.invalid` beyond the maximum. */
export function decideAdjust(level: { onHand: number; reserved: number }, delta: number): void {
  const onHand = level.onHand + delta
  if (onHand < level.reserved)
    throw fail('stock.below_reserved', { onHand: level.onHand, reserved: level.reserved })
  if (onHand > onHandMax) throw fail('request.invalid', { onHandMax })
}
