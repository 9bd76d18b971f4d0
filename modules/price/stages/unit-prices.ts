import { type Fen, fen, minusFen, multiplyFen } from '@kaibo/kernel/money'
import { cutLine, type Line } from '../line.ts'
import type { ActivityOffer, Offer, UnitOffer } from '../offer.ts'

/**
 * The price of one: an activity price shuts every other price out (R25); else the best of limited
 * discount and member price, or both of them where one stacks. Goods in a bundle take no activity.
 */
export function priceUnits(lines: readonly Line[], offers: readonly Offer[]): Line[] {
  const activities = offers.filter(offer => offer.stage === 'activity')
  const units = offers.filter(offer => offer.stage === 'unit')
  if (activities.length === 0 && units.length === 0) return [...lines]
  return lines.map(line => {
    const activity = line.bundleId === null ? cheapest(line, activities) : undefined
    return activity ? atActivity(line, activity) : atUnitPrices(line, units)
  })
}

const atActivity = (line: Line, activity: ActivityOffer): Line =>
  lower({ ...line, activity }, activity, minusFen(line.sku.priceFen, activity.unitPriceFen))

function atUnitPrices(line: Line, offers: readonly UnitOffer[]): Line {
  const discount = cheapest(
    line,
    offers.filter(offer => offer.kind === 'limited_discount'),
  )
  const member = cheapest(
    line,
    offers.filter(offer => offer.kind === 'member_price'),
  )
  const best = cheapest(
    line,
    [discount, member].filter(offer => offer !== undefined),
  )
  if (!best) return line
  const other = best === discount ? member : discount
  const lowered = lower(line, best, offPerUnit(line, best))
  if (!other || !(best.stacks || other.stacks)) return lowered
  // Both together still leave one fen to pay for one.
  return lower(
    lowered,
    other,
    fen(Math.min(offPerUnit(line, other), Math.max(0, lowered.unitPriceFen - 1))),
  )
}

const offPerUnit = (line: Line, offer: UnitOffer): Fen =>
  minusFen(line.sku.priceFen, offer.unitPriceFen)

const lower = (line: Line, offer: Offer, offPerUnitFen: Fen): Line =>
  cutLine(
    { ...line, unitPriceFen: minusFen(line.unitPriceFen, offPerUnitFen) },
    offer,
    multiplyFen(offPerUnitFen, line.quantity),
  )

/** The lowest price below the shelf's; of equal ones the room's own, then the older offer. */
function cheapest<O extends ActivityOffer | UnitOffer>(
  line: Line,
  offers: readonly O[],
): O | undefined {
  return offers
    .filter(offer => offer.skuId === line.sku.skuId && offer.unitPriceFen < line.sku.priceFen)
    .sort(
      (a, b) =>
        a.unitPriceFen - b.unitPriceFen ||
        Number(b.kind === 'live_price') - Number(a.kind === 'live_price') ||
        (a.offerId < b.offerId ? -1 : 1),
    )[0]
}
