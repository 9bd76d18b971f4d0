import type { Product } from '@kaibo/contract/goods/catalog'
import type { FlashSaleCard, FlashSaleItem } from '@kaibo/contract/offer/flashsale'

/** How a SKU is sold at a flash price: now, sold out at it, or from a moment to come. */
export type Sale = {
  state: 'running' | 'sold_out' | 'coming'
  item: FlashSaleItem
  /** The moment that the countdown runs to. */
  untilMs: number
  isRoomOnly: boolean
}

const rank = { running: 0, sold_out: 1, coming: 2 } as const

/** The sale of each SKU that counts at this moment by the server's clock; over ones do not. */
export function salesAt(cards: readonly FlashSaleCard[], nowMs: number): Map<string, Sale> {
  const sales = new Map<string, Sale>()
  for (const card of cards) {
    const startsAtMs = Date.parse(card.startsAt)
    const endsAtMs = Date.parse(card.endsAt)
    if (endsAtMs <= nowMs) continue
    for (const item of card.items) {
      const isOn = startsAtMs <= nowMs
      const state = !isOn ? 'coming' : item.leftCount > 0 ? 'running' : 'sold_out'
      const untilMs = isOn ? endsAtMs : startsAtMs
      const before = sales.get(item.skuId)
      if (!before || rank[state] < rank[before.state])
        sales.set(item.skuId, { state, item, untilMs, isRoomOnly: card.channel === 'live' })
    }
  }
  return sales
}

/** The sale to show for a product: one that runs before others, and of those the cheapest. */
export function saleOfProduct(
  sales: ReadonlyMap<string, Sale>,
  productId: string,
): Sale | undefined {
  return [...sales.values()]
    .filter(sale => sale.item.productId === productId)
    .sort((a, b) => rank[a.state] - rank[b.state] || a.item.priceFen - b.item.priceFen)[0]
}

/** When something changes by the clock alone; null when nothing will. */
export function nextChangeMs(cards: readonly FlashSaleCard[], nowMs: number): number | null {
  const moments = cards
    .flatMap(card => [Date.parse(card.startsAt), Date.parse(card.endsAt)])
    .filter(moment => moment > nowMs)
  return moments.length > 0 ? Math.min(...moments) : null
}

/** The product with what runs: flash prices, and as many as are left at them. */
export const withSales = (product: Product, sales: ReadonlyMap<string, Sale>): Product => ({
  ...product,
  skus: product.skus.map(sku => {
    const sale = sales.get(sku.id)
    if (sale?.state !== 'running') return sku
    return { ...sku, priceFen: sale.item.priceFen, available: sale.item.leftCount }
  }),
})
