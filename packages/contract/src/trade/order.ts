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
import { CouponChoice, PointsChoice, PricedLine, pricedLineFields } from '../offer/price.ts'
import { Parcel } from './ship.ts'

export const orderStates = [
  'pending',
  'paid',
  'part_shipped',
  'shipped',
  'completed',
  'closed',
] as const
export type OrderState = (typeof orderStates)[number]

/** buyer, merchant = cancelled by them · timeout = not paid in time. */
export const closeReasons = ['buyer', 'merchant', 'timeout'] as const

/** Colours with which a shop marks orders to find them again. */
export const orderFlags = ['none', 'red', 'yellow', 'green', 'blue', 'purple'] as const
export type OrderFlag = (typeof orderFlags)[number]

/** What happened to an order; `placed` is when it came to be. */
export const orderEntryKinds = [
  'placed',
  'paid',
  'part_shipped',
  'shipped',
  'completed',
  'closed',
  'repriced',
  'receiver_changed',
  'receipt_extended',
] as const
export type OrderEntryKind = (typeof orderEntryKinds)[number]
export const orderActors = ['buyer', 'merchant', 'system'] as const

/** One line of an order's history. */
export const OrderEntry = named('OrderEntry', {
  kind: oneOf(orderEntryKinds),
  by: oneOf(orderActors),
  /** What was said about it; empty when nothing was. */
  reason: Type.String(),
  at: Instant,
})
export type OrderEntry = Static<typeof OrderEntry>

/** Where the sale came from: a live room, somebody's link, the shop pages, a video; kept with its id. */
export const orderSources = ['live', 'link', 'shop', 'video'] as const
export const OrderSource = named('OrderSource', { kind: oneOf(orderSources), id: nullable(Id) })
export type OrderSource = Static<typeof OrderSource>

/** A line as it was bought: frozen, whatever becomes of the product. */
export const OrderLine = named('OrderLine', {
  id: Id,
  ...pricedLineFields,
  /** How many have left in parcels. */
  shippedQuantity: Type.Integer({ minimum: 0 }),
  /** Not to be sent: delivered as a code or a booking. */
  isVirtual: Type.Boolean(),
  /** Whether the buyer may return it within seven days without a reason (R7). */
  mayReturn: Type.Boolean(),
})
export type OrderLine = Static<typeof OrderLine>

export const Receiver = named('Receiver', {
  name: Type.String(),
  phone: Type.String(),
  address: Type.String(),
})
export type Receiver = Static<typeof Receiver>

export const Order = named('Order', {
  id: Id,
  /** The number that people read and type. */
  number: Type.String(),
  /** Orders that were placed together, to be paid together, share it. */
  checkoutId: Id,
  state: oneOf(orderStates),
  closeReason: nullable(oneOf(closeReasons)),
  shop: object({ id: Id, name: Type.String() }),
  lines: Type.Array(OrderLine),
  /** What the lines cost after every discount. */
  itemsFen: Money,
  /** What was taken off the shelf prices. */
  discountFen: Money,
  shippingFen: Money,
  /** itemsFen + shippingFen. */
  payableFen: Money,
  /** Null when nothing is sent; masked for the merchant until revealed. */
  receiver: nullable(Receiver),
  /** What the buyer asked for. */
  note: Type.String(),
  /** What the shop noted; empty for the buyer. */
  merchantNote: Type.String(),
  /** The colour that the shop gave the order; none for the buyer. */
  merchantFlag: oneOf(orderFlags),
  source: OrderSource,
  parcels: Type.Array(Parcel),
  createdAt: Instant,
  /** When an unpaid order closes by itself. */
  expiresAt: Instant,
  paidAt: nullable(Instant),
  shippedAt: nullable(Instant),
  /** When a shipped order completes by itself. */
  receiptDueAt: nullable(Instant),
  /** Whether the buyer has put that off; possible once. */
  isReceiptExtended: Type.Boolean(),
  completedAt: nullable(Instant),
  closedAt: nullable(Instant),
  /** Server time, for countdowns that do not trust the device. */
  now: Instant,
})
export type Order = Static<typeof Order>

/** One line of a basket; the same SKU in a bundle and alone are two lines. */
export const BasketLine = object({
  skuId: Id,
  quantity: Quantity,
  bundleId: Type.Optional(nullable(Id)),
})
export type BasketLine = Static<typeof BasketLine>

export const basketLinesMax = 100
/** What a preview and a placement both say. */
export const basketFields = {
  lines: Type.Array(BasketLine, { minItems: 1, maxItems: basketLinesMax }),
  /** Null when nothing is sent, or nobody has said where to: shipping then counts as nothing. */
  addressId: nullable(Id),
  source: OrderSource,
  /** Proves that the buyer is in the room of `source` now; room prices need it. */
  roomToken: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
  /** Null = the best ones. */
  couponIds: nullable(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  /** Whole points. */
  pointsUsed: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
}

/** What one shop's part of a basket costs. */
export const ShopPart = named('ShopPart', {
  shop: object({ id: Id, name: Type.String() }),
  lines: Type.Array(PricedLine),
  itemsFen: Money,
  discountFen: Money,
  shippingFen: Money,
  payableFen: Money,
})
export type ShopPart = Static<typeof ShopPart>

export const OrderPreview = named('OrderPreview', {
  shops: Type.Array(ShopPart),
  coupons: Type.Array(CouponChoice),
  points: PointsChoice,
  itemsFen: Money,
  discountFen: Money,
  shippingFen: Money,
  payableFen: Money,
  /** Something has to be sent: placing needs an address. */
  needsAddress: Type.Boolean(),
  /** What cannot be returned without a reason: the buyer has to agree at the purchase (R7). */
  noReturnSkuIds: Type.Array(Id),
})
export type OrderPreview = Static<typeof OrderPreview>

/**
 * A checkout: one order per shop, placed together or not at all. Order ids are made by the client
 * (UUIDv7): the same request again returns the same orders, with another body it is refused.
 */
export const PlaceOrder = object({
  ...basketFields,
  couponIds: Type.Array(Id, { maxItems: 20, uniqueItems: true }),
  orders: Type.Array(object({ id: Id, shopId: Id, note: text(0, 200) }), {
    minItems: 1,
    maxItems: 20,
  }),
  /** Agreed: goods of `noReturnSkuIds` cannot be returned without a reason. */
  agreesNoReturn: Type.Boolean(),
  /** What the buyer was shown; another total means the price moved, and nothing is placed. */
  expectedPayableFen: Money,
})
export type PlaceOrder = Static<typeof PlaceOrder>

export const orderErrors = errors({
  'order.not_found': [404, 'This order does not exist.', '订单不存在'],
  'order.id_taken': [409, 'This order id was used for another order.', '订单号已被其他订单使用'],
  'order.price_changed': [
    409,
    'The price has changed. Please look again.',
    '价格有变动，请重新确认',
  ],
  'order.shops_differ': [422, 'One order per shop, and no other shop.', '每家店铺应对应一个订单'],
  'order.region_refused': [
    422,
    'These goods are not sold to that region.',
    '该地区暂不支持购买此商品',
  ],
  'order.no_return_unconfirmed': [
    422,
    'Please confirm that these goods cannot be returned without a reason.',
    '请确认该商品不支持七天无理由退货',
  ],
  'order.busy': [
    503,
    'Very many people are ordering. Please try again in a moment.',
    '下单人数较多，请稍后再试',
  ],
  'order.address_missing': [422, 'Please choose an address.', '请选择收货地址'],
  'order.wrong_state': [
    409,
    'The order has moved on; this is no longer possible.',
    '订单状态已变化，无法执行此操作',
  ],
  'order.freight_differs': [
    409,
    'Shipping to that address costs something else. Please order again.',
    '更换该地址后运费不同，请重新下单',
  ],
  'order.receipt_extended': [
    409,
    'The time to confirm was extended before.',
    '收货时间已延长过一次',
  ],
  'order.price_refused': [
    422,
    'A line may not cost more than before, and an order not less than ¥0.01.',
    '改价不能高于原价，且订单不能低于 0.01 元',
  ],
  'order.export_too_large': [
    422,
    'More than 5,000 orders. Please narrow the filter.',
    '订单超过 5000 条，请缩小筛选范围',
  ],
  'order.line_not_found': [404, 'This order has no such line.', '订单中没有该商品'],
  'order.line_twice': [
    422,
    'A line can be given one new price only.',
    '同一商品只能填写一个新价格',
  ],
  'order.source_foreign': [
    422,
    'This live room does not sell goods of these shops.',
    '该直播间不销售所选店铺的商品',
  ],
  'order.page_not_kept': [404, 'The page of that time was not kept.', '未保存当时的商品页'],
  'order.own_shop': [403, 'Staff cannot buy from their own shop.', '不能购买自己店铺的商品'],
})

/** Orders by state; together, all there are. */
export const OrderCounts = named('OrderCounts', {
  pending: Type.Integer({ minimum: 0 }),
  paid: Type.Integer({ minimum: 0 }),
  part_shipped: Type.Integer({ minimum: 0 }),
  shipped: Type.Integer({ minimum: 0 }),
  completed: Type.Integer({ minimum: 0 }),
  closed: Type.Integer({ minimum: 0 }),
})
export type OrderCounts = Static<typeof OrderCounts>

const OrderMoved = object({
  orderId: Id,
  buyerId: Id,
  shopId: Id,
  state: oneOf(orderStates),
  payableFen: Money,
  source: OrderSource,
})
export type OrderMoved = Static<typeof OrderMoved>
/** Placement commits in groups, so it is told in groups: an order has the same place in each list. */
export const ordersPlaced = event(
  'orders.placed',
  object({ orderIds: Type.Array(Id), buyerIds: Type.Array(Id), shopIds: Type.Array(Id) }),
)
export const orderPaid = event('order.paid', OrderMoved)
export const orderClosed = event('order.closed', OrderMoved)
/** Some of it left. */
export const orderPartShipped = event('order.part_shipped', OrderMoved)
export const orderShipped = event('order.shipped', OrderMoved)
/** Its price was changed before it was paid. */
export const orderRepriced = event('order.repriced', OrderMoved)
export const orderCompleted = event('order.completed', OrderMoved)
