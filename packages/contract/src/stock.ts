import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Instant, named, nullable, object, oneOf, pageOf, pageQuery, text } from './common.ts'
import { endpoint, event } from './endpoint.ts'

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
 * allot = off the shelf into an activity's pool · return = back again · initial.
 */
export const movementReasons = [
  'initial',
  'adjust',
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
  actorId: nullable(Id),
  note: Type.String(),
  at: Instant,
})
export type StockMovement = Static<typeof StockMovement>

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
