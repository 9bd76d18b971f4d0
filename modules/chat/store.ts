import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'

export type CommentRow = {
  id: Id
  liveId: Id
  authorId: Id
  isHost: boolean
  text: string
  createdAt: Date
}

const columns = [
  'id',
  'live_id as liveId',
  'author_id as authorId',
  'is_host as isHost',
  'text',
  'created_at as createdAt',
] as const

export type NewComment = {
  commentId: Id
  liveId: Id
  authorId: Id
  isHost: boolean
  text: string
}

/** Inserts a comment; undefined when its id exists. */
export const insert = (tx: Tx, comment: NewComment): Promise<CommentRow | undefined> =>
  tx
    .insertInto('chat_comment')
    .values({
      id: comment.commentId,
      live_id: comment.liveId,
      author_id: comment.authorId,
      is_host: comment.isHost,
      text: comment.text,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning(columns)
    .executeTakeFirst()

export const byId = (db: Db, id: Id): Promise<CommentRow | undefined> =>
  db.selectFrom('chat_comment').select(columns).where('id', '=', id).executeTakeFirst()

/** The newest comments of a room, oldest of them first. */
export async function newest(db: Db, liveId: Id, limit: number): Promise<CommentRow[]> {
  const rows = await db
    .selectFrom('chat_comment')
    .select(columns)
    .where('live_id', '=', liveId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

export async function countOf(db: Db, liveId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('chat_comment')
    .select(from => from.fn.countAll<number>().as('count'))
    .where('live_id', '=', liveId)
    .executeTakeFirstOrThrow()
  return count
}
