import { type Static, Type } from 'typebox'
import { Id, Instant, named, nullable, object, oneOf, pageOf, pageQuery } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

/** rolling = so many days after they came · yearly = with the end of the next calendar year (R27). */
export const pointsExpiries = ['rolling', 'yearly'] as const

/** How the platform runs points 积分. */
export const PointsSettings = named('PointsSettings', {
  /** Off: none are earned and none can be spent; what people have stays. */
  isOn: Type.Boolean(),
  /** Points for every yuan paid, given when the order completes. */
  earnedPerYuan: Type.Integer({ minimum: 0, maximum: 1_000 }),
  /** So many points take one yuan off. */
  pointsPerYuan: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** At most this share of what goods cost may be paid by points, in basis points. */
  shareMaxBps: Type.Integer({ minimum: 0, maximum: 10_000 }),
  expiry: oneOf(pointsExpiries),
  /** For `rolling`. */
  validDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
})
export type PointsSettings = Static<typeof PointsSettings>

/** earn = an order completed · spend = an order took them · return = it closed · expire. */
export const pointsReasons = ['earn', 'spend', 'return', 'expire'] as const
export type PointsReason = (typeof pointsReasons)[number]

/** One line of the log; the balance is their sum. */
export const PointsEntry = named('PointsEntry', {
  id: Id,
  reason: oneOf(pointsReasons),
  delta: Type.Integer(),
  balanceAfter: Type.Integer(),
  orderId: nullable(Id),
  at: Instant,
})
export type PointsEntry = Static<typeof PointsEntry>

export const PointsAccount = named('PointsAccount', {
  balance: Type.Integer({ minimum: 0 }),
  /** The next to expire. */
  expiring: nullable(object({ points: Type.Integer(), at: Instant })),
  settings: PointsSettings,
})
export type PointsAccount = Static<typeof PointsAccount>

export const pointsApi = {
  account: endpoint({
    method: 'GET',
    path: '/points',
    summary: 'My points, what expires next, and what they are worth',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: PointsAccount,
    errors: [],
  }),
  entries: endpoint({
    method: 'GET',
    path: '/points/entries',
    summary: 'Every change of my points, newest first',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object(pageQuery),
    reply: pageOf(PointsEntry),
    errors: [],
  }),
  settings: endpoint({
    method: 'GET',
    path: '/platform/points-settings',
    summary: 'How points are earned, spent and lost',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: PointsSettings,
    errors: [],
  }),
  setSettings: endpoint({
    method: 'PUT',
    path: '/platform/points-settings',
    summary: 'Set how points are earned, spent and lost; points that people have keep their expiry',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    body: PointsSettings,
    reply: PointsSettings,
    errors: [],
  }),
}
