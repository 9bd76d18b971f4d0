import type { NextProduct, SuggestionReason } from '@kaibo/contract/show/insight'
import type { Fen } from '@kaibo/kernel/money'

/** A product of the bag that could be explained now. */
export type Candidate = Omit<NextProduct, 'reason'> & { priceFen: Fen; available: number }

/** A product in a cart tells as much as so many that were opened. */
const clicksPerCart = 4
/** Before it is known how a product sells, it is taken to sell once for so many clicks. */
const clicksBefore = 20
/** After so long an explanation may be repeated as if it had never been. */
const restMin = 15
/** Fewer carts than this may be chance. */
const cartsMin = 3

/**
 * What to explain next: the product that the wishes of the last ten minutes promise most money for.
 *
 *     promise = (clicks₁₀ + 4·carts₁₀) · (orders + 1) / (clicks + 20) · price · min(1, rested / 15 min)
 *
 * Where nobody wishes anything, the first of the bag that was never explained, and then the one that
 * was explained longest ago. What is sold out is never suggested. Null when nothing is left.
 */
export function decideNext(candidates: readonly Candidate[]): NextProduct | null {
  const left = candidates.filter(each => each.available > 0)
  const best = left.toSorted((a, b) => promiseOf(b) - promiseOf(a) || a.number - b.number)[0]
  if (best && promiseOf(best) > 0) return suggestionOf(best, reasonOf(best))
  const waiting = left.toSorted((a, b) => restedOf(b) - restedOf(a) || a.number - b.number)[0]
  if (!waiting) return null
  return suggestionOf(waiting, waiting.explainedAgoMin === null ? 'not_yet' : 'long_ago')
}

const restedOf = ({ explainedAgoMin }: Candidate): number =>
  explainedAgoMin ?? Number.MAX_SAFE_INTEGER

function promiseOf(each: Candidate): number {
  const wanted = each.recentClickCount + clicksPerCart * each.recentCartCount
  const chance = (each.orderCount + 1) / (each.clickCount + clicksBefore)
  return wanted * chance * each.priceFen * Math.min(1, restedOf(each) / restMin)
}

function reasonOf(each: Candidate): SuggestionReason {
  const { recentCartCount, recentOrderCount } = each
  if (recentCartCount >= cartsMin && recentCartCount > recentOrderCount) return 'carts_waiting'
  return each.explainedAgoMin === null ? 'clicked_unexplained' : 'sells_well'
}

const suggestionOf = (
  { priceFen: _price, available: _available, ...numbers }: Candidate,
  reason: SuggestionReason,
): NextProduct => ({ ...numbers, reason })
