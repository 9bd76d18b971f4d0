import type { Id } from '@kaibo/kernel/ids'
import { type BasisPoints, basisPoints } from '@kaibo/kernel/money'

/** Whose sale, of what: its category and all ancestors, root first. */
export type RateAsk = { shopId: Id; categoryIds: readonly Id[] }

/** A rule that is in effect. */
export type RateRule = { shopId: Id | null; categoryId: Id | null; rateBps: number }

const noRate = basisPoints(0)
const keyOf = (shopId: Id | null, categoryId: Id | null) => `${shopId}/${categoryId}`

/**
 * The rate of each sale, in the order asked (S116). The most specific rule wins: shop and category
 * before shop before category before the rule for everything, and a category before those above
 * it. Where no rule is, the platform keeps nothing.
 */
export function decideRates(rules: readonly RateRule[], asks: readonly RateAsk[]): BasisPoints[] {
  const rates = new Map(
    rules.map(rule => [keyOf(rule.shopId, rule.categoryId), basisPoints(rule.rateBps)]),
  )
  return asks.map(({ shopId, categoryIds }) => {
    const nearestFirst = categoryIds.toReversed()
    const keys = [
      ...nearestFirst.map(id => keyOf(shopId, id)),
      keyOf(shopId, null),
      ...nearestFirst.map(id => keyOf(null, id)),
      keyOf(null, null),
    ]
    return keys.map(key => rates.get(key)).find(rate => rate !== undefined) ?? noRate
  })
}
