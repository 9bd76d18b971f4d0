import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  Id,
  Instant,
  Money,
  named,
  nullable,
  object,
  oneOf,
  Quantity,
  text,
} from '../core/common.ts'
import { event } from '../core/endpoint.ts'
import { SkuSpec } from '../goods/catalog.ts'

/** everywhere, or only for those who are in a live room of the shop (S49). */
export const flashSaleChannels = ['everywhere', 'live'] as const
export type FlashSaleChannel = (typeof flashSaleChannels)[number]

export const flashSaleStates = ['scheduled', 'running', 'ended', 'cancelled'] as const
export type FlashSaleState = (typeof flashSaleStates)[number]

export const flashSaleItemsMax = 50
/** A price that a host gives in the room ends with the show anyway. */
export const roomPriceMinutesMax = 240
export const Quota = Type.Integer({ minimum: 1, maximum: 1_000_000 })

export const planFields = {
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

/** A sale was planned, changed, started, sold out or ended: whoever shows it looks again. */
export const flashSaleMoved = event(
  'flashsale.moved',
  object({ activityId: Id, shopId: Id, liveId: nullable(Id) }),
)
