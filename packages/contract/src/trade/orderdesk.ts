import type { Fen } from '@kaibo/kernel/money'
import { type Static, type TProperties, Type } from 'typebox'
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
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { ProductPage } from '../goods/catalog.ts'
import { sheetQuery } from '../goods/sheet.ts'
import { Phone, RegionCode } from '../people/account.ts'
import { Order, OrderCounts, OrderEntry, orderFlags, orderSources, orderStates } from './order.ts'

/** Which orders of a shop; what is not said does not matter. */
const orderFilter = {
  state: Type.Optional(oneOf(orderStates)),
  /** The number of the order, from its beginning. */
  number: Type.Optional(Type.String({ pattern: '^\\d{1,20}$' })),
  /** Placed from then on … */
  from: Type.Optional(Instant),
  /** … and before then. */
  before: Type.Optional(Instant),
  /** Part of the title of a product in it. */
  title: Type.Optional(text(1, 60)),
  productId: Type.Optional(Id),
  sourceKind: Type.Optional(oneOf(orderSources)),
  sourceId: Type.Optional(Id),
  amountMinFen: Type.Optional(Money),
  amountMaxFen: Type.Optional(Money),
  /** Whether it was ever paid. */
  isPaid: Type.Optional(Type.Boolean()),
  /** Whether buyer or shop noted something. */
  hasNote: Type.Optional(Type.Boolean()),
  flag: Type.Optional(oneOf(orderFlags)),
} satisfies TProperties
const OrderFilter = object(orderFilter)
export type OrderFilter = Static<typeof OrderFilter>

const Total = Type.Unsafe<Fen>(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))

/** Orders of a source that were ever paid, and what of it was given back. */
const SourceTotals = object({
  kind: oneOf(orderSources),
  /** The live room, link or video; null for the shop pages. */
  id: nullable(Id),
  orderCount: Type.Integer(),
  paidFen: Total,
  /** Of those, what was cancelled again. */
  refundedFen: Total,
})
export const SourceReport = named('SourceReport', {
  items: Type.Array(SourceTotals),
  /** Of all sources; the items sum to it. */
  orderCount: Type.Integer(),
  paidFen: Total,
  refundedFen: Total,
})
export type SourceReport = Static<typeof SourceReport>

/** What a shop has to do and did today (Asia/Shanghai). */
export const OrderToday = named('OrderToday', {
  toShipCount: Type.Integer(),
  /** Paid more than 24 hours ago, and not gone. */
  lateCount: Type.Integer(),
  unpaidCount: Type.Integer(),
  soldCount: Type.Integer(),
  soldFen: Total,
  refundCount: Type.Integer(),
  refundFen: Total,
})
export type OrderToday = Static<typeof OrderToday>

/** Orders that one file may hold. */
export const exportOrdersMax = 5_000

const desk = {
  can: 'order.manage',
  scope: 'shop',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const
const change = { ...desk, rate: 'write', idempotency: 'natural', audit: 'write' } as const

export const orderDeskApi = {
  list: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/orders',
    summary: 'Orders of my shop, newest first; receivers masked',
    params: ByShop,
    query: object({ ...pageQuery, ...orderFilter }),
    reply: pageOf(Order),
    errors: [],
  }),
  counts: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/order-counts',
    summary: 'How many orders of my shop are in each state, by the same filters',
    params: ByShop,
    query: OrderFilter,
    reply: OrderCounts,
    errors: [],
  }),
  history: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/orders/:id/history',
    summary: 'What happened to an order of my shop, oldest first',
    params: ByShopAndId,
    reply: object({ items: Type.Array(OrderEntry) }),
    errors: ['order.not_found'],
  }),
  page: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/orders/:id/lines/:lineId/page',
    summary: 'The page of something that was bought, as it stood then',
    params: object({ shopId: Id, id: Id, lineId: Id }),
    reply: ProductPage,
    errors: ['order.not_found', 'order.line_not_found', 'order.page_not_kept'],
  }),
  exportOrders: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/order-sheet',
    summary: 'Orders of my shop as CSV or XLSX, one row a line, without receivers',
    audit: 'write',
    params: ByShop,
    query: object({ ...sheetQuery, ...orderFilter }),
    reply: 'bytes',
    errors: ['order.export_too_large'],
  }),
  exportReceivers: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/order-sheet-with-receivers',
    summary: 'The same with receivers in full; recorded',
    can: 'order.reveal',
    audit: 'reveal',
    params: ByShop,
    query: object({ ...sheetQuery, ...orderFilter }),
    reply: 'bytes',
    errors: ['order.export_too_large'],
  }),
  setNote: endpoint({
    ...change,
    method: 'PUT',
    path: '/shops/:shopId/orders/:id/note',
    summary: 'Note something about an order for the shop itself, and give it a colour',
    params: ByShopAndId,
    body: object({ text: text(0, 300), flag: oneOf(orderFlags) }),
    reply: Order,
    errors: ['order.not_found'],
  }),
  setReceiver: endpoint({
    ...change,
    method: 'PUT',
    path: '/shops/:shopId/orders/:id/receiver',
    summary: 'Send an order elsewhere before it leaves, at the same freight',
    can: 'order.reveal',
    params: ByShopAndId,
    body: object({ name: text(1, 40), phone: Phone, regionCode: RegionCode, detail: text(1, 120) }),
    reply: Order,
    errors: [
      'order.not_found',
      'order.wrong_state',
      'order.address_missing',
      'order.region_refused',
      'order.freight_differs',
      'freight.unreachable',
      'address.region_unknown',
    ],
  }),
  setPrice: endpoint({
    ...change,
    method: 'PUT',
    path: '/shops/:shopId/orders/:id/price',
    summary: 'Ask less for an unpaid order: per line, and for shipping',
    audit: 'money',
    params: ByShopAndId,
    body: object({
      lines: Type.Array(object({ id: Id, payableFen: Money }), { maxItems: 100 }),
      shippingFen: Money,
    }),
    reply: Order,
    errors: [
      'order.not_found',
      'order.wrong_state',
      'order.line_not_found',
      'order.line_twice',
      'order.price_refused',
    ],
  }),
  cancel: endpoint({
    ...change,
    method: 'POST',
    path: '/shops/:shopId/orders/:id/cancel',
    summary: 'Cancel an order that was not sent; a paid one is refunded in full',
    audit: 'money',
    params: ByShopAndId,
    body: object({ reason: text(1, 100) }),
    reply: Order,
    errors: ['order.not_found', 'order.wrong_state'],
  }),
  today: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/order-today',
    summary: 'What waits for my shop, and what it sold today',
    params: ByShop,
    reply: OrderToday,
    errors: [],
  }),
  sources: endpoint({
    ...desk,
    method: 'GET',
    path: '/shops/:shopId/order-sources',
    summary: 'Sales by where they came from; the parts sum to the total',
    params: ByShop,
    query: object({ from: Type.Optional(Instant), before: Type.Optional(Instant) }),
    reply: SourceReport,
    errors: [],
  }),
}
