import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor, Permission } from '@kaibo/contract/core/permissions'
import {
  boardChanged,
  type ChatBoard,
  type ChatSettings,
  type Comment,
  type CommentState,
  commentMoved,
  commentsRemoved,
  type ReviewItem,
  type ReviewView,
} from '@kaibo/contract/show/chat'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { ChatNeeds } from './needs.ts'
import { tellQueues } from './queues.ts'
import { isBlank, oneLine } from './rules.ts'
import * as store from './store.ts'
import { boardOf, viewOf, viewsOf } from './views.ts'

/** A room of a shop. */
export type At = { shopId: Id; id: Id }

/** Checks that the actor holds `permission` in this room's shop. Throws `live.not_found`. */
async function requireRoom(
  { database, live }: ChatNeeds,
  actor: Actor,
  { shopId, id, can }: At & { can: Permission },
): Promise<void> {
  requireShop(actor, can, shopId)
  if ((await live.facts(database.db, id))?.shopId !== shopId) throw fail('live.not_found')
}

/** Slow mode, followers only, questions on or off. Throws `live.not_found`. */
export async function setSettings(
  needs: ChatNeeds,
  actor: Actor,
  { shopId, id, ...settings }: At & ChatSettings,
): Promise<ChatBoard> {
  await requireRoom(needs, actor, { shopId, id, can: 'room.moderate' })
  return changeBoard(needs, id, settings)
}

/** Pins a comment that everybody sees, or none. Throws `live.not_found`, `chat.not_found`. */
export async function pin(
  needs: ChatNeeds,
  actor: Actor,
  { shopId, id, commentId }: At & { commentId: Id | null },
): Promise<ChatBoard> {
  await requireRoom(needs, actor, { shopId, id, can: 'room.assist' })
  if (commentId) {
    const comment = await store.shownById(needs.database.db, { liveId: id, commentId })
    if (!comment) throw fail('chat.not_found')
  }
  return changeBoard(needs, id, { pinnedId: commentId })
}

/** Says something above the chat. Throws `live.not_found`, `chat.blank`, `wordlist.refused`. */
export async function announce(
  needs: ChatNeeds,
  actor: Actor,
  { shopId, id, announcement: typed }: At & { announcement: string | null },
): Promise<ChatBoard> {
  await requireRoom(needs, actor, { shopId, id, can: 'room.assist' })
  if (typed === null) return changeBoard(needs, id, { announcement: null })
  const text = oneLine(typed)
  if (isBlank(text)) throw fail('chat.blank')
  const { verdict, masked } = needs.wordlist.check({ text, scene: 'chat', shopId })
  if (verdict === 'block') throw fail('wordlist.refused')
  return changeBoard(needs, id, { announcement: masked })
}

async function changeBoard(
  needs: ChatNeeds,
  liveId: Id,
  change: Partial<store.RoomRow>,
): Promise<ChatBoard> {
  const { database } = needs
  await database.tx(async tx => {
    await store.changeRoom(tx, liveId, change)
    await publish(tx, boardChanged, { liveId })
  })
  return boardOf(needs, database.db, liveId)
}

/** A page of what waits, and how many wait in all. */
type Queue<T> = Page<T> & { waitingCount: number }

/** Open questions oldest first, answered ones newest first. Throws `live.not_found`. */
export async function questions(
  needs: ChatNeeds,
  actor: Actor,
  { shopId, id, isAnswered, ...page }: At & { isAnswered: boolean } & PageQuery,
): Promise<Queue<Comment>> {
  await requireRoom(needs, actor, { shopId, id, can: 'room.moderate' })
  const { db } = needs.database
  const query = store
    .comments(db)
    .where('live_id', '=', id)
    .where('kind', '=', 'question')
    .where('state', '=', 'shown')
    .where('is_answered', '=', isAnswered)
  const { items, next } = await pageBy(query, inTime(isAnswered ? 'desc' : 'asc'), page)
  const { questionCount: waitingCount } = await store.queueCounts(db, id)
  return { items: await viewsOf(needs, db, items), next, waitingCount }
}

/** Comments that others do not see. Throws `live.not_found`. */
export async function reviewList(
  needs: ChatNeeds,
  actor: Actor,
  { shopId, id, view = 'held', ...page }: At & { view?: ReviewView } & PageQuery,
): Promise<Queue<ReviewItem>> {
  await requireRoom(needs, actor, { shopId, id, can: 'room.moderate' })
  const { db } = needs.database
  const state: CommentState = view === 'removed' ? 'removed' : 'held'
  const query = store
    .comments(db)
    .where('live_id', '=', id)
    .where('state', '=', state)
    .$if(view !== 'removed', each => each.where('is_blocked', '=', view === 'blocked'))
  const { items, next } = await pageBy(query, inTime(view === 'held' ? 'asc' : 'desc'), page)
  const views = await viewsOf(needs, db, items)
  const withWords = (comment: Comment, at: number): ReviewItem => ({
    comment,
    originalText: items[at]?.text ?? '',
    words: items[at]?.words ?? [],
  })
  const { heldCount: waitingCount } = await store.queueCounts(db, id)
  return { items: views.map(withWords), next, waitingCount }
}

const inTime = (direction: 'asc' | 'desc') =>
  [
    ['created_at', direction],
    ['id', direction],
  ] as const

type Marked = At & { commentId: Id }

/** Marks a question; its asker and the room are told. Throws `live.not_found`, `chat.not_found`. */
export async function setAnswered(
  needs: ChatNeeds,
  actor: Actor,
  { isAnswered, ...at }: Marked & { isAnswered: boolean },
): Promise<Comment> {
  await requireRoom(needs, actor, { ...at, can: 'room.assist' })
  const { id: liveId, shopId, commentId } = at
  const { database } = needs
  const known = await store.shownById(database.db, { liveId, commentId })
  if (known?.kind !== 'question') throw fail('chat.not_found')
  const changed = await database.tx(async tx => {
    const row = await store.setAnswered(tx, { commentId, isAnswered })
    if (row) await publish(tx, commentMoved, newsOf(row))
    return row
  })
  if (changed) {
    const message = { t: 'chat.answered', commentId, isAnswered } as const
    needs.say({ liveId, authorId: known.authorId, message })
    await tellQueues(needs, { shopId, liveId })
  }
  return viewNow(needs, changed ?? commentId)
}

/** Shows or removes a comment, for everybody and at once. Throws `live.not_found`, `chat.not_found`. */
export async function setState(
  needs: ChatNeeds,
  actor: Actor,
  { state, ...at }: Marked & { state: 'shown' | 'removed' },
): Promise<Comment> {
  await requireRoom(needs, actor, { ...at, can: 'room.moderate' })
  const { id: liveId, shopId, commentId } = at
  const { database } = needs
  const known = await store.byId(database.db, commentId)
  if (known?.liveId !== liveId) throw fail('chat.not_found')
  const changed = await database.tx(async tx => {
    const row = await store.setState(tx, { commentId, state })
    if (!row) return undefined
    await publish(tx, commentMoved, newsOf(row))
    if (state === 'removed') await publishRemoved(tx, liveId, [commentId])
    return row
  })
  const comment = await viewNow(needs, changed ?? commentId)
  if (!changed || state === 'removed') return comment
  needs.say({ liveId, authorId: known.authorId, message: { t: 'chat.comment', comment } })
  await tellQueues(needs, { shopId, liveId })
  return comment
}

/** A comment as it was changed, or as somebody else did a moment ago. */
async function viewNow(needs: ChatNeeds, row: store.CommentRow | Id): Promise<Comment> {
  const { db } = needs.database
  if (typeof row !== 'string') return viewOf(needs, db, row)
  return viewOf(needs, db, must(await store.byId(db, row), 'a comment stays'))
}

const newsOf = ({ id, liveId, authorId, state, isAnswered }: store.CommentRow) => ({
  commentId: id,
  ...{ liveId, authorId, state, isAnswered },
})

/** Comments that one event names. */
const sweepMax = 200
const sweepsMax = 50

/** Removes what somebody wrote in a room. */
export async function removeAllOf(
  tx: Tx,
  { liveId, userId: authorId }: { liveId: Id; userId: Id },
): Promise<void> {
  for (let sweep = 0; sweep < sweepsMax; sweep++) {
    const ids = await store.removeOf(tx, { liveId, authorId, limit: sweepMax })
    if (ids.length === 0) return
    await publishRemoved(tx, liveId, ids)
  }
}

async function publishRemoved(tx: Tx, liveId: Id, commentIds: Id[]): Promise<void> {
  await publish(tx, commentsRemoved, { liveId, commentIds })
  if (await store.unpin(tx, liveId, commentIds)) await publish(tx, boardChanged, { liveId })
}
