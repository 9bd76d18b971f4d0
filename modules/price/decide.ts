import type { Id } from '@kaibo/kernel/ids'
import { type Fen, zeroFen } from '@kaibo/kernel/money'
import { mergeLines, requireLimits, requireSize } from './limits.ts'
import { byOfferId, type Line, lineOf } from './line.ts'
import type { Basket, PriceLine, Quote, ShippingOf } from './quote.ts'
import { priceBundles } from './stages/bundles.ts'
import { applyCoupons } from './stages/coupons.ts'
import { addGifts, giftsBought } from './stages/gifts.ts'
import { applyPoints } from './stages/points.ts'
import { reduce } from './stages/reductions.ts'
import { priceUnits } from './stages/unit-prices.ts'
import { quotedUses, shopQuote, totalOf } from './total.ts'

/**
 * What a basket costs, stage by stage in the order of R10: activity price (exclusive) → best of
 * limited discount and member price → bundles → gifts → full reductions → coupons → points →
 * shipping. Pure; the order of lines and offers does not matter. What it throws: see {@link Price}.
 */
export function decide(basket: Basket): Quote {
  const merged = mergeLines(basket.lines)
  requireSize(merged)
  const offers = [...basket.offers].sort(byOfferId)
  const shelf = merged.map(lineOf).sort(inPlace)

  const bundled = priceBundles(priceUnits(shelf, offers), offers)
  requireLimits(bundled)
  const reduced = reduce(bundled, offers)
  const gifts = [...giftsBought(bundled, offers), ...reduced.given]
  const goods = addGifts(reduced.lines, gifts, basket.gifts)
  const couponed = applyCoupons(goods, offers, basket.couponIds)
  const pointed = applyPoints(couponed.lines, offers, basket.pointsUsed)

  const shopIds = [...new Set(merged.map(line => line.sku.shopId))]
  const shops = shopIds.map(shopId => {
    const isOfShop = (line: Line) => line.sku.shopId === shopId
    const shippingFen = shippingFor(shopId, goods.filter(isOfShop), basket.shippingOf)
    return shopQuote(shopId, inOrderOf(merged, pointed.lines.filter(isOfShop)), shippingFen)
  })
  const { coupons } = couponed
  const { points } = pointed
  return { ...totalOf(shops), shops, coupons, points, uses: quotedUses(shops, points.used) }
}

/** One order of lines, whatever the order of asking: splits give their odd fen to the first. */
const inPlace = (a: Line, b: Line): number => (placeOf(a) < placeOf(b) ? -1 : 1)
const placeOf = ({ sku, bundleId }: Line): string => `${sku.shopId} ${sku.skuId} ${bundleId}`

/** As the buyer named them; gifts after what was bought. */
function inOrderOf(asked: readonly PriceLine[], lines: readonly Line[]): Line[] {
  const rankOf = ({ sku, bundleId, isGift }: Line) =>
    isGift
      ? asked.length
      : asked.findIndex(line => line.sku.skuId === sku.skuId && line.bundleId === bundleId)
  return [...lines].sort((a, b) => rankOf(a) - rankOf(b))
}

/**
 * Free thresholds look at the goods before coupons and points, which so never cost the buyer free
 * shipping. Gifts and virtual goods travel for nothing.
 */
function shippingFor(shopId: Id, lines: readonly Line[], shippingOf: ShippingOf | null): Fen {
  const items = lines
    .filter(line => !line.isGift && !line.sku.isVirtual)
    .map(({ sku, quantity, leftFen }) => ({
      skuId: sku.skuId,
      freightTemplateId: sku.freightTemplateId,
      quantity,
      weightG: sku.weightG,
      volumeCm3: sku.volumeCm3,
      amountFen: leftFen,
    }))
  return items.length > 0 && shippingOf ? shippingOf(shopId, items) : zeroFen
}
