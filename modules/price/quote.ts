import type { CouponChoice, OfferKind, PointsChoice, PricedLine } from '@kaibo/contract/offer/price'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Offer, PriceSku } from './offer.ts'

/** What somebody wants; lines of the same SKU and bundle become one (R17). */
export type PriceLine = { sku: PriceSku; quantity: number; bundleId: Id | null }

/** A SKU that an offer may give, and how many there are. */
export type GiftFacts = { sku: PriceSku; available: number }

/** Something to be sent. `amountFen` is after the shop's offers, before coupons and points. */
export type FreightItem = {
  skuId: Id
  freightTemplateId: Id | null
  quantity: number
  weightG: number
  volumeCm3: number
  amountFen: Fen
}

/** What sending costs from one shop to the address of the basket. Throws `freight.unreachable`. */
export type ShippingOf = (shopId: Id, items: readonly FreightItem[]) => Fen

export type Basket = {
  lines: readonly PriceLine[]
  offers: readonly Offer[]
  /** Facts of `giftSkuIds(offers)`; a gift that is not among them is left out. */
  gifts: readonly GiftFacts[]
  /** The buyer's copies; null = the best ones. */
  couponIds: readonly Id[] | null
  pointsUsed: number
  /** Null while nobody has said where to: shipping then counts as nothing. */
  shippingOf: ShippingOf | null
}

/** How many one person may take, over all of their orders. */
export type LineLimit = { limitId: Id; max: number }

export type QuotedLine = PricedLine & {
  /** Where its stock is taken from; null = the shop's own shelf. */
  poolId: Id | null
  limits: readonly LineLimit[]
}

/** One shop's part of a basket: it becomes one order. */
export type ShopQuote = {
  shopId: Id
  lines: QuotedLine[]
  itemsFen: Fen
  discountFen: Fen
  shippingFen: Fen
  payableFen: Fen
}

/** What an order takes of an offer; the order adds who and which. */
export type QuotedUse = {
  shopId: Id
  kind: OfferKind
  offerId: Id
  offFen: Fen
  /** Pieces of the goods that it makes cheaper. */
  quantity: number
  points: number
}

export type Quote = {
  shops: ShopQuote[]
  coupons: CouponChoice[]
  points: PointsChoice
  uses: QuotedUse[]
  itemsFen: Fen
  discountFen: Fen
  shippingFen: Fen
  payableFen: Fen
}
