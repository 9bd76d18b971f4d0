import type { ErrorCode } from '@kaibo/contract/api'
import type { OfferScope } from '@kaibo/contract/offer/offer-scope'
import type { OfferKind } from '@kaibo/contract/offer/price'
import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type BasisPoints, type Fen, fen, multiplyFen, times, zeroFen } from '@kaibo/kernel/money'

/** What a price depends on; the catalogue's facts of a SKU hold it all. */
export type PriceSku = {
  skuId: Id
  productId: Id
  shopId: Id
  title: string
  spec: Record<string, string>
  pictureUrl: string | null
  priceFen: Fen
  /** Its category and all above it. */
  categoryIds: readonly Id[]
  brandId: Id | null
  tagIds: readonly Id[]
  weightG: number
  volumeCm3: number
  /** Null = the default template of its shop. */
  freightTemplateId: Id | null
  isVirtual: boolean
  /** How many of the product one person may buy, ever. */
  limitPerBuyer: number | null
}

export type Scope = OfferScope

/** What is taken off: an amount, or a share of the goods in scope (2 000 bps = 20 % off), capped. */
export type Off = { fen: Fen } | { bps: BasisPoints; maxFen: Fen | null }

/** What is taken off an amount, floored to the fen; a fixed sum counts `repeats` times, a share once. */
export function offOf(amountFen: Fen, off: Off | null, repeats = 1): Fen {
  if (!off) return zeroFen
  if ('fen' in off) return fen(Math.min(amountFen, multiplyFen(off.fen, repeats)))
  const shareFen = times(amountFen, off.bps, 'down')
  return off.maxFen === null ? shareFen : fen(Math.min(shareFen, off.maxFen))
}

export type Gift = { skuId: Id; quantity: number }

export type ReductionTier = { threshold: number; off: Off | null; gifts: readonly Gift[] }

type Named = { offerId: Id; title: string }

/** One price for one SKU, exclusive: nothing else but marked coupons and points adds to it (R10, R25). */
export type ActivityOffer = Named & {
  stage: 'activity'
  kind: 'flash_sale' | 'live_price'
  skuId: Id
  unitPriceFen: Fen
  /** Where its quota lies; null = the shop's own shelf. */
  poolId: Id | null
  limitPerBuyer: number | null
}

/** A price for one SKU; the best one counts, or both kinds together where one of them stacks. */
export type UnitOffer = Named & {
  stage: 'unit'
  kind: 'limited_discount' | 'member_price'
  skuId: Id
  unitPriceFen: Fen
  stacks: boolean
}

/** A fixed price for a set, bought whole; only for lines that name its id as their bundle. */
export type BundleOffer = Named & {
  stage: 'bundle'
  kind: 'bundle'
  shopId: Id
  items: readonly Gift[]
  priceFen: Fen
}

/** For every `buyCount` of the goods in scope the gifts once, at most `timesMax` times. */
export type BuyGiftOffer = Named & {
  stage: 'gift'
  kind: 'buy_gift'
  shopId: Id
  scope: Scope
  buyCount: number
  gifts: readonly Gift[]
  timesMax: number
}

/** The highest tier that is met; one that repeats counts as often as its threshold fits in. */
export type ReductionOffer = Named & {
  stage: 'reduction'
  kind: 'full_reduction'
  shopId: Id
  scope: Scope
  /** What thresholds are: fen, or pieces. */
  by: 'amount' | 'count'
  repeats: boolean
  tiers: readonly ReductionTier[]
}

/** A coupon of the buyer; `offerId` is the buyer's copy, unusable ones are offered with their problem. */
export type CouponOffer = Named & {
  stage: 'coupon'
  kind: 'coupon'
  /** Null = the platform's. */
  shopId: Id | null
  scope: Scope
  thresholdFen: Fen
  off: Off
  /** Of one issuer, coupons of the same group do not stack; of different groups they do. */
  group: string
  /** Also counts for goods at an activity price. */
  withActivity: boolean
  problem: 'not_started' | 'expired' | 'used' | null
}

/** The buyer's points; `offerId` is the buyer. */
export type PointsOffer = Named & {
  stage: 'points'
  kind: 'points'
  balance: number
  pointsPerYuan: number
  /** The share of the goods that points may pay. */
  shareMaxBps: BasisPoints
}

export type Offer =
  | ActivityOffer
  | UnitOffer
  | BundleOffer
  | BuyGiftOffer
  | ReductionOffer
  | CouponOffer
  | PointsOffer

/** Who asks for offers, about which goods, and from where. */
export type OfferAsk = {
  buyerId: Id | null
  /** Only for what is shown; windows are judged by the database's `now()`. */
  at: Date
  source: OrderSource
  roomToken: string | null
  skus: readonly PriceSku[]
  bundleIds: readonly Id[]
  /** Copies of coupons that count; null = all that the buyer has. */
  couponIds: readonly Id[] | null
  wantsPoints: boolean
}

/** An offer that an order took; a coupon over several shops is used by several orders of a checkout. */
export type OfferUse = {
  orderId: Id
  checkoutId: Id
  buyerId: Id
  kind: OfferKind
  offerId: Id
  offFen: Fen
  /** Pieces of the goods that it makes cheaper. */
  quantity: number
  /** Whole points, for `points`; else 0. */
  points: number
}

export type RefusedOrder = { orderId: Id; code: ErrorCode }

/** What every promotion implements; the price knows no promotion by name. All of it is set-based. */
export type OfferSource = {
  name: string
  /** The offers that run now, one list per ask, in the order of the asks. */
  offersFor(db: Db, asks: readonly OfferAsk[]): Promise<Offer[][]>
  /** Uses up what orders take, all kinds mixed; answers with the orders that have to be refused. */
  consume?(tx: Tx, uses: readonly OfferUse[]): Promise<RefusedOrder[]>
  /** Gives back what closed orders took, once; unknown orders are fine. */
  release?(tx: Tx, orderIds: readonly Id[]): Promise<void>
}

/** SKUs that offers may give. */
export const giftSkuIds = (offers: readonly Offer[]): Id[] => {
  const gifts = offers.flatMap(offer => {
    if (offer.stage === 'gift') return offer.gifts
    return offer.stage === 'reduction' ? offer.tiers.flatMap(tier => tier.gifts) : []
  })
  return [...new Set(gifts.map(gift => gift.skuId))]
}
