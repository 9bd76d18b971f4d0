import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Person } from './account.ts'
import {
  ById,
  ByShopAndId,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from './core/common.ts'
import { endpoint, event } from './core/endpoint.ts'

export const commentKinds = ['comment', 'question'] as const
/** shown = to everybody · held = its author alone sees it, and a moderator decides · removed. */
export const commentStates = ['shown', 'held', 'removed'] as const
export type CommentState = (typeof commentStates)[number]
/** What the author was in the room's shop when they wrote: the badge. */
export const roomRoles = ['none', 'moderator', 'assistant', 'host'] as const
export type RoomRole = (typeof roomRoles)[number]

export const mentionsMax = 5
export const commentCharsMax = 120

export const Comment = named('Comment', {
  id: Id,
  author: Person,
  role: oneOf(roomRoles),
  kind: oneOf(commentKinds),
  /** As its reader may see it: words of the mask lists are starred out. */
  text: Type.String(),
  /** What it answers to; no text when that is not shown any more. */
  replyTo: nullable(object({ id: Id, author: Person, text: nullable(Type.String()) })),
  mentions: Type.Array(Person, { maxItems: mentionsMax }),
  /** Of a question: the host has answered it. */
  isAnswered: Type.Boolean(),
  state: oneOf(commentStates),
  at: Instant,
})
export type Comment = Static<typeof Comment>

const settingFields = {
  /** Seconds between two comments of one person; 0 = as fast as everywhere. */
  slowModeSec: Type.Integer({ minimum: 0, maximum: 600 }),
  isFollowersOnly: Type.Boolean(),
  takesQuestions: Type.Boolean(),
}
export const ChatSettings = object(settingFields)
export type ChatSettings = Static<typeof ChatSettings>

/** What stands above the chat, alike for everybody. */
export const ChatBoard = named('ChatBoard', {
  pinned: nullable(Comment),
  announcement: nullable(Type.String()),
  settings: ChatSettings,
})
export type ChatBoard = Static<typeof ChatBoard>

/** How many of the newest comments a room shows on entry. */
export const historyMax = 50
/** An ended room takes answers to its comments for so long. */
export const threadOpenDays = 30

/** held = wait for a moderator · blocked = stopped by a word list · removed. */
export const reviewViews = ['held', 'blocked', 'removed'] as const
export type ReviewView = (typeof reviewViews)[number]
export const ReviewItem = named('ReviewItem', {
  comment: Comment,
  /** As it was written. */
  originalText: Type.String(),
  /** The words of the lists that were found in it. */
  words: Type.Array(Type.String()),
})
export type ReviewItem = Static<typeof ReviewItem>

const ByComment = object({ id: Id, commentId: Id })
const ByShopComment = object({ shopId: Id, id: Id, commentId: Id })

export const chatErrors = errors({
  'chat.not_found': [404, 'This comment is no longer there.', '这条评论已不存在'],
  'chat.too_fast': [429, 'You are writing too fast.', '发送太快了，请稍等'],
  'chat.slow_mode': [
    429,
    'Slow mode is on. Please wait before you write again.',
    '慢速模式已开启，请稍后再发',
  ],
  'chat.repeated': [429, 'You have just written this.', '请不要重复发送相同内容'],
  'chat.blank': [422, 'Please write something.', '请输入内容'],
  'chat.followers_only': [403, 'Follow the shop to write here.', '关注店铺后才能发言'],
  'chat.questions_off': [409, 'Questions are closed in this room.', '主播暂未开放提问'],
})

/** What chat and moderation refuse to somebody under a sanction; `until` is null for good. */
const underSanction = ['chat.muted', 'room.kicked', 'room.banned'] as const

export const chatApi = {
  history: endpoint({
    method: 'GET',
    path: '/live/:id/comments',
    summary: 'The newest 50 comments of a room, oldest first, and what is pinned above them',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ items: Type.Array(Comment), board: ChatBoard }),
    errors: ['live.not_found'],
  }),
  mine: endpoint({
    method: 'GET',
    path: '/live/:liveId/comments/mine',
    summary: 'My newest comments here that others do not see, my badge, and until when I am muted',
    can: 'chat.send',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: object({ liveId: Id }),
    reply: object({
      items: Type.Array(Comment),
      role: oneOf(roomRoles),
      mute: nullable(object({ until: nullable(Instant) })),
    }),
    errors: ['live.not_found'],
  }),
  threads: endpoint({
    method: 'GET',
    path: '/live/:id/threads',
    summary:
      'The comment area of a room, newest first, with the number of answers; outlives the room',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    query: object(pageQuery),
    reply: pageOf(object({ comment: Comment, replyCount: Type.Integer() })),
    errors: ['live.not_found'],
  }),
  thread: endpoint({
    method: 'GET',
    path: '/live/:id/comments/:commentId/thread',
    summary: 'The first comment of a thread and its answers, oldest first',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByComment,
    query: object(pageQuery),
    reply: object({ root: Comment, items: Type.Array(Comment), next: nullable(Type.String()) }),
    errors: ['live.not_found', 'chat.not_found'],
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
    body: object({
      commentId: Id,
      text: text(1, commentCharsMax),
      kind: Type.Optional(oneOf(commentKinds)),
      replyToId: Type.Optional(Id),
      mentionIds: Type.Optional(Type.Array(Id, { maxItems: mentionsMax, uniqueItems: true })),
    }),
    reply: Comment,
    errors: [
      'live.not_found',
      'live.ended',
      'chat.not_found',
      'chat.too_fast',
      'chat.slow_mode',
      'chat.repeated',
      'chat.blank',
      'chat.followers_only',
      'chat.questions_off',
      ...underSanction,
    ],
  }),
  setSettings: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/chat',
    summary: 'Slow mode, followers only, questions on or off',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: ChatSettings,
    reply: ChatBoard,
    errors: ['live.not_found'],
  }),
  pin: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/pinned',
    summary: 'Pin a comment above the chat, or none',
    can: 'room.assist',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({ commentId: nullable(Id) }),
    reply: ChatBoard,
    errors: ['live.not_found', 'chat.not_found'],
  }),
  announce: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/announcement',
    summary: 'Say something above the chat, or nothing any more',
    can: 'room.assist',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({ announcement: nullable(text(1, 200)) }),
    reply: ChatBoard,
    errors: ['live.not_found', 'chat.blank', 'wordlist.refused'],
  }),
  questions: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/questions',
    summary: 'Questions to the host: open ones oldest first, answered ones newest first',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    query: object({ isAnswered: Type.Boolean({ default: false }), ...pageQuery }),
    reply: pageOf(Comment),
    errors: ['live.not_found'],
  }),
  setAnswered: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/questions/:commentId',
    summary: 'Mark a question as answered, or take the mark back; its asker is told',
    can: 'room.assist',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopComment,
    body: object({ isAnswered: Type.Boolean() }),
    reply: Comment,
    errors: ['live.not_found', 'chat.not_found'],
  }),
  reviewList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/comments',
    summary: 'Comments that others do not see: held ones oldest first, others newest first',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    query: object({ view: Type.Optional(oneOf(reviewViews)), ...pageQuery }),
    reply: pageOf(ReviewItem),
    errors: ['live.not_found'],
  }),
  setState: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/comments/:commentId',
    summary: 'Show a comment or remove it, for everybody and at once',
    can: 'room.moderate',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopComment,
    body: object({ state: oneOf(['shown', 'removed'] as const) }),
    reply: Comment,
    errors: ['live.not_found', 'chat.not_found'],
  }),
}

/** Comments of a room are not shown any more. */
export const commentsRemoved = event(
  'chat.comments_removed',
  object({ liveId: Id, commentIds: Type.Array(Id) }),
)
/** A moderator decided on a comment, or its question was marked. */
export const commentMoved = event(
  'chat.comment_moved',
  object({
    liveId: Id,
    commentId: Id,
    authorId: Id,
    state: oneOf(commentStates),
    isAnswered: Type.Boolean(),
  }),
)
/** What stands above a chat changed. */
export const boardChanged = event('chat.board_changed', object({ liveId: Id }))
