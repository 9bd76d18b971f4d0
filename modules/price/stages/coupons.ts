import { fail } from '@kaibo/contract/core/fail'
import { inScope } from '@kaibo/contract/offer/offer-scope'
import type { CouponChoice } from '@kaibo/contract/offer/price'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen, minusFen, sumFen, zeroFen } from '@kaibo/kernel/money'
import { byOfferId, type Counts, type Line, leftOf, roomFen, takeOff } from '../line.ts'
import { type CouponOffer, type Offer, offOf } from '../offer.ts'

/** A coupon held against the basket as it is before any coupon. */
type Held = {
  offer: CouponOffer
  counts: Counts
  /** What it takes off, if nothing else does. */
  offFen: Fen
  problem: CouponChoice['problem']
  missingFen: Fen
}

/** More combinations than this are not compared: then the strongest coupon of each group counts. */
const combinationsMax = 256

/**
 * The buyer's coupons: those that were chosen, or the combination that takes off most. Each looks
 * at what the goods cost before any coupon, so the order of using them does not matter.
 * Throws `price.coupon_unusable` for a chosen one that cannot be used.
 */
export function applyCoupons(
  lines: readonly Line[],
  offers: readonly Offer[],
  couponIds: readonly Id[] | null,
): { lines: Line[]; coupons: CouponChoice[] } {
  const held = offers
    .filter(offer => offer.stage === 'coupon')
    .sort(shopsFirst)
    .map(offer => hold(lines, offer))
  const chosen = couponIds === null ? best(lines, held) : pick(held, couponIds)
  return {
    lines: use(lines, chosen),
    coupons: held.map(coupon => choiceOf(coupon, chosen)).sort(mostUsefulFirst),
  }
}

const mostUsefulFirst = (a: CouponChoice, b: CouponChoice): number =>
  Number(b.isChosen) - Number(a.isChosen) || b.offFen - a.offFen || a.missingFen - b.missingFen

const shopsFirst = (a: CouponOffer, b: CouponOffer): number =>
  Number(a.shopId === null) - Number(b.shopId === null) || byOfferId(a, b)

function hold(lines: readonly Line[], offer: CouponOffer): Held {
  const fits: Counts = line =>
    !line.isGift &&
    (offer.shopId === null || line.sku.shopId === offer.shopId) &&
    inScope(line.sku, offer.scope)
  const counts: Counts = line => fits(line) && (!line.activity || offer.withActivity)
  const amountFen = leftOf(lines.filter(counts))
  const missingFen = fen(Math.max(0, offer.thresholdFen - amountFen))
  const offFen = fen(Math.min(offOf(amountFen, offer.off), roomFen(lines, counts)))
  const problem =
    offer.problem ??
    (!lines.some(fits) ? 'out_of_scope' : null) ??
    (!lines.some(counts) ? 'does_not_stack' : null) ??
    (missingFen > 0 ? 'below_threshold' : null)
  return {
    offer,
    counts,
    offFen: problem ? zeroFen : offFen,
    problem,
    missingFen: problem === 'below_threshold' ? missingFen : zeroFen,
  }
}

const groupOf = ({ offer }: Held): string => `${offer.shopId} ${offer.group}`

/** Exactly those that were asked for. */
function pick(held: readonly Held[], ids: readonly Id[]): Held[] {
  const chosen = held.filter(({ offer }) => ids.includes(offer.offerId))
  const unknownIds = ids.filter(id => !chosen.some(({ offer }) => offer.offerId === id))
  const unusable = chosen.filter(
    (coupon, at) =>
      coupon.problem !== null ||
      chosen.findIndex(other => groupOf(other) === groupOf(coupon)) !== at,
  )
  const couponIds = [...unknownIds, ...unusable.map(({ offer }) => offer.offerId)]
  if (couponIds.length > 0) throw fail('price.coupon_unusable', { couponIds })
  return chosen
}

/** Of each group the strongest; that is the best there is, unless coupons fight for the same fen. */
function best(lines: readonly Line[], held: readonly Held[]): Held[] {
  const usable = held.filter(({ problem, offFen }) => problem === null && offFen > 0)
  const groups = [...Map.groupBy(usable, groupOf).values()].map(group =>
    group.sort((a, b) => b.offFen - a.offFen || byOfferId(a.offer, b.offer)),
  )
  const strongest = groups.flatMap(([first]) => first ?? [])
  const wantFen = sumFen(strongest.map(({ offFen }) => offFen))
  if (takenBy(lines, strongest) === wantFen) return strongest
  const count = groups.reduce((product, group) => product * (group.length + 1), 1)
  return count > combinationsMax ? strongest : bestOf(lines, combinations(groups))
}

const combinations = (groups: readonly (readonly Held[])[]): Held[][] =>
  groups.reduce<Held[][]>(
    (all, group) => all.flatMap(chosen => [chosen, ...group.map(held => [...chosen, held])]),
    [[]],
  )

/** The most for the buyer, then the fewest coupons, then the oldest. */
function bestOf(lines: readonly Line[], all: readonly Held[][]): Held[] {
  const idsOf = (chosen: readonly Held[]) =>
    chosen
      .map(({ offer }) => offer.offerId)
      .sort()
      .join()
  const [first] = all
    .map(chosen => ({ chosen, takenFen: takenBy(lines, chosen) }))
    .sort(
      (a, b) =>
        b.takenFen - a.takenFen ||
        a.chosen.length - b.chosen.length ||
        (idsOf(a.chosen) < idsOf(b.chosen) ? -1 : 1),
    )
  return first?.chosen ?? []
}

const use = (lines: readonly Line[], chosen: readonly Held[]): Line[] =>
  [...chosen]
    .sort((a, b) => shopsFirst(a.offer, b.offer))
    .reduce(
      (rest, { offer, counts, offFen }) => takeOff(rest, { offer, counts, wantFen: offFen }),
      [...lines],
    )

const takenBy = (lines: readonly Line[], chosen: readonly Held[]): Fen =>
  minusFen(leftOf(lines), leftOf(use(lines, chosen)))

/** One that would have to replace a chosen one `does_not_stack`, and says what it would take. */
function choiceOf(coupon: Held, chosen: readonly Held[]): CouponChoice {
  const { offer, offFen, missingFen } = coupon
  const isChosen = chosen.includes(coupon)
  const isOusted = !isChosen && chosen.some(other => groupOf(other) === groupOf(coupon))
  return {
    id: offer.offerId,
    title: offer.title,
    shopId: offer.shopId,
    isChosen,
    offFen,
    problem: coupon.problem ?? (isOusted ? 'does_not_stack' : null),
    missingFen,
  }
}
