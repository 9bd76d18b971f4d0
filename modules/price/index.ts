import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { decide } from './decide.ts'
import type { Offer, OfferAsk, OfferSource, OfferUse, RefusedOrder } from './offer.ts'
import { giftSkuIds } from './offer.ts'
import type { Basket, Quote } from './quote.ts'
import { consumeAll, offersOf, releaseAll } from './sources.ts'

export type {
  ActivityOffer,
  BundleOffer,
  BuyGiftOffer,
  CouponOffer,
  Gift,
  Off,
  Offer,
  OfferAsk,
  OfferSource,
  OfferUse,
  PointsOffer,
  PriceSku,
  ReductionOffer,
  ReductionTier,
  RefusedOrder,
  Scope,
  UnitOffer,
} from './offer.ts'
export type {
  Basket,
  FreightItem,
  GiftFacts,
  LineLimit,
  PriceLine,
  Quote,
  QuotedLine,
  QuotedUse,
  ShippingOf,
  ShopQuote,
} from './quote.ts'

export type PriceNeeds = { sources: readonly OfferSource[] }

/** What baskets cost, with every fen explained: one engine for preview, cart and placement. */
export type Price = {
  /** The running offers of all sources for each ask, in the order of the asks. */
  offersFor(db: Db, asks: readonly OfferAsk[]): Promise<Offer[][]>
  /** SKUs that offers may give: whoever decides loads their facts and stock first. */
  giftSkuIds(offers: readonly Offer[]): Id[]
  /**
   * The price of a basket; pure. Throws `price.offer_over`, `price.bundle_incomplete`,
   * `price.coupon_unusable`, `price.points_short`, `price.limit_reached`, `freight.unreachable`,
   * `price.quantity_out_of_range`, or `price.total_out_of_range` also for nothing (R14).
   */
  decide(basket: Basket): Quote
  /** Uses up what orders take; answers with the orders that have to be refused. */
  consume(tx: Tx, uses: readonly OfferUse[]): Promise<RefusedOrder[]>
  /** Gives back what closed orders took, once. */
  release(tx: Tx, orderIds: readonly Id[]): Promise<void>
}

export const createPrice = ({ sources }: PriceNeeds): Price => ({
  offersFor: (db, asks) => offersOf(sources, db, asks),
  giftSkuIds,
  decide,
  consume: (tx, uses) => consumeAll(sources, tx, uses),
  release: (tx, orderIds) => releaseAll(sources, tx, orderIds),
})
