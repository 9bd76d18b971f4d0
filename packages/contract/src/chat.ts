import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Person } from './account.ts'
import { ById, Id, Instant, named, object, text } from './core/common.ts'
import { endpoint } from './core/endpoint.ts'

export const Comment = named('Comment', {
  id: Id,
  author: Person,
  /** Whether the author is of the room's shop. */
  isHost: Type.Boolean(),
  text: Type.String(),
  at: Instant,
})
export type Comment = Static<typeof Comment>

/** How many of the newest comments a room shows on entry. */
export const historyMax = 50

export const chatErrors = errors({
  'chat.too_fast': [429, 'You are writing too fast.', '发送太快了，请稍等'],
  'chat.blank': [422, 'Please write something.', '请输入内容'],
})

export const chatApi = {
  history: endpoint({
    method: 'GET',
    path: '/live/:id/comments',
    summary: 'The newest 50 comments of a room, oldest first',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ items: Type.Array(Comment) }),
    errors: ['live.not_found'],
  }),
  send: endpoint({
    method: 'POST',
    path: '/live/:id/comments',
    summary: 'Comment in a room; the body carries the comment’s id, so a repeat shows once',
    can: 'chat.send',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ById,
    body: object({ commentId: Id, text: text(1, 120) }),
    reply: Comment,
    errors: ['live.not_found', 'live.ended', 'chat.too_fast', 'chat.blank'],
  }),
}
