import type { Fen } from '@kaibo/kernel/money'
import { countsFor, type Line, leftOf, takeOff } from '../line.ts'
import { type Offer, offOf, type ReductionOffer, type ReductionTier } from '../offer.ts'
import { type Given, given } from './gifts.ts'

/**
 * Full reductions: of each offer the highest tier that is met. All of them look at what the goods
 * cost before any of them, so none can cost the buyer another one's tier.
 */
export function reduce(
  lines: readonly Line[],
  offers: readonly Offer[],
): { lines: Line[]; given: Given[] } {
  const met = offers
    .filter(offer => offer.stage === 'reduction')
    .map(offer => metTier(lines, offer))
    .filter(tier => tier !== null)
  return {
    lines: met.reduce(
      (rest, { offer, offFen }) =>
        takeOff(rest, { offer, counts: countsFor(offer), wantFen: offFen }),
      [...lines],
    ),
    given: met.flatMap(({ offer, tier, times }) => given(offer, { gifts: tier.gifts, times })),
  }
}

type MetTier = { offer: ReductionOffer; tier: ReductionTier; times: number; offFen: Fen }

function metTier(lines: readonly Line[], offer: ReductionOffer): MetTier | null {
  const counted = lines.filter(countsFor(offer))
  const amountFen = leftOf(counted)
  const reached =
    offer.by === 'amount' ? amountFen : counted.reduce((sum, line) => sum + line.quantity, 0)
  const [tier] = offer.tiers
    .filter(({ threshold }) => reached >= threshold)
    .sort((a, b) => b.threshold - a.threshold)
  if (!tier) return null
  const times = offer.repeats ? Math.floor(reached / tier.threshold) : 1
  return { offer, tier, times, offFen: offOf(amountFen, tier.off, times) }
}
