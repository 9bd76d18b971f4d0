import { type Static, Type } from 'typebox'
import { ByShopAndId, Id, Money, named, nullable, object } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { Person } from './account.ts'

/** Sharers in the list of a session. */
export const sharersMax = 100

/** What a shared room looks like elsewhere. */
export const ShareCard = named('ShareCard', {
  /** The same one for the same person and room; null for who is not signed in. */
  shareId: nullable(Id),
  /** The whole address. */
  url: Type.String(),
  title: Type.String(),
  text: Type.String(),
  imageUrl: nullable(Type.String()),
})
export type ShareCard = Static<typeof ShareCard>

const ByLive = object({ liveId: Id })
const total = Type.Integer({ minimum: 0 })
const cameOfIt = { visitorCount: total, orderCount: total }

/** What came of one person's link. */
export const SharerTotals = named('SharerTotals', {
  sharer: Person,
  /** Distinct people and browsers that entered by the link. */
  ...cameOfIt,
  /** What the paid orders of these visitors cost; cancelled ones are out again. */
  amountFen: Money,
})
export type SharerTotals = Static<typeof SharerTotals>

export const shareApi = {
  card: endpoint({
    method: 'POST',
    path: '/live/:liveId/share',
    summary: 'A card of a room to share, with my id in its link when I am signed in',
    can: 'public',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByLive,
    reply: ShareCard,
    errors: ['live.not_found'],
  }),
  mine: endpoint({
    method: 'GET',
    path: '/live/:liveId/share',
    summary: 'What came of my sharing a room',
    can: 'account.self',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByLive,
    reply: object(cameOfIt),
    errors: ['live.not_found'],
  }),
  visit: endpoint({
    method: 'POST',
    path: '/live/:liveId/visits',
    summary: 'I came by a shared link; counted once, and not for the sharer',
    can: 'public',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByLive,
    body: object({ shareId: Id }),
    /** False for the sharer, and for a link that does not lead here. */
    reply: object({ isCounted: Type.Boolean() }),
    errors: [],
  }),
  ofRoom: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/shares',
    summary: 'Who shared a session and what came of it: the 100 with the most visitors',
    can: 'live.host',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: object({ items: Type.Array(SharerTotals) }),
    errors: ['live.not_found'],
  }),
}
