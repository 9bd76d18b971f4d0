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

type Variant = { id: string; available: number; priceFen: number }
type TypedGoods = { price: string; stock: Readonly<Record<string, string>> }

/** What somebody changed of a product's price and stock, as steps from what is. */
export type GoodsChange = {
  /** Every variant costs this much more or less. */
  priceDeltaFen: number
  adjustments: readonly { skuId: string; delta: number }[]
}

/** Fields that were left alone change nothing; undefined when one holds no number. */
export function goodsChange(
  variants: readonly Variant[],
  { price, stock }: TypedGoods,
): GoodsChange | undefined {
  const fromFen = Math.min(...variants.map(({ priceFen }) => priceFen))
  const wantedFen = price.trim() === '' ? fromFen : fenOfYuan(price)
  const steps = variants.map(({ id, available }) => {
    const typed = stock[id]?.trim() ?? ''
    if (typed === '') return { skuId: id, delta: 0 }
    return /^\d{1,6}$/.test(typed) ? { skuId: id, delta: Number(typed) - available } : undefined
  })
  if (!wantedFen || steps.includes(undefined)) return undefined
  return {
    priceDeltaFen: wantedFen - fromFen,
    adjustments: steps.flatMap(step => (step && step.delta !== 0 ? [step] : [])),
  }
}
