import { errors } from '@kaibo/kernel/fail'
import type { BasisPoints } from '@kaibo/kernel/money'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
  Done,
  Id,
  Instant,
  Money,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { SkuSpec } from '../goods/catalog.ts'

export const promotionKinds = ['limited_discount', 'full_reduction', 'buy_gift', 'bundle'] as const
export type PromotionKind = (typeof promotionKinds)[number]

export const promotionStates = ['draft', 'scheduled', 'running', 'ended'] as const
export type PromotionState = (typeof promotionStates)[number]

export const promotionGoodsMax = 200
const kindOf = <K extends PromotionKind>(kind: K) => Type.Literal(kind)
/** A share of the price that is taken off: 2 000 = 20 % off (八折). */
const OffBps = Type.Unsafe<BasisPoints>(Type.Integer({ minimum: 1, maximum: 9_900 }))

/** Which goods of the shop; `ids` is empty for `all`. */
export const PromotionScope = named('PromotionScope', {
  only: oneOf(['all', 'products', 'categories', 'brands', 'tags']),
  ids: Type.Array(Id, { maxItems: promotionGoodsMax, uniqueItems: true }),
})
export type PromotionScope = Static<typeof PromotionScope>

const GoodsCount = object({ skuId: Id, quantity: Type.Integer({ minimum: 1, maximum: 99 }) })

/** 限时折扣: prices of single SKUs, a share off everything in a scope, or both; the lower counts. */
export const LimitedDiscount = named('LimitedDiscount', {
  kind: kindOf('limited_discount'),
  items: Type.Array(object({ skuId: Id, priceFen: Money }), { maxItems: promotionGoodsMax }),
  share: nullable(object({ scope: PromotionScope, offBps: OffBps })),
  /** Added to a member's price; else the better of the two counts. */
  stacksWithMember: Type.Boolean(),
})
export type LimitedDiscount = Static<typeof LimitedDiscount>

/** 满减满送: the highest met tier; one tier alone may count as often as its threshold fits in. */
export const FullReduction = named('FullReduction', {
  kind: kindOf('full_reduction'),
  scope: PromotionScope,
  /** Thresholds are fen, or pieces. */
  by: oneOf(['amount', 'count']),
  repeats: Type.Boolean(),
  tiers: Type.Array(
    object({
      threshold: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
      off: nullable(
        Type.Union([object({ fen: Money }), object({ bps: OffBps, maxFen: nullable(Money) })]),
      ),
      gifts: Type.Array(GoodsCount, { maxItems: 5 }),
    }),
    { minItems: 1, maxItems: 5 },
  ),
})
export type FullReduction = Static<typeof FullReduction>

/** 买赠: for every `buyCount` of the goods in scope the gifts once. */
export const BuyGift = named('BuyGift', {
  kind: kindOf('buy_gift'),
  scope: PromotionScope,
  buyCount: Type.Integer({ minimum: 1, maximum: 999 }),
  gifts: Type.Array(GoodsCount, { minItems: 1, maxItems: 5 }),
  timesMax: Type.Integer({ minimum: 1, maximum: 99 }),
})
export type BuyGift = Static<typeof BuyGift>

/** 组合购买: a set at a fixed price. */
export const Bundle = named('Bundle', {
  kind: kindOf('bundle'),
  items: Type.Array(GoodsCount, { minItems: 2, maxItems: 10 }),
  priceFen: Money,
})
export type Bundle = Static<typeof Bundle>

export const PromotionRules = Type.Union([LimitedDiscount, FullReduction, BuyGift, Bundle])
export type PromotionRules = Static<typeof PromotionRules>

const planFields = {
  title: text(1, 30),
  startsAt: Instant,
  endsAt: Instant,
  rules: PromotionRules,
}
export const PromotionPlan = object(planFields)
export type PromotionPlan = Static<typeof PromotionPlan>

/** A promotion as its shop sees it. */
export const Promotion = named('Promotion', {
  id: Id,
  ...planFields,
  state: oneOf(promotionStates),
  createdAt: Instant,
  /** When it was ended before its time. */
  endedAt: nullable(Instant),
  now: Instant,
})
export type Promotion = Static<typeof Promotion>

/** Goods that a promotion names: to be sold in it, or to be given. */
export const PromotionGoods = named('PromotionGoods', {
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: SkuSpec,
  pictureUrl: nullable(Type.String()),
  /** On the shelf, to be struck through. */
  listPriceFen: Money,
  available: Type.Integer(),
})
export type PromotionGoods = Static<typeof PromotionGoods>

/** A promotion of a product as everybody sees it; `rules` name only goods that matter to it. */
export const ProductOffer = named('ProductOffer', {
  id: Id,
  title: Type.String(),
  endsAt: Instant,
  rules: PromotionRules,
  /** What a limited discount makes of the product's SKUs. */
  prices: Type.Array(object({ skuId: Id, listPriceFen: Money, priceFen: Money })),
  /** Of a bundle and of gifts. */
  goods: Type.Array(PromotionGoods),
})
export type ProductOffer = Static<typeof ProductOffer>

export const promotionErrors = errors({
  'promotion.not_found': [404, 'This promotion does not exist.', '活动不存在'],
  'promotion.plan_invalid': [
    422,
    'The times, prices or goods of this promotion do not fit together.',
    '活动的时间、价格或商品设置不合理',
  ],
  'promotion.overlap': [
    409,
    'Some goods are in another promotion of this kind at that time.',
    '部分商品在该时段已参加同类活动',
  ],
  'promotion.wrong_state': [
    409,
    'The promotion has moved on; this is no longer possible.',
    '活动状态已变化，无法执行此操作',
  ],
  'promotion.too_many': [
    409,
    'Too many promotions run or are planned. End some first.',
    '进行中和待开始的活动过多，请先结束部分活动',
  ],
})

const manage = { can: 'promotion.manage', scope: 'shop' } as const
const read = { ...manage, rate: 'read', idempotency: 'safe', audit: 'none' } as const
const write = { ...manage, rate: 'write', idempotency: 'natural', audit: 'money' } as const

export const promotionApi = {
  ofProduct: endpoint({
    method: 'GET',
    path: '/products/:id/offers',
    summary: 'The promotions that a product takes part in now',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ offers: Type.Array(ProductOffer), now: Instant }),
    errors: ['product.not_found'],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/promotions',
    summary: 'Promotions of my shop, newest first',
    ...read,
    params: ByShop,
    query: object({
      ...pageQuery,
      kind: Type.Optional(oneOf(promotionKinds)),
      state: Type.Optional(oneOf(promotionStates)),
      q: Type.Optional(text(0, 40)),
    }),
    reply: pageOf(Promotion),
    errors: [],
  }),
  manageView: endpoint({
    method: 'GET',
    path: '/shops/:shopId/promotions/:id',
    summary: 'One promotion of my shop, with the goods it names',
    ...read,
    params: ByShopAndId,
    reply: object({
      promotion: Promotion,
      goods: Type.Array(PromotionGoods),
      /** Of a scope of products. */
      products: Type.Array(object({ id: Id, title: Type.String() })),
    }),
    errors: ['promotion.not_found'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/promotions',
    summary: 'Draft a promotion under the id it carries',
    ...write,
    params: ByShop,
    body: object({ id: Id, ...planFields }),
    reply: Promotion,
    errors: ['promotion.not_found', 'promotion.plan_invalid', 'product.not_found'],
  }),
  update: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/promotions/:id',
    summary: 'Plan a promotion anew that has not started',
    ...write,
    params: ByShopAndId,
    body: PromotionPlan,
    reply: Promotion,
    errors: [
      'promotion.not_found',
      'promotion.plan_invalid',
      'promotion.wrong_state',
      'promotion.overlap',
      'product.not_found',
    ],
  }),
  publish: endpoint({
    method: 'POST',
    path: '/shops/:shopId/promotions/:id/publish',
    summary: 'Let a draft run in its time',
    ...write,
    params: ByShopAndId,
    reply: Promotion,
    errors: [
      'promotion.not_found',
      'promotion.plan_invalid',
      'promotion.wrong_state',
      'promotion.overlap',
      'promotion.too_many',
      'product.not_found',
    ],
  }),
  end: endpoint({
    method: 'POST',
    path: '/shops/:shopId/promotions/:id/end',
    summary: 'End a promotion now; placed orders keep their prices',
    ...write,
    params: ByShopAndId,
    reply: Promotion,
    errors: ['promotion.not_found', 'promotion.wrong_state'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/promotions/:id',
    summary: 'Remove a draft',
    ...write,
    params: ByShopAndId,
    reply: Done,
    errors: ['promotion.not_found', 'promotion.wrong_state'],
  }),
}
