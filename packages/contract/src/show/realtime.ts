import { type Static, Type } from 'typebox'
import { Id, Instant, nullable, object, oneOf } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { orderStates } from '../trade/order.ts'
import { ChatBoard, Comment, commentStates } from './chat.ts'
import { liveStates } from './live.ts'
import { sanctionKinds } from './moderation.ts'
import { PollTally, pollStates } from './poll.ts'

/** Hearts a person may send per second; taps beyond are merged away. */
export const heartsPerSecMax = 20

const message = <const T extends string, P extends Parameters<typeof object>[0]>(t: T, fields: P) =>
  object({ t: Type.Literal(t), ...fields })

/** Ordered lane: gapless, replayed after a reconnect. */
export const OrderedMessage = Type.Union([
  message('live.state', { state: oneOf(liveStates), at: Instant }),
  /** The bag or the explained product changed: fetch it when `version` is newer than yours. */
  message('showcase.changed', { version: Type.Integer() }),
  message('stock.changed', {
    levels: Type.Array(object({ skuId: Id, productId: Id, available: Type.Integer() })),
  }),
  /** A poll of the room opened or closed: fetch the polls anew. */
  message('poll.changed', { pollId: Id, state: oneOf(pollStates) }),
  /** What is shown beside the video changed: fetch it when `version` is newer than yours. */
  message('story.changed', { version: Type.Integer() }),
  /** A flash sale started, ended, sold out or was changed: fetch the sales anew. */
  message('sale.changed', { saleId: Id }),
  message('order.changed', { orderId: Id, state: oneOf(orderStates) }),
  message('feed.changed', { liveId: Id, state: oneOf(liveStates) }),
  /** What stands above the chat, whole. */
  message('chat.board', { board: ChatBoard }),
  message('chat.removed', { commentIds: Type.Array(Id) }),
  /** To its author: a comment was shown, removed or answered. */
  message('chat.mine', {
    liveId: Id,
    commentId: Id,
    state: oneOf(commentStates),
    isAnswered: Type.Boolean(),
  }),
  /** On `desk:`: the platform warned the host, or stopped the room; ask for the standing anew. */
  message('verdict.given', { liveId: Id }),
  /** To the person: a sanction holds until then, or was taken back. */
  message('room.standing', {
    shopId: Id,
    liveId: Id,
    kind: oneOf(sanctionKinds),
    until: nullable(Instant),
    isActive: Type.Boolean(),
  }),
  /** To the person: their role in a shop is another one; ask who you are anew. */
  message('team.changed', { shopId: Id }),
  /** A shop that I follow went live; told once per session. */
  message('follow.live', {
    liveId: Id,
    shopId: Id,
    shopName: Type.String(),
    title: Type.String(),
  }),
])
export type OrderedMessage = Static<typeof OrderedMessage>

/** How many people, and the masked names of the first of them. */
const NoticeLine = object({ count: Type.Integer(), names: Type.Array(Type.String()) })

/** Social lane: lossy and bounded. */
export const SocialMessage = Type.Union([
  message('chat.comment', { comment: Comment }),
  message('chat.answered', { commentId: Id, isAnswered: Type.Boolean() }),
  /** Who came and who bought since the last one; at most one in a tick. */
  message('room.notice', { joined: NoticeLine, bought: NoticeLine }),
  /** On `desk:`: what waits for whom. */
  message('desk.queues', { liveId: Id, heldCount: Type.Integer(), questionCount: Type.Integer() }),
  /** How people vote, at most once a second; fewer voters than you know of is an older state. */
  message('poll.tally', { tally: PollTally }),
  message('live.online', { count: Type.Integer() }),
  message('live.hearts', { total: Type.Integer() }),
  /** How many approve of the room. */
  message('live.attitude', { upCount: Type.Integer() }),
  /** Both totals, for the shop alone. */
  message('desk.attitude', {
    liveId: Id,
    upCount: Type.Integer(),
    downCount: Type.Integer(),
  }),
])
export type SocialMessage = Static<typeof SocialMessage>

export const realtimeApi = {
  ticket: endpoint({
    method: 'POST',
    path: '/realtime/tickets',
    summary: 'A single-use ticket (30 s) that opens the socket at /realtime',
    can: 'public',
    scope: 'self',
    rate: 'read',
    idempotency: 'natural',
    audit: 'none',
    reply: object({ ticket: Type.String(), expiresInSec: Type.Integer() }),
    errors: [],
  }),
}
