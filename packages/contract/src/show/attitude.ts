import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ByShopAndId, Id, named, nullable, object, oneOf } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const attitudes = ['up', 'down'] as const
export type Attitude = (typeof attitudes)[number]

const ByLive = object({ liveId: Id })
const count = Type.Integer({ minimum: 0 })

/** What a viewer sees: the approval of all, and what they think themselves. */
export const AttitudeView = named('AttitudeView', {
  mine: nullable(oneOf(attitudes)),
  /** Whether I may still change my mind; once is allowed. */
  mayFlip: Type.Boolean(),
  upCount: count,
})
export type AttitudeView = Static<typeof AttitudeView>

export const attitudeErrors = errors({
  'attitude.flipped': [409, 'You have changed your mind once already.', '你已经改过一次表态了'],
})

export const attitudeApi = {
  view: endpoint({
    method: 'GET',
    path: '/live/:liveId/attitude',
    summary: 'How many approve of a room, and what I said',
    can: 'public',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByLive,
    reply: AttitudeView,
    errors: ['live.not_found'],
  }),
  set: endpoint({
    method: 'PUT',
    path: '/live/:liveId/attitude',
    summary: 'Approve, disapprove or take it back; the other way round once',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByLive,
    body: object({ attitude: nullable(oneOf(attitudes)) }),
    reply: AttitudeView,
    errors: ['live.not_found', 'live.ended', 'attitude.flipped'],
  }),
  totals: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/attitude',
    summary: 'Both totals, for the host and who assists',
    can: 'room.assist',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: object({ upCount: count, downCount: count }),
    errors: ['live.not_found'],
  }),
}
