import { fail } from '@kaibo/contract/core/fail'
import type { Id } from '@kaibo/kernel/ids'
import { minusFen, multiplyFen } from '@kaibo/kernel/money'
import { type Line, leftOf, takeOff } from '../line.ts'
import type { BundleOffer, Offer } from '../offer.ts'

/**
 * Sets at their fixed price, split over the components; a set that already costs less keeps its
 * price. Throws `price.offer_over` for a bundle that does not run, `price.bundle_incomplete` for
 * goods that are not whole sets of it.
 */
export function priceBundles(lines: readonly Line[], offers: readonly Offer[]): Line[] {
  const bundleIds = new Set(lines.map(line => line.bundleId).filter(id => id !== null))
  if (bundleIds.size === 0) return [...lines]
  const bundles = offers.filter(offer => offer.stage === 'bundle')
  return [...bundleIds].sort().reduce(
    (rest, id) => {
      const bundle = bundles.find(offer => offer.offerId === id)
      if (!bundle) throw fail('price.offer_over', { bundleIds: [id] })
      return priceBundle(rest, bundle)
    },
    [...lines],
  )
}

function priceBundle(lines: Line[], bundle: BundleOffer): Line[] {
  const counts = (line: Line) => line.bundleId === bundle.offerId
  const parts = lines.filter(counts)
  const fullFen = multiplyFen(bundle.priceFen, setsIn(parts, bundle))
  return takeOff(lines, { offer: bundle, counts, wantFen: minusFen(leftOf(parts), fullFen) })
}

/** How many whole sets the lines make. */
function setsIn(parts: readonly Line[], bundle: BundleOffer): number {
  const bySku = new Map<Id, number>(parts.map(line => [line.sku.skuId, line.quantity]))
  const [first] = bundle.items
  const count = first ? (bySku.get(first.skuId) ?? 0) / first.quantity : 0
  const isWhole =
    Number.isInteger(count) &&
    count > 0 &&
    bySku.size === bundle.items.length &&
    bundle.items.every(item => bySku.get(item.skuId) === item.quantity * count) &&
    parts.every(line => line.sku.shopId === bundle.shopId)
  if (!isWhole) throw fail('price.bundle_incomplete', { bundleIds: [bundle.offerId] })
  return count
}
