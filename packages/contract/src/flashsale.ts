import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { SkuSpec } from './catalog.ts'
import {
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
  Quantity,
  text,
} from './core/common.ts'
import { endpoint, event } from './core/endpoint.ts'

/** everywhere, or only for those who are in a live room of the shop (S49). */
export const flashSaleChannels = ['everywhere', 'live'] as const
export type FlashSaleChannel = (typeof flashSaleChannels)[number]

export const flashSaleStates = ['scheduled', 'running', 'ended', 'cancelled'] as const
export type FlashSaleState = (typeof flashSaleStates)[number]

export const flashSaleItemsMax = 50
/** A price that a host gives in the room ends with the show anyway. */
export const roomPriceMinutesMax = 240
const Quota = Type.Integer({ minimum: 1, maximum: 1_000_000 })

const planFields = {
  title: text(1, 30),
  startsAt: Instant,
  endsAt: Instant,
  channel: oneOf(flashSaleChannels),
  /** For `live`: one session, or null for any of the shop's. */
  liveId: nullable(Id),
  items: Type.Array(
    object({
      skuId: Id,
      priceFen: Money,
      /** How many are sold at this price; they leave the shelf while the sale runs. */
      quota: Quota,
      /** Null = no limit for one person. */
      perPersonMax: nullable(Quantity),
    }),
    { minItems: 1, maxItems: flashSaleItemsMax },
  ),
}
export const FlashSalePlan = object(planFields)
export type FlashSalePlan = Static<typeof FlashSalePlan>

/** One SKU of a sale. */
export const FlashSaleItem = named('FlashSaleItem', {
  id: Id,
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: SkuSpec,
  pictureUrl: nullable(Type.String()),
  priceFen: Money,
  /** On the shelf, to be struck through. */
  listPriceFen: Money,
  quota: Type.Integer(),
  /** What of the quota can still be ordered; the quota before the start. */
  leftCount: Type.Integer({ minimum: 0 }),
  perPersonMax: nullable(Quantity),
})
export type FlashSaleItem = Static<typeof FlashSaleItem>

/** A sale as everybody sees it: it runs, or is about to. */
export const FlashSaleCard = named('FlashSaleCard', {
  id: Id,
  shopId: Id,
  title: Type.String(),
  channel: oneOf(flashSaleChannels),
  liveId: nullable(Id),
  startsAt: Instant,
  endsAt: Instant,
  items: Type.Array(FlashSaleItem),
})
export type FlashSaleCard = Static<typeof FlashSaleCard>

/** A sale as its shop sees it. */
export const FlashSale = named('FlashSale', {
  id: Id,
  title: Type.String(),
  channel: oneOf(flashSaleChannels),
  liveId: nullable(Id),
  startsAt: Instant,
  endsAt: Instant,
  state: oneOf(flashSaleStates),
  /** Its time has come, but the shelf has fewer than the quota: it starts as soon as there are enough. */
  isShort: Type.Boolean(),
  items: Type.Array(FlashSaleItem),
  /** Orders that were placed at its prices and not closed. */
  orderCount: Type.Integer(),
  /** Pieces of its quota that orders hold or that have left. */
  soldCount: Type.Integer(),
  createdAt: Instant,
  endedAt: nullable(Instant),
  now: Instant,
})
export type FlashSale = Static<typeof FlashSale>

export const flashsaleErrors = errors({
  'flashsale.not_found': [404, 'This flash sale does not exist.', '秒杀活动不存在'],
  'flashsale.plan_invalid': [
    422,
    'The times, prices or goods of this flash sale do not fit together.',
    '活动的时间、价格或商品设置不合理',
  ],
  'flashsale.overlap': [
    409,
    'These goods are in another flash sale at that time.',
    '所选商品在该时段已参加其他秒杀活动',
  ],
  'flashsale.stock_short': [
    409,
    'The shelf has fewer than the sale needs.',
    '可售库存少于活动配额',
  ],
  'flashsale.wrong_state': [
    409,
    'The sale has moved on; this is no longer possible.',
    '活动状态已变化，无法执行此操作',
  ],
})

const manage = { can: 'promotion.manage', scope: 'shop' } as const

export const flashsaleApi = {
  /** Public: on the home page, a shop's page, a product's page, in a room. */
  showing: endpoint({
    method: 'GET',
    path: '/flash-sales',
    summary:
      'Sales that run or are about to: of everybody, or of a shop; of a room its own as well',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({ shopId: Type.Optional(Id), liveId: Type.Optional(Id) }),
    reply: object({ items: Type.Array(FlashSaleCard), now: Instant }),
    errors: [],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/flash-sales',
    summary: 'Sales of my shop, newest first',
    ...manage,
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(flashSaleStates)),
      q: Type.Optional(text(0, 40)),
    }),
    reply: pageOf(FlashSale),
    errors: [],
  }),
  manageView: endpoint({
    method: 'GET',
    path: '/shops/:shopId/flash-sales/:id',
    summary: 'One sale of my shop',
    ...manage,
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: FlashSale,
    errors: ['flashsale.not_found'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/flash-sales',
    summary: 'Plan a sale; the body carries its id',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    params: ByShop,
    body: object({ id: Id, ...planFields }),
    reply: FlashSale,
    errors: [
      'flashsale.not_found',
      'flashsale.plan_invalid',
      'flashsale.overlap',
      'product.not_found',
      'live.not_found',
    ],
  }),
  update: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/flash-sales/:id',
    summary: 'Plan a sale anew that has not started',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    params: ByShopAndId,
    body: FlashSalePlan,
    reply: FlashSale,
    errors: [
      'flashsale.not_found',
      'flashsale.plan_invalid',
      'flashsale.overlap',
      'flashsale.wrong_state',
      'product.not_found',
      'live.not_found',
    ],
  }),
  start: endpoint({
    method: 'POST',
    path: '/shops/:shopId/flash-sales/:id/start',
    summary: 'Start a sale now instead of waiting for its time',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    reply: FlashSale,
    errors: [
      'flashsale.not_found',
      'flashsale.wrong_state',
      'flashsale.stock_short',
      'flashsale.overlap',
    ],
  }),
  addQuota: endpoint({
    method: 'POST',
    path: '/shops/:shopId/flash-sales/:id/quota',
    summary: 'Raise the quota of one item to `quota`; the only thing that grows while a sale runs',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({ skuId: Id, quota: Quota }),
    reply: FlashSale,
    errors: [
      'flashsale.not_found',
      'flashsale.wrong_state',
      'flashsale.stock_short',
      'flashsale.plan_invalid',
    ],
  }),
  end: endpoint({
    method: 'POST',
    path: '/shops/:shopId/flash-sales/:id/end',
    summary:
      'End a sale early, or cancel one that has not started; what is left returns to the shelf',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    reply: FlashSale,
    errors: ['flashsale.not_found'],
  }),
  priceInRoom: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/prices',
    summary:
      'Give a product of the bag a price in this room alone, from now for some minutes; the body carries the sale’s id',
    can: 'live.host',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    params: ByShopAndId,
    body: object({
      saleId: Id,
      title: text(1, 30),
      productId: Id,
      /** Null = every variant on the shelf. */
      skuId: nullable(Id),
      priceFen: Money,
      /** Pieces of each variant, as far as the shelf goes. */
      quota: Quota,
      /** Null = no limit for one person. */
      perPersonMax: nullable(Quantity),
      minutes: Type.Integer({ minimum: 1, maximum: roomPriceMinutesMax }),
    }),
    reply: FlashSale,
    errors: [
      'live.not_found',
      'live.ended',
      'showcase.not_in_bag',
      'flashsale.not_found',
      'flashsale.plan_invalid',
      'flashsale.overlap',
      'flashsale.stock_short',
    ],
  }),
  endPriceInRoom: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/live/:id/prices/:saleId',
    summary: 'End a price of this room now; orders that were placed keep it',
    can: 'live.host',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: object({ shopId: Id, id: Id, saleId: Id }),
    reply: FlashSale,
    errors: ['live.not_found', 'flashsale.not_found'],
  }),
}

/** A sale was planned, changed, started, sold out or ended: whoever shows it looks again. */
export const flashSaleMoved = event(
  'flashsale.moved',
  object({ activityId: Id, shopId: Id, liveId: nullable(Id) }),
)
