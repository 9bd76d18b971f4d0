import { fail } from '@kaibo/contract/core/fail'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen, multiplyFen, sumFen } from '@kaibo/kernel/money'
import type { Line } from './line.ts'
import type { LineLimit, PriceLine } from './quote.ts'

/** The limits of `Quantity` and `Money` in the contract, for what several lines add up to. */
export const quantityMax = 999
export const payableFenMax = fen(1_000_000_000)

/** One line for one SKU in one bundle (R17), in the order of first mention. */
export function mergeLines(lines: readonly PriceLine[]): PriceLine[] {
  const merged = new Map<string, PriceLine>()
  for (const line of lines) {
    const key = `${line.sku.skuId} ${line.bundleId}`
    const quantity = (merged.get(key)?.quantity ?? 0) + line.quantity
    merged.set(key, { ...line, quantity })
  }
  return [...merged.values()]
}

/** Throws `price.quantity_out_of_range` or `price.total_out_of_range`. */
export function requireSize(lines: readonly PriceLine[]): void {
  const tooMany = lines.find(line => line.quantity > quantityMax)
  if (tooMany)
    throw fail('price.quantity_out_of_range', { skuIds: [tooMany.sku.skuId], quantityMax })
  const shelfFen = sumFen(lines.map(line => multiplyFen(line.sku.priceFen, line.quantity)))
  if (shelfFen > payableFenMax) throw fail('price.total_out_of_range', { payableFenMax })
}

/** How many of a line one person may take: of the product ever, of the activity while it runs. */
export const limitsOf = ({ sku, isGift, activity }: Line): LineLimit[] => {
  if (isGift) return []
  const { productId, limitPerBuyer } = sku
  return [
    ...(limitPerBuyer === null ? [] : [{ limitId: productId, max: limitPerBuyer }]),
    ...(activity && activity.limitPerBuyer !== null
      ? [{ limitId: activity.offerId, max: activity.limitPerBuyer }]
      : []),
  ]
}

/** Throws `price.limit_reached` for a basket that no buyer may have; earlier orders are not known here. */
export function requireLimits(lines: readonly Line[]): void {
  const taken = new Map<Id, number>()
  for (const line of lines)
    for (const { limitId, max } of limitsOf(line)) {
      const quantity = (taken.get(limitId) ?? 0) + line.quantity
      if (quantity > max) throw fail('price.limit_reached', { skuIds: [line.sku.skuId], max })
      taken.set(limitId, quantity)
    }
}

/** Throws `price.total_out_of_range` for an order that would cost nothing (R14) or too much. */
export function requirePayable(payableFen: Fen): void {
  if (payableFen <= 0 || payableFen > payableFenMax)
    throw fail('price.total_out_of_range', { payableFen, payableFenMax })
}
