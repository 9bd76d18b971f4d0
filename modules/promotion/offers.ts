import { inScope } from '@kaibo/contract/offer/offer-scope'
import type { PromotionRules } from '@kaibo/contract/offer/promotion'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen, minusFen, times } from '@kaibo/kernel/money'
import type { Offer, OfferAsk, PriceSku } from '@kaibo/modules/price'
import type { RunningRow } from './store.ts'

/** What running promotions offer for the goods of an ask. */
export function offersOf(running: readonly RunningRow[], { skus, bundleIds }: OfferAsk): Offer[] {
  const shopIds = new Set(skus.map(sku => sku.shopId))
  return running
    .filter(row => shopIds.has(row.shopId))
    .flatMap(row =>
      offersOfRow(
        row,
        skus.filter(sku => sku.shopId === row.shopId),
        bundleIds,
      ),
    )
}

function offersOfRow(
  { id: offerId, shopId, title, rules }: RunningRow,
  skus: readonly PriceSku[],
  bundleIds: readonly Id[],
): Offer[] {
  const named = { offerId, title }
  switch (rules.kind) {
    case 'limited_discount':
      return skus.flatMap(sku => {
        const unitPriceFen = discountedFen(rules, sku)
        if (unitPriceFen === null) return []
        const { skuId } = sku
        const stacks = rules.stacksWithMember
        return [{ ...named, stage: 'unit', kind: rules.kind, skuId, unitPriceFen, stacks }]
      })
    case 'bundle': {
      if (!bundleIds.includes(offerId)) return []
      const { kind, items, priceFen } = rules
      return [{ ...named, stage: 'bundle', kind, shopId, items, priceFen }]
    }
    case 'buy_gift':
      return [{ ...named, stage: 'gift', shopId, ...rules }]
    case 'full_reduction':
      return [{ ...named, stage: 'reduction', shopId, ...rules }]
  }
}

/** What one of a SKU costs in a limited discount; null when it takes no part. */
export function discountedFen(
  { items, share }: Extract<PromotionRules, { kind: 'limited_discount' }>,
  sku: PriceSku,
): Fen | null {
  const item = items.find(({ skuId }) => skuId === sku.skuId)
  const shared =
    share && inScope(sku, share.scope)
      ? minusFen(sku.priceFen, times(sku.priceFen, share.offBps, 'down'))
      : null
  if (!item || shared === null) return item?.priceFen ?? shared
  return fen(Math.min(item.priceFen, shared))
}
