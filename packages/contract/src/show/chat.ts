import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Instant, named, nullable, object, oneOf } from '../core/common.ts'
import { event } from '../core/endpoint.ts'
import { Person } from '../people/account.ts'

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

/** A comment had words of a list that are reviewed or blocked. */
export const commentFlagged = event(
  'chat.comment_flagged',
  object({
    liveId: Id,
    shopId: Id,
    text: Type.String(),
    words: Type.Array(Type.String()),
    isBlocking: Type.Boolean(),
  }),
)
