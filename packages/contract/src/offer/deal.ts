import { type Static, Type } from 'typebox'
import { Id, idsOf, Money, named, object, oneOf } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { offerKinds } from './price.ts'

/** Products that are asked about at once. */
export const dealProductsMax = 40

/**
 * What an activity makes of a product's price now, for everybody: of its variants the cheapest.
 * Prices of a live room, coupons and what depends on a basket are not in it.
 */
export const Deal = named('Deal', {
  productId: Id,
  kind: oneOf(offerKinds),
  priceFen: Money,
  /** The same variant on the shelf, to be struck through. */
  listPriceFen: Money,
  /** Other variants cost more. */
  isFrom: Type.Boolean(),
})
export type Deal = Static<typeof Deal>

export const dealApi = {
  ofProducts: endpoint({
    method: 'GET',
    path: '/deals',
    summary: 'Which of these products cost less now, and what they cost',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({ productIds: idsOf(dealProductsMax) }),
    reply: object({ items: Type.Array(Deal, { maxItems: dealProductsMax }) }),
    errors: [],
  }),
}
