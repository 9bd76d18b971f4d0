import { fail } from '@kaibo/contract/core/fail'
import type { PromotionPlan, PromotionRules, PromotionScope } from '@kaibo/contract/offer/promotion'
import { dayMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { multiplyFen, sumFen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'

/** A promotion that never ends is a price. */
const windowMsMax = 366 * dayMs

type Tier = Extract<PromotionRules, { kind: 'full_reduction' }>['tiers'][number]

/** SKUs that a promotion names, to be sold in it or given. */
export function namedSkuIds(rules: PromotionRules): Id[] {
  const items = 'items' in rules ? rules.items : []
  return [...new Set([...items, ...giftsOf(rules)].map(item => item.skuId))]
}

export function giftsOf(rules: PromotionRules): { skuId: Id; quantity: number }[] {
  if (rules.kind === 'buy_gift') return rules.gifts
  return rules.kind === 'full_reduction' ? rules.tiers.flatMap(tier => tier.gifts) : []
}

export const scopeOf = (rules: PromotionRules): PromotionScope | null => {
  if ('scope' in rules) return rules.scope
  return rules.kind === 'limited_discount' ? (rules.share?.scope ?? null) : null
}

/** The products that it can be about; null = any of the shop's. */
export function productIdsOf(rules: PromotionRules, skus: readonly SkuFacts[]): Id[] | null {
  const scope = scopeOf(rules)
  if (scope && scope.only !== 'products') return null
  const items = new Set('items' in rules ? rules.items.map(item => item.skuId) : [])
  const named = skus.filter(sku => items.has(sku.skuId)).map(sku => sku.productId)
  return [...new Set([...(scope?.ids ?? []), ...named])]
}

/**
 * Whether a shop may plan this. Throws `product.not_found` for goods of others, or
 * `promotion.plan_invalid` with the field that does not fit.
 */
export function decidePlan(
  plan: PromotionPlan,
  { shopId, skus, now }: { shopId: Id; skus: readonly SkuFacts[]; now: Date },
): void {
  const own = new Map(skus.filter(sku => sku.shopId === shopId).map(sku => [sku.skuId, sku]))
  const foreignIds = namedSkuIds(plan.rules).filter(id => !own.has(id))
  if (foreignIds.length > 0) throw fail('product.not_found', { skuIds: foreignIds })
  const field = wrongWindow(plan, now) ?? wrongScope(plan.rules) ?? wrongRules(plan.rules, own)
  if (field) throw fail('promotion.plan_invalid', { field })
}

function wrongWindow({ startsAt, endsAt }: PromotionPlan, now: Date): string | null {
  const [startMs, endMs] = [Date.parse(startsAt), Date.parse(endsAt)]
  const isWindow = endMs > startMs && endMs > now.getTime() && endMs - startMs <= windowMsMax
  return isWindow ? null : 'endsAt'
}

function wrongScope(rules: PromotionRules): string | null {
  const scope = scopeOf(rules)
  return scope && (scope.only === 'all') !== (scope.ids.length === 0) ? 'scope' : null
}

function wrongRules(rules: PromotionRules, own: ReadonlyMap<Id, SkuFacts>): string | null {
  switch (rules.kind) {
    case 'limited_discount': {
      const isCheaper = ({ skuId, priceFen }: { skuId: Id; priceFen: number }) =>
        priceFen > 0 && priceFen < (own.get(skuId)?.priceFen ?? 0)
      if (!rules.share && rules.items.length === 0) return 'items'
      return hasTwice(rules.items) ? 'items' : rules.items.every(isCheaper) ? null : 'priceFen'
    }
    case 'bundle': {
      if (hasTwice(rules.items)) return 'items'
      const apartFen = sumFen(
        rules.items.map(({ skuId, quantity }) => {
          const sku = own.get(skuId)
          return multiplyFen(sku?.priceFen ?? rules.priceFen, quantity)
        }),
      )
      return rules.priceFen > 0 && rules.priceFen < apartFen ? null : 'priceFen'
    }
    case 'buy_gift':
      return hasTwice(rules.gifts) ? 'gifts' : null
    case 'full_reduction':
      return rules.tiers.some(tier => hasTwice(tier.gifts)) ? 'gifts' : wrongTiers(rules)
  }
}

function wrongTiers({
  tiers,
  repeats,
  by,
}: Extract<PromotionRules, { kind: 'full_reduction' }>): string | null {
  const rises = tiers.every((tier, at) => tier.threshold > (tiers[at - 1]?.threshold ?? 0))
  if (!rises) return 'threshold'
  if (tiers.some(tier => !tier.off && tier.gifts.length === 0)) return 'off'
  const isTooMuch = ({ threshold, off }: Tier) =>
    off && 'fen' in off && (off.fen === 0 || (by === 'amount' && off.fen >= threshold))
  if (tiers.some(isTooMuch)) return 'off'
  const mayRepeat = tiers.length === 1 && tiers.every(({ off }) => !off || 'fen' in off)
  return repeats && !mayRepeat ? 'repeats' : null
}

const hasTwice = (items: readonly { skuId: Id }[]): boolean =>
  new Set(items.map(item => item.skuId)).size < items.length
