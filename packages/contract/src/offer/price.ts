import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Money, named, nullable, oneOf, Quantity } from '../core/common.ts'
import { SkuSpec } from '../goods/catalog.ts'

/** What takes money off, in the order in which it is computed (R10); `manual` = the merchant, by hand. */
export const offerKinds = [
  'flash_sale',
  'live_price',
  'limited_discount',
  'member_price',
  'bundle',
  'buy_gift',
  'full_reduction',
  'coupon',
  'points',
  'manual',
] as const
export type OfferKind = (typeof offerKinds)[number]

/** One reason why a line costs less than on the shelf. */
export const PricePart = named('PricePart', {
  kind: oneOf(offerKinds),
  offerId: nullable(Id),
  /** What the buyer reads: the name of the activity or coupon. */
  title: Type.String(),
  offFen: Money,
})
export type PricePart = Static<typeof PricePart>

/**
 * A line with every fen explained: `listPriceFen × quantity − Σ parts.offFen = payableFen`.
 * Shipping is not in it.
 */
export const pricedLineFields = {
  productId: Id,
  skuId: Id,
  title: Type.String(),
  spec: SkuSpec,
  pictureUrl: nullable(Type.String()),
  /** One on the shelf. */
  listPriceFen: Money,
  /** One after activity price, limited discount or member price. */
  unitPriceFen: Money,
  quantity: Quantity,
  parts: Type.Array(PricePart),
  payableFen: Money,
  /** Given by an offer, not asked for. */
  isGift: Type.Boolean(),
  /** The bundle it was bought in. */
  bundleId: nullable(Id),
}
export const PricedLine = named('PricedLine', pricedLineFields)
export type PricedLine = Static<typeof PricedLine>

/** Why a coupon cannot be used now. */
export const couponProblems = [
  'not_started',
  'expired',
  'below_threshold',
  'out_of_scope',
  'does_not_stack',
  'used',
] as const

/** A coupon of the buyer at the checkout. */
export const CouponChoice = named('CouponChoice', {
  /** The buyer's copy of the coupon. */
  id: Id,
  title: Type.String(),
  /** Null for a coupon of the platform. */
  shopId: nullable(Id),
  isChosen: Type.Boolean(),
  /** What it takes off this basket as it stands; for one that is not chosen, what it would. */
  offFen: Money,
  problem: nullable(oneOf(couponProblems)),
  /** How much more would have to be bought, for `below_threshold`. */
  missingFen: Money,
})
export type CouponChoice = Static<typeof CouponChoice>

/** The buyer's points at the checkout: whole points, and what they are worth. */
export const PointsChoice = named('PointsChoice', {
  balance: Type.Integer({ minimum: 0 }),
  /** At most so many may be used on this basket. */
  usableMax: Type.Integer({ minimum: 0 }),
  used: Type.Integer({ minimum: 0 }),
  offFen: Money,
})
export type PointsChoice = Static<typeof PointsChoice>

export const priceErrors = errors({
  'price.coupon_unusable': [409, 'This coupon cannot be used here.', '该优惠券不可用'],
  'price.points_short': [409, 'Fewer points than this can be used.', '可用积分不足'],
  'price.offer_over': [409, 'This offer is over.', '活动已结束'],
  'price.limit_reached': [409, 'You have bought as many as each person may.', '已达每人限购数量'],
  'price.bundle_incomplete': [422, 'A bundle is bought whole.', '组合商品需整套购买'],
  'price.quantity_out_of_range': [
    422,
    'At most 999 of one item fit into an order.',
    '单件商品每单最多 999 件',
  ],
  'price.total_out_of_range': [
    422,
    'An order has to cost between ¥0.01 and ¥10,000,000.',
    '订单金额须在 0.01 元至 1000 万元之间',
  ],
})
