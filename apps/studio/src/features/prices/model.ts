import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import type { Fen } from '@kaibo/kernel/money'

export type RoomPrice = { priceFen: Fen; leftCount: number }

/** The lowest price of each product among sales of the room, and how many are left of all its variants. */
export function lowestPrices(
  sales: readonly Pick<FlashSaleCard, 'items'>[],
): ReadonlyMap<string, RoomPrice> {
  const prices = new Map<string, RoomPrice>()
  for (const { productId, priceFen, leftCount } of sales.flatMap(sale => sale.items)) {
    const known = prices.get(productId)
    prices.set(productId, {
      priceFen: known && known.priceFen < priceFen ? known.priceFen : priceFen,
      leftCount: (known?.leftCount ?? 0) + leftCount,
    })
  }
  return prices
}

/** What somebody typed as yuan, in fen: `12`, `12.5`, `12.50`; undefined when it is no price. */
export function fenOfYuan(typed: string): number | undefined {
  const words = typed
    .trim()
    .replace('，', '')
    .replace(/^[¥￥]/, '')
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(words)) return undefined
  return Math.round(Number(words) * 100)
}

/** A whole number of at least one; undefined when it is none. */
export const countOf = (typed: string): number | undefined =>
  /^[1-9]\d{0,6}$/.test(typed.trim()) ? Number(typed.trim()) : undefined
