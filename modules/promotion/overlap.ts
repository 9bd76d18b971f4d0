import { fail } from '@kaibo/contract/core/fail'
import { inScope } from '@kaibo/contract/offer/offer-scope'
import type { PromotionRules, PromotionScope } from '@kaibo/contract/offer/promotion'
import type { Id } from '@kaibo/kernel/ids'
import type { SkuFacts } from '@kaibo/modules/catalog'

type Planned = { id: Id; title: string; rules: PromotionRules }

/**
 * One product, one limited discount and one full reduction at a time. Scopes of different sorts (a
 * brand and a category) are not compared: there the price takes the lower, and reductions add up.
 * Throws `promotion.overlap`, naming the other promotion.
 */
export function decideOverlap(
  rules: PromotionRules,
  others: readonly Planned[],
  skus: readonly SkuFacts[],
): void {
  const other = others.find(planned => meet(rules, planned.rules, skus))
  if (other) throw fail('promotion.overlap', { promotionId: other.id, title: other.title })
}

function meet(a: PromotionRules, b: PromotionRules, skus: readonly SkuFacts[]): boolean {
  if (a.kind === 'full_reduction' && b.kind === 'full_reduction')
    return scopesMeet(a.scope, b.scope)
  if (a.kind !== 'limited_discount' || b.kind !== 'limited_discount') return false
  const isIn = (rules: typeof a, sku: SkuFacts) =>
    rules.items.some(item => item.skuId === sku.skuId) ||
    (rules.share !== null && inScope(sku, rules.share.scope))
  return (
    skus.some(sku => isIn(a, sku) && isIn(b, sku)) ||
    (a.share !== null && b.share !== null && scopesMeet(a.share.scope, b.share.scope))
  )
}

function scopesMeet(a: PromotionScope, b: PromotionScope): boolean {
  if (a.only === 'all' || b.only === 'all') return true
  return a.only === b.only && a.ids.some(id => b.ids.includes(id))
}
