import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { SkuSpec } from './catalog.ts'
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
  Quantity,
  text,
} from './common.ts'
import { endpoint, event } from './endpoint.ts'
import { Parcel } from './ship.ts'

export const orderStates = ['pending', 'paid', 'shipped', 'completed', 'closed'] as const
export type OrderState = (typeof orderStates)[number]

/** buyer = cancelled · timeout = not paid in time. */
export const closeReasons = ['buyer', 'timeout'] as const

/** Where the sale came from; kept on the order for reports and recaps. */
export const OrderSource = named('OrderSource', { kind: oneOf(['live', 'shop']), id: nullable(Id) })
export type OrderSource = Static<typeof OrderSource>

export const OrderLine = named('OrderLine', {
  id: Id,
  productId: Id,
  skuId: Id,
  title: Type.String(),
  spec: SkuSpec,
  pictureUrl: nullable(Type.String()),
  unitPriceFen: Money,
  quantity: Quantity,
  /** What this line costs after every discount, frozen at placement. */
  payableFen: Money,
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
  state: oneOf(orderStates),
  closeReason: nullable(oneOf(closeReasons)),
  shop: object({ id: Id, name: Type.String() }),
  lines: Type.Array(OrderLine),
  itemsFen: Money,
  shippingFen: Money,
  payableFen: Money,
  /** Masked for the merchant until revealed. */
  receiver: Receiver,
  note: Type.String(),
  source: OrderSource,
  parcels: Type.Array(Parcel),
  createdAt: Instant,
  /** When an unpaid order closes by itself. */
  expiresAt: Instant,
  paidAt: nullable(Instant),
  shippedAt: nullable(Instant),
  completedAt: nullable(Instant),
  closedAt: nullable(Instant),
})
export type Order = Static<typeof Order>

const Lines = Type.Array(object({ skuId: Id, quantity: Quantity }), { minItems: 1, maxItems: 50 })

export const OrderPreview = named('OrderPreview', {
  shop: object({ id: Id, name: Type.String() }),
  lines: Type.Array(Type.Omit(OrderLine, ['id'], { title: 'PreviewLine' })),
  itemsFen: Money,
  shippingFen: Money,
  payableFen: Money,
})
export type OrderPreview = Static<typeof OrderPreview>

export const PlaceOrder = object({
  /** Made by the client (UUIDv7): the same id again returns the same order, with another body it is refused. */
  id: Id,
  lines: Lines,
  addressId: Id,
  source: OrderSource,
  note: text(0, 200),
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
  'order.many_shops': [
    422,
    'An order holds the goods of one shop.',
    '一个订单只能包含同一店铺的商品',
  ],
  'order.address_missing': [422, 'Please choose an address.', '请选择收货地址'],
  'order.wrong_state': [
    409,
    'The order has moved on; this is no longer possible.',
    '订单状态已变化，无法执行此操作',
  ],
  'order.own_shop': [403, 'Staff cannot buy from their own shop.', '不能购买自己店铺的商品'],
})

const listQuery = object({ ...pageQuery, state: Type.Optional(oneOf(orderStates)) })

export const orderApi = {
  preview: endpoint({
    method: 'POST',
    path: '/order-previews',
    summary: 'What these goods would cost now; the same computation as placing',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    body: object({ lines: Lines }),
    reply: OrderPreview,
    errors: ['product.not_found', 'product.off_shelf', 'stock.sold_out', 'order.many_shops'],
  }),
  place: endpoint({
    method: 'POST',
    path: '/orders',
    summary: 'Place an order and hold its stock until it is paid or closes',
    can: 'order.buy',
    scope: 'self',
    rate: 'money',
    idempotency: 'natural',
    audit: 'none',
    body: PlaceOrder,
    reply: Order,
    errors: [
      'product.not_found',
      'product.off_shelf',
      'stock.sold_out',
      'order.many_shops',
      'order.id_taken',
      'order.price_changed',
      'order.address_missing',
      'order.own_shop',
    ],
  }),
  list: endpoint({
    method: 'GET',
    path: '/orders',
    summary: 'My orders, newest first',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: listQuery,
    reply: pageOf(Order),
    errors: [],
  }),
  view: endpoint({
    method: 'GET',
    path: '/orders/:id',
    summary: 'One of my orders',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Order,
    errors: ['order.not_found'],
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/orders/:id/cancel',
    summary: 'Cancel an unpaid order; its stock goes back once',
    can: 'order.buy',
    scope: 'self',
    rate: 'money',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    reply: Order,
    errors: ['order.not_found', 'order.wrong_state'],
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/orders/:id/receipt',
    summary: 'Confirm that the goods arrived; the order completes',
    can: 'order.buy',
    scope: 'self',
    rate: 'money',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    reply: Order,
    errors: ['order.not_found', 'order.wrong_state'],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/orders',
    summary: 'Orders of my shop, newest first; receivers masked',
    can: 'order.manage',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(orderStates)),
      number: Type.Optional(Type.String({ pattern: '^\\d{1,20}$' })),
    }),
    reply: pageOf(Order),
    errors: [],
  }),
  manageView: endpoint({
    method: 'GET',
    path: '/shops/:shopId/orders/:id',
    summary: 'One order of my shop; receiver masked',
    can: 'order.manage',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: Order,
    errors: ['order.not_found'],
  }),
  reveal: endpoint({
    method: 'POST',
    path: '/shops/:shopId/orders/:id/receiver',
    summary: 'Show the receiver in full; the look is recorded',
    can: 'order.reveal',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'reveal',
    params: ByShopAndId,
    reply: Receiver,
    errors: ['order.not_found'],
  }),
}

const OrderMoved = object({
  orderId: Id,
  buyerId: Id,
  shopId: Id,
  state: oneOf(orderStates),
  payableFen: Money,
  source: OrderSource,
})
export type OrderMoved = Static<typeof OrderMoved>
export const orderPlaced = event('order.placed', OrderMoved)
export const orderPaid = event('order.paid', OrderMoved)
export const orderClosed = event('order.closed', OrderMoved)
export const orderShipped = event('order.shipped', OrderMoved)
export const orderCompleted = event('order.completed', OrderMoved)
