import type { Deal } from '@kaibo/contract/offer/deal'
import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Offer, Price, PriceSku } from '@kaibo/modules/price'

export type DealNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'skusOfProducts'>
  readonly price: Pick<Price, 'offersFor' | 'decide'>
}

type Priced = { sku: PriceSku; unitPriceFen: Deal['priceFen']; kind: Deal['kind'] | undefined }

/**
 * The products that an activity makes cheaper now, by the engine that prices baskets: one statement
 * for the goods, and one for each source of offers.
 */
export async function dealsOf(
  { database: { db }, clock, catalog, price }: DealNeeds,
  productIds: readonly Id[],
): Promise<Deal[]> {
  const facts = await catalog.skusOfProducts(db, productIds)
  const skus = facts.filter(sku => sku.state === 'on_shelf')
  const [offers = []] = await price.offersFor(db, [
    {
      ...{ buyerId: null, roomToken: null, source: { kind: 'shop', id: null }, bundleIds: [] },
      ...{ at: clock.now(), couponIds: [], wantsPoints: false, skus },
    },
  ])
  const ofOne = Map.groupBy(offers.filter(isOfOne), offer => offer.skuId)
  const priced = skus.map(sku => priceOfOne(price, sku, ofOne.get(sku.skuId) ?? []))
  return [...Map.groupBy(priced, ({ sku }) => sku.productId).values()].flatMap(dealOf)
}

/** Offers that change what one piece costs, whatever else is bought. */
const isOfOne = (offer: Offer) => offer.stage === 'activity' || offer.stage === 'unit'

function priceOfOne(price: DealNeeds['price'], sku: PriceSku, offers: readonly Offer[]): Priced {
  if (offers.length === 0) return { sku, unitPriceFen: sku.priceFen, kind: undefined }
  const { shops } = price.decide({
    ...{ lines: [{ sku, quantity: 1, bundleId: null }], offers, gifts: [] },
    ...{ couponIds: [], pointsUsed: 0, shippingOf: null },
  })
  const line = shops[0]?.lines[0]
  const { unitPriceFen = sku.priceFen, parts = [] } = line ?? {}
  return { sku, unitPriceFen, kind: parts[0]?.kind }
}

/** Of one product's variants the cheapest; none when that costs what it costs on the shelf. */
function dealOf(variants: readonly Priced[]): Deal[] {
  const [cheapest] = variants.toSorted((a, b) => a.unitPriceFen - b.unitPriceFen)
  if (!cheapest?.kind) return []
  const { sku, unitPriceFen, kind } = cheapest
  const isFrom = variants.some(each => each.unitPriceFen > unitPriceFen)
  const { productId, priceFen: listPriceFen } = sku
  return [{ productId, kind, priceFen: unitPriceFen, listPriceFen, isFrom }]
}
