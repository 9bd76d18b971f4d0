import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ByShop, Id, Instant, named, nullable, object, pageOf, pageQuery } from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { LiveCard } from '../show/live.ts'

/** Shops that one person may follow. */
export const followsMax = 1_000

export const FollowState = named('FollowState', {
  isFollowing: Type.Boolean(),
  followerCount: Type.Integer({ minimum: 0 }),
})
export type FollowState = Static<typeof FollowState>

export const FollowedShop = named('FollowedShop', {
  shop: object({ id: Id, name: Type.String(), logoUrl: nullable(Type.String()) }),
  followerCount: Type.Integer({ minimum: 0 }),
  followedAt: Instant,
  /** The room in which this shop is on air now. */
  live: nullable(LiveCard),
})
export type FollowedShop = Static<typeof FollowedShop>

export const followErrors = errors({
  'follow.limit': [409, 'You follow as many shops as one can.', '关注数量已达上限'],
})

const change = {
  can: 'account.self',
  scope: 'self',
  rate: 'write',
  idempotency: 'natural',
  audit: 'none',
  path: '/shops/:shopId/follow',
  params: ByShop,
  reply: FollowState,
} as const

export const followApi = {
  follow: endpoint({
    ...change,
    method: 'PUT',
    summary: 'Follow a shop; I am told when it goes live',
    errors: ['follow.limit'],
  }),
  unfollow: endpoint({
    ...change,
    method: 'DELETE',
    summary: 'Follow it no longer',
    errors: [],
  }),
  state: endpoint({
    method: 'GET',
    path: '/shops/:shopId/follow',
    summary: 'How many follow a shop, and whether I do',
    can: 'public',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    reply: FollowState,
    errors: [],
  }),
  list: endpoint({
    method: 'GET',
    path: '/me/following',
    summary: 'Shops that I follow: those on air first, then the newest first',
    can: 'account.self',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object(pageQuery),
    reply: pageOf(FollowedShop),
    errors: [],
  }),
}

/** Followers from after one of them on are to be told that their shop is on air. */
export const followersCalled = event(
  'follow.called',
  object({ liveId: Id, shopId: Id, calledAt: Type.String(), afterUserId: nullable(Id) }),
)
