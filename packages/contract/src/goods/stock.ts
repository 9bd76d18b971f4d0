import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ByShop,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { sheetQuery } from './sheet.ts'

export const StockLevel = named('StockLevel', {
  skuId: Id,
  onHand: Type.Integer(),
  reserved: Type.Integer(),
  /** On the shop's own shelf; what activities were given is in `onHand` and `reserved` only. */
  available: Type.Integer(),
})
export type StockLevel = Static<typeof StockLevel>

/**
 * hold = an order reserves · release = it gives back · ship = the parcel leaves · adjust = by hand ·
 * count = a stock-take found more or less · allot = off the shelf into an activity's pool · return = back again · initial.
 */
export const movementReasons = [
  'initial',
  'adjust',
  'count',
  'hold',
  'release',
  'ship',
  'allot',
  'return',
] as const
export type MovementReason = (typeof movementReasons)[number]

export const StockMovement = named('StockMovement', {
  id: Id,
  skuId: Id,
  /** The activity in whose pool it happened; null = on the shop's own shelf. */
  poolId: nullable(Id),
  reason: oneOf(movementReasons),
  onHandDelta: Type.Integer(),
  reservedDelta: Type.Integer(),
  onHandAfter: Type.Integer(),
  reservedAfter: Type.Integer(),
  orderId: nullable(Id),
  /** What it goes back to: the order, activity, stock-take, import or request. */
  documentId: Id,
  actorId: nullable(Id),
  /** Null for the system, and where nobody knows. */
  actorName: nullable(Type.String()),
  note: Type.String(),
  at: Instant,
})
export type StockMovement = Static<typeof StockMovement>

/** A SKU of a shop in the stock list. */
export const StockRow = named('StockRow', {
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: Type.Record(Type.String(), Type.String()),
  pictureUrl: nullable(Type.String()),
  onHand: Type.Integer(),
  reserved: Type.Integer(),
  available: Type.Integer(),
  /** Below this the shop is alerted, once per crossing. */
  lowBelow: Type.Integer(),
})
export type StockRow = Static<typeof StockRow>

/** low = fewer available than the threshold, sold out included. */
export const stockFilters = ['all', 'low', 'sold_out'] as const
export type StockFilter = (typeof stockFilters)[number]

/** Available fell below the threshold; open until it is back above. */
export const StockAlert = named('StockAlert', {
  id: Id,
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: Type.Record(Type.String(), Type.String()),
  /** What was left when it happened, and how few are too few. */
  available: Type.Integer(),
  lowBelow: Type.Integer(),
  at: Instant,
  restoredAt: nullable(Instant),
})
export type StockAlert = Static<typeof StockAlert>

/** A day of the shop's time zone, from the movements. */
export const StockDay = named('StockDay', {
  /** `2026-11-23` */
  day: Type.String(),
  /** Came in: stocked, counted or corrected upwards. */
  inCount: Type.Integer(),
  /** Corrected or counted downwards. */
  outCount: Type.Integer(),
  /** Left with parcels or was delivered. */
  soldCount: Type.Integer(),
  /** On hand at the end of the day. */
  onHand: Type.Integer(),
})
export type StockDay = Static<typeof StockDay>

export const lowBelowDefault = 10
export const trendDaysMax = 90

export const stockErrors = errors({
  'stock.sold_out': [
    409,
    'Sold out, or fewer left than you asked for.',
    '库存不足，已售罄或所剩不多',
  ],
  'stock.below_reserved': [
    409,
    'Stock may not fall below what orders already hold.',
    '库存不能低于已被订单占用的数量',
  ],
})

const BySku = object({ shopId: Id, skuId: Id })
const listFilter = {
  filter: Type.Optional(oneOf(stockFilters)),
  q: Type.Optional(text(0, 40)),
  skuId: Type.Optional(Id),
}
const reading = {
  can: 'catalog.read',
  scope: 'shop',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const

export const stockApi = {
  adjust: endpoint({
    method: 'POST',
    path: '/shops/:shopId/skus/:skuId/stock',
    summary: 'Add to or take from the stock on hand, with a reason',
    can: 'stock.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: BySku,
    body: object({
      id: Id,
      delta: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
      note: text(1, 100),
    }),
    reply: StockLevel,
    errors: ['stock.below_reserved', 'product.not_found'],
  }),
  movements: endpoint({
    method: 'GET',
    path: '/shops/:shopId/skus/:skuId/movements',
    summary: 'Every change of a stock level, newest first',
    can: 'catalog.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: BySku,
    query: object(pageQuery),
    reply: pageOf(StockMovement),
    errors: ['product.not_found'],
  }),
  list: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock',
    summary: 'Stock of my shop, the fewest available first',
    params: ByShop,
    query: object({ ...pageQuery, ...listFilter }),
    reply: pageOf(StockRow),
    errors: [],
  }),
  sheet: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-sheet',
    summary: 'The stock list as CSV or XLSX, at most 5,000 rows',
    params: ByShop,
    query: object({ ...sheetQuery, ...listFilter }),
    reply: 'bytes',
    errors: [],
  }),
  trend: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-trend',
    summary: 'What came in, went out and was sold day by day, of one SKU or of the whole shop',
    params: ByShop,
    query: object({
      skuId: Type.Optional(Id),
      days: Type.Integer({ minimum: 1, maximum: trendDaysMax, default: 30 }),
    }),
    reply: object({ days: Type.Array(StockDay) }),
    errors: ['product.not_found'],
  }),
  alerts: endpoint({
    ...reading,
    method: 'GET',
    path: '/shops/:shopId/stock-alerts',
    summary: 'Where stock ran low, newest first',
    params: ByShop,
    query: object({ ...pageQuery, state: Type.Optional(oneOf(['open', 'restored'])) }),
    reply: pageOf(StockAlert),
    errors: [],
  }),
  setThreshold: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/skus/:skuId/stock-threshold',
    summary: 'How few of a SKU are too few; zero = never alert',
    can: 'stock.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: BySku,
    body: object({ lowBelow: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }),
    reply: object({ skuId: Id, lowBelow: Type.Integer() }),
    errors: ['product.not_found'],
  }),
}

/** Told after any change, so that rooms and pages show the same number. */
export const stockChanged = event(
  'stock.changed',
  object({
    shopId: Id,
    levels: Type.Array(object({ skuId: Id, productId: Id, available: Type.Integer() })),
  }),
)

/** Told when a pool sold out, or has something again; a pool is named like its activity. */
export const poolChanged = event(
  'stock.pool_changed',
  object({ shopId: Id, poolIds: Type.Array(Id) }),
)

/** Told once when a SKU falls below its threshold, and not again before it was back above. */
export const stockLow = event(
  'stock.low',
  object({
    alertId: Id,
    shopId: Id,
    productId: Id,
    skuId: Id,
    available: Type.Integer(),
    lowBelow: Type.Integer(),
  }),
)
