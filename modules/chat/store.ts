import type { ChatSettings, CommentState, RoomRole } from '@kaibo/contract/show/chat'
import type { Db, Tx } from '@kaibo/db/database'
import { type Id, syntheticFrom } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { type Recent, recentMax, roomDefaults } from './rules.ts'

export type CommentRow = {
  id: Id
  liveId: Id
  authorId: Id
  role: RoomRole
  kind: 'comment' | 'question'
  text: string
  /** As others may read it; null = as it was written. */
  maskedText: string | null
  replyToId: Id | null
  rootId: Id | null
  mentionIds: Id[]
  isAnswered: boolean
  state: CommentState
  isBlocked: boolean
  words: string[]
  createdAt: Date
}

const columns = [
  'id',
  'live_id as liveId',
  'author_id as authorId',
  sql<RoomRole>`role`.as('role'),
  sql<CommentRow['kind']>`kind`.as('kind'),
  'text',
  'masked_text as maskedText',
  'reply_to_id as replyToId',
  'root_id as rootId',
  'mention_ids as mentionIds',
  'is_answered as isAnswered',
  sql<CommentState>`state`.as('state'),
  'is_blocked as isBlocked',
  'words',
  'created_at as createdAt',
] as const

/** Comments as rows, for the queries of this module. */
export const comments = (db: Db) => db.selectFrom('chat_comment').select(columns)

export type NewComment = Omit<CommentRow, 'isAnswered' | 'createdAt'>

/** Inserts a comment; undefined when its id exists. */
export const insert = (tx: Tx, comment: NewComment): Promise<CommentRow | undefined> =>
  tx
    .insertInto('chat_comment')
    .values({
      id: comment.id,
      live_id: comment.liveId,
      author_id: comment.authorId,
      role: comment.role,
      kind: comment.kind,
      text: comment.text,
      masked_text: comment.maskedText,
      reply_to_id: comment.replyToId,
      root_id: comment.rootId,
      mention_ids: comment.mentionIds,
      state: comment.state,
      is_blocked: comment.isBlocked,
      words: comment.words,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning(columns)
    .executeTakeFirst()

export const byId = (db: Db, id: Id): Promise<CommentRow | undefined> =>
  comments(db).where('id', '=', id).executeTakeFirst()

export const byIds = async (db: Db, ids: readonly Id[]): Promise<CommentRow[]> =>
  ids.length === 0 ? [] : comments(db).where('id', '=', sql<Id>`any(${ids}::uuid[])`).execute()

/** A comment of a room that everybody sees. */
export const shownById = (
  db: Db,
  { liveId, commentId }: { liveId: Id; commentId: Id },
): Promise<CommentRow | undefined> =>
  comments(db)
    .where('id', '=', commentId)
    .where('live_id', '=', liveId)
    .where('state', '=', 'shown')
    .executeTakeFirst()

/** The newest comments of a room that everybody sees, oldest of them first. */
export async function newest(db: Db, liveId: Id, limit: number): Promise<CommentRow[]> {
  const rows = await comments(db)
    .where('live_id', '=', liveId)
    .where('state', '=', 'shown')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

/** What was written last in a room, seen by others or not, newest first. */
export const lastOf = (
  db: Db,
  liveId: Id,
  limit: number,
): Promise<Pick<CommentRow, 'authorId' | 'text' | 'createdAt'>[]> =>
  db
    .selectFrom('chat_comment')
    .select(['author_id as authorId', 'text', 'created_at as createdAt'])
    .where('live_id', '=', liveId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

/** Comments of a stretch of time, oldest first; what others do not see only `withHidden`. */
export const between = (
  db: Db,
  q: { liveId: Id; from: Date; to: Date; limit: number; withHidden: boolean },
): Promise<CommentRow[]> =>
  comments(db)
    .where('live_id', '=', q.liveId)
    .where('created_at', '>=', q.from)
    .where('created_at', '<', q.to)
    .$if(!q.withHidden, query => query.where('state', '=', 'shown'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(q.limit)
    .execute()

type Author = { liveId: Id; authorId: Id }

/** What an author wrote in a room last, newest first, and what the database's clock says. */
export async function recentOf(
  db: Db,
  { liveId, authorId }: Author,
): Promise<{ recent: Recent[]; now: Date }> {
  const recent = await db
    .selectFrom('chat_comment')
    .select(['id', 'text', 'created_at as createdAt', sql<Date>`clock_timestamp()`.as('now')])
    .where('live_id', '=', liveId)
    .where('author_id', '=', authorId)
    .orderBy('created_at', 'desc')
    .limit(recentMax)
    .execute()
  return { recent, now: recent[0]?.now ?? new Date(0) }
}

/** An author's newest comments in a room that others do not see. */
export const unseenOf = (
  db: Db,
  { liveId, authorId, limit }: Author & { limit: number },
): Promise<CommentRow[]> =>
  comments(db)
    .where('live_id', '=', liveId)
    .where('author_id', '=', authorId)
    .where('state', '<>', 'shown')
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

export async function countOf(db: Db, liveId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('chat_comment')
    .select(from => from.fn.countAll<number>().as('count'))
    .where('live_id', '=', liveId)
    .where('state', '=', 'shown')
    .where('author_id', '<', syntheticFrom)
    .executeTakeFirstOrThrow()
  return count
}

/** How many answers each of these threads has. */
export async function replyCounts(db: Db, rootIds: readonly Id[]): Promise<Map<Id, number>> {
  const { rows } = await sql<{ rootId: Id; count: number }>`
    select root_id as "rootId", count(*)::int as count from chat_comment
    where root_id = any(${rootIds}::uuid[]) and state = 'shown' group by root_id`.execute(db)
  return new Map(rows.map(row => [row.rootId, row.count]))
}

/** Longer queues are told as this long. */
const queueMax = 999

/** What waits in a room: held comments and open questions. */
export async function queueCounts(
  db: Db,
  liveId: Id,
): Promise<{ heldCount: number; questionCount: number }> {
  const { rows } = await sql<{ heldCount: number; questionCount: number }>`
    select
      (select count(*)::int from (
         select from chat_comment
         where live_id = ${liveId} and state = 'held' and not is_blocked limit ${queueMax}) held)
        as "heldCount",
      (select count(*)::int from (
         select from chat_comment
         where live_id = ${liveId} and kind = 'question' and state = 'shown' and not is_answered
         limit ${queueMax}) asked)
        as "questionCount"`.execute(db)
  return rows[0] ?? { heldCount: 0, questionCount: 0 }
}

/** Shows or removes a comment; undefined when it is so already. One that is shown is shown as written. */
export const setState = (
  tx: Tx,
  { commentId, state }: { commentId: Id; state: 'shown' | 'removed' },
): Promise<CommentRow | undefined> =>
  tx
    .updateTable('chat_comment')
    .set({ state, is_blocked: false, ...(state === 'shown' ? { masked_text: null } : {}) })
    .where('id', '=', commentId)
    .where('state', '<>', state)
    .returning(columns)
    .executeTakeFirst()

/** Marks a question; undefined when it is marked so already. */
export const setAnswered = (
  tx: Tx,
  { commentId, isAnswered }: { commentId: Id; isAnswered: boolean },
): Promise<CommentRow | undefined> =>
  tx
    .updateTable('chat_comment')
    .set({ is_answered: isAnswered })
    .where('id', '=', commentId)
    .where('is_answered', '<>', isAnswered)
    .returning(columns)
    .executeTakeFirst()

/** Removes up to `limit` comments of an author in a room; returns those that were there. */
export async function removeOf(
  tx: Tx,
  { liveId, authorId, limit }: Author & { limit: number },
): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    update chat_comment set state = 'removed'
    where id in (
      select id from chat_comment
      where live_id = ${liveId} and author_id = ${authorId} and state <> 'removed'
      order by created_at desc limit ${limit})
    returning id`.execute(tx)
  return rows.map(row => row.id)
}

export type RoomRow = ChatSettings & { pinnedId: Id | null; announcement: string | null }

const roomColumns = [
  'slow_mode_sec as slowModeSec',
  'is_followers_only as isFollowersOnly',
  'takes_questions as takesQuestions',
  'pinned_id as pinnedId',
  'announcement',
] as const

export async function roomOf(db: Db, liveId: Id): Promise<RoomRow> {
  const row = await db
    .selectFrom('chat_room')
    .select(roomColumns)
    .where('live_id', '=', liveId)
    .executeTakeFirst()
  return row ?? { ...roomDefaults, pinnedId: null, announcement: null }
}

/** Changes what is given. */
export async function changeRoom(tx: Tx, liveId: Id, change: Partial<RoomRow>): Promise<void> {
  const { slowModeSec, isFollowersOnly, takesQuestions, pinnedId, announcement } = change
  const columns = {
    ...(slowModeSec === undefined ? {} : { slow_mode_sec: slowModeSec }),
    ...(isFollowersOnly === undefined ? {} : { is_followers_only: isFollowersOnly }),
    ...(takesQuestions === undefined ? {} : { takes_questions: takesQuestions }),
    ...(pinnedId === undefined ? {} : { pinned_id: pinnedId }),
    ...(announcement === undefined ? {} : { announcement }),
  }
  await tx
    .insertInto('chat_room')
    .values({ live_id: liveId, ...columns })
    .onConflict(conflict => conflict.column('live_id').doUpdateSet({ live_id: liveId, ...columns }))
    .execute()
}

/** Takes comments off the top of their room; whether one was there. */
export async function unpin(tx: Tx, liveId: Id, commentIds: readonly Id[]): Promise<boolean> {
  const { rows } = await sql`
    update chat_room set pinned_id = null
    where live_id = ${liveId} and pinned_id = any(${commentIds}::uuid[])
    returning live_id`.execute(tx)
  return rows.length > 0
}
