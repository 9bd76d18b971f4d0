import { fail } from '@kaibo/contract/core/fail'
import type { Id } from '@kaibo/kernel/ids'

/** The pool that is the shop's own shelf. */
export const shelfId: Id = '00000000-0000-0000-0000-000000000000'

/** Where a quantity lies; without a pool it is the shelf. */
export type Place = { skuId: Id; poolId?: Id | null | undefined }

export const keyOf = ({ skuId, poolId }: Place): string => `${skuId} ${poolId ?? shelfId}`

/** What one order asks for; a SKU appears once per pool. */
export type Hold = { orderId: Id; lines: readonly (Place & { quantity: number })[] }

/**
 * Goods that go off the shelf into the pool of an activity. The cause is the pool itself, or of what
 * is added later an id of its own.
 */
export type Allotment = { skuId: Id; poolId: Id; quantity: number; causeId?: Id }

/** An order that holds nothing, and the SKUs that are too few for it. */
export type SoldOut = { orderId: Id; skuIds: Id[] }

/** Most pieces of one SKU on hand. */
export const onHandMax = 1_000_000_000

/**
 * Who gets what is available (R17). An order gets all of its lines or nothing; orders are served in
 * the order given, and a refused one leaves its goods to those after it.
 */
export function decideHolds(
  availableByKey: ReadonlyMap<string, number>,
  holds: readonly Hold[],
): { held: Hold[]; soldOut: SoldOut[] } {
  const left = new Map(availableByKey)
  const leftOf = (place: Place) => left.get(keyOf(place)) ?? 0
  const held: Hold[] = []
  const soldOut: SoldOut[] = []
  for (const hold of holds) {
    const short = hold.lines.filter(line => line.quantity > leftOf(line))
    if (short.length > 0) {
      soldOut.push({ orderId: hold.orderId, skuIds: short.map(line => line.skuId) })
      continue
    }
    for (const line of hold.lines) left.set(keyOf(line), leftOf(line) - line.quantity)
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
