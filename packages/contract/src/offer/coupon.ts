import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
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

export const couponScopes = ['all', 'products', 'categories', 'brands', 'tags'] as const
export type CouponScopeKind = (typeof couponScopes)[number]

/** What a coupon is good for; `ids` is empty for `all`. */
export const CouponScope = object({
  only: oneOf(couponScopes),
  ids: Type.Array(Id, { maxItems: 200, uniqueItems: true }),
})
export type CouponScope = Static<typeof CouponScope>

/** Fen off, or basis points of the price off with a cap. */
export const CouponOff = Type.Union([
  object({ fen: Money }),
  object({ bps: Type.Integer({ minimum: 1, maximum: 9_999 }), maxFen: nullable(Money) }),
])
export type CouponOff = Static<typeof CouponOff>

/** Good between two instants, or for so many days after the claim. */
export const CouponValidity = Type.Union([
  object({ from: Instant, until: Instant }),
  object({ days: Type.Integer({ minimum: 1, maximum: 366 }) }),
])
export type CouponValidity = Static<typeof CouponValidity>

/** What a coupon promises; never changed once it is issued. */
const termsFields = {
  title: text(1, 30),
  off: CouponOff,
  /** Goods in scope must cost so much; 0 = no threshold. */
  thresholdFen: Money,
  scope: CouponScope,
  validity: CouponValidity,
  /** Counts for goods at a flash price as well (R10: the exception). */
  withActivity: Type.Boolean(),
}

const issueFields = {
  /** How many may be issued in all. */
  totalCount: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  perPersonMax: Type.Integer({ minimum: 1, maximum: 100 }),
  claimFrom: Instant,
  claimUntil: Instant,
}

const writeFields = {
  ...termsFields,
  ...issueFields,
  /** Coupons of one group do not combine with each other. */
  group: text(0, 20),
  /** Claimed with this code and shown to nobody; null = shown in the coupon centre. */
  code: nullable(Type.String({ pattern: '^[0-9A-Z]{4,20}$' })),
}

export const NewCouponTemplate = object({ id: Id, ...writeFields })
export type NewCouponTemplate = Static<typeof NewCouponTemplate>

/** A kind of coupon, as those see it who run it. */
export const CouponTemplate = named('CouponTemplate', {
  id: Id,
  /** Null for one of the platform. */
  shopId: nullable(Id),
  ...writeFields,
  /** No more are issued; those that were keep their worth. */
  isStopped: Type.Boolean(),
  issuedCount: Type.Integer(),
  /** Held by unpaid orders. */
  lockedCount: Type.Integer(),
  usedCount: Type.Integer(),
  /** What paid orders saved by it. */
  offFen: Money,
  createdAt: Instant,
  now: Instant,
})
export type CouponTemplate = Static<typeof CouponTemplate>

/** A coupon that can be claimed, as everybody sees it. */
export const CouponCard = named('CouponCard', {
  id: Id,
  shop: nullable(object({ id: Id, name: Type.String() })),
  ...termsFields,
  perPersonMax: Type.Integer(),
  claimFrom: Instant,
  claimUntil: Instant,
  leftCount: Type.Integer({ minimum: 0 }),
})
export type CouponCard = Static<typeof CouponCard>

/** usable · locked = held by an unpaid order · used · expired. */
export const couponStates = ['usable', 'locked', 'used', 'expired'] as const

/** One copy in a buyer's hands. */
export const Coupon = named('Coupon', {
  id: Id,
  templateId: Id,
  shop: nullable(object({ id: Id, name: Type.String() })),
  title: Type.String(),
  off: CouponOff,
  thresholdFen: Money,
  scope: CouponScope,
  withActivity: Type.Boolean(),
  validFrom: Instant,
  validUntil: Instant,
  state: oneOf(couponStates),
  claimedAt: Instant,
})
export type Coupon = Static<typeof Coupon>

export const couponErrors = errors({
  'coupon.not_found': [404, 'This coupon does not exist.', '优惠券不存在'],
  'coupon.not_open': [409, 'This coupon cannot be claimed now.', '该优惠券当前不可领取'],
  'coupon.all_claimed': [409, 'All of these coupons have been claimed.', '优惠券已被领完'],
  'coupon.limit_reached': [409, 'You have claimed as many as each person may.', '已达每人限领数量'],
  'coupon.code_taken': [409, 'This code is in use. Please choose another.', '该兑换码已被使用'],
  'coupon.terms_invalid': [
    422,
    'The dates or the amounts do not fit together.',
    '优惠券的时间或金额设置不合理',
  ],
})

const claimCodes = [
  'coupon.not_found',
  'coupon.not_open',
  'coupon.all_claimed',
  'coupon.limit_reached',
] as const

const ByTemplate = object({ templateId: Id })

/** More to issue, a longer time to claim, or an end of issuing; what was promised stays. */
const Change = object({
  totalCount: Type.Optional(issueFields.totalCount),
  claimUntil: Type.Optional(Instant),
  isStopped: Type.Optional(Type.Boolean()),
})
const reads = { rate: 'read', idempotency: 'safe', audit: 'none' } as const
const manage = { can: 'promotion.manage', scope: 'shop' } as const
const platform = { can: 'platform.manage', scope: 'platform' } as const

const manageListQuery = object({
  ...pageQuery,
  state: Type.Optional(oneOf(['coming', 'open', 'over'])),
  q: Type.Optional(text(0, 40)),
})

export const couponApi = {
  centre: endpoint({
    method: 'GET',
    path: '/coupon-centre',
    summary: 'Coupons to claim now: of a shop, or of the platform',
    can: 'public',
    scope: 'public',
    ...reads,
    query: object({ shopId: Type.Optional(Id) }),
    reply: object({ items: Type.Array(CouponCard), now: Instant }),
    errors: [],
  }),
  claim: endpoint({
    method: 'POST',
    path: '/coupon-templates/:templateId/claims',
    summary: 'Claim a coupon that is shown to everybody; the body carries the id of my copy',
    can: 'order.buy',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByTemplate,
    body: object({ id: Id }),
    reply: Coupon,
    errors: claimCodes,
  }),
  redeem: endpoint({
    method: 'POST',
    path: '/coupon-codes',
    summary: 'Claim a coupon by its code',
    can: 'order.buy',
    scope: 'self',
    rate: 'login',
    idempotency: 'natural',
    audit: 'none',
    body: object({ id: Id, code: Type.String({ pattern: '^[0-9A-Za-z]{4,20}$' }) }),
    reply: Coupon,
    errors: claimCodes,
  }),
  mine: endpoint({
    method: 'GET',
    path: '/coupons',
    summary: 'My coupons: usable (soonest to expire first), used or expired (newest first)',
    can: 'order.buy',
    scope: 'self',
    ...reads,
    query: object({ ...pageQuery, state: oneOf(['usable', 'used', 'expired']) }),
    reply: pageOf(Coupon),
    errors: [],
  }),
  claimCounts: endpoint({
    method: 'GET',
    path: '/coupon-claims',
    summary: 'How many I have claimed of the coupons that are open now',
    can: 'order.buy',
    scope: 'self',
    ...reads,
    reply: object({ items: Type.Array(object({ templateId: Id, count: Type.Integer() })) }),
    errors: [],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/coupon-templates',
    summary: 'Coupons of my shop with what became of them, newest first',
    ...manage,
    ...reads,
    params: ByShop,
    query: manageListQuery,
    reply: pageOf(CouponTemplate),
    errors: [],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/coupon-templates',
    summary: 'Make a coupon of my shop; the body carries its id',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    params: ByShop,
    body: NewCouponTemplate,
    reply: CouponTemplate,
    errors: ['coupon.not_found', 'coupon.code_taken', 'coupon.terms_invalid', 'wordlist.refused'],
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/shops/:shopId/coupon-templates/:id',
    summary: 'Issue more, longer, or no more',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: Change,
    reply: CouponTemplate,
    errors: ['coupon.not_found', 'coupon.terms_invalid'],
  }),
  platformList: endpoint({
    method: 'GET',
    path: '/platform/coupon-templates',
    summary: 'Coupons of the platform with what became of them, newest first',
    ...platform,
    ...reads,
    query: manageListQuery,
    reply: pageOf(CouponTemplate),
    errors: [],
  }),
  platformCreate: endpoint({
    method: 'POST',
    path: '/platform/coupon-templates',
    summary: 'Make a coupon of the platform; the body carries its id',
    ...platform,
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    body: NewCouponTemplate,
    reply: CouponTemplate,
    errors: ['coupon.not_found', 'coupon.code_taken', 'coupon.terms_invalid', 'wordlist.refused'],
  }),
  platformChange: endpoint({
    method: 'PATCH',
    path: '/platform/coupon-templates/:id',
    summary: 'Issue more, longer, or no more',
    ...platform,
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ById,
    body: Change,
    reply: CouponTemplate,
    errors: ['coupon.not_found', 'coupon.terms_invalid'],
  }),
}
