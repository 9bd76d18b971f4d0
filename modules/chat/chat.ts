import { type Comment, historyMax } from '@kaibo/contract/chat'
import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import { type Actor, permissions, type UserActor } from '@kaibo/contract/core/permissions'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { shopsFor } from '@kaibo/kernel/policy'
import type { Account } from '@kaibo/modules/account'
import type { Live } from '@kaibo/modules/live'
import { decideComment, oneLine } from './rules.ts'
import * as store from './store.ts'

export type ChatNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts'>
  readonly account: Pick<Account, 'peopleByIds'>
  /** Shows a stored comment to the room; lossy, never awaited. */
  readonly say: (said: { liveId: Id; authorId: Id; comment: Comment }) => void
  /** Whether this person may write again already; asking counts. */
  readonly mayWrite: (userId: Id) => boolean
}

/** The newest comments of a room, oldest of them first. Throws `live.not_found`. */
export async function history(needs: ChatNeeds, liveId: Id): Promise<{ items: Comment[] }> {
  const { db } = needs.database
  if (!(await needs.live.facts(db, liveId))) throw fail('live.not_found')
  return { items: await viewsOf(needs, await store.newest(db, liveId, historyMax)) }
}

type NewComment = { liveId: Id; commentId: Id; text: string }

/**
 * Stores a comment, then tells the room: what the room saw is always in the history. The same
 * comment again answers alike and is told once. Throws `live.not_found`, `live.ended`,
 * `chat.blank`, `chat.too_fast`.
 */
export async function send(
  needs: ChatNeeds,
  actor: Actor,
  { liveId, commentId, text }: NewComment,
): Promise<Comment> {
  requirePermission(actor, 'chat.send')
  const author = requireUser(actor)
  const { database, live } = needs
  const sent = { liveId, commentId, authorId: author.userId }
  const known = await store.byId(database.db, commentId)
  if (known) return repeatOf(needs, known, sent)

  const room = await live.facts(database.db, liveId)
  decideComment({ text, room: room?.state })
  if (!needs.mayWrite(author.userId)) throw fail('chat.too_fast')
  const isHost = room !== null && speaksFor(author, room.shopId)
  const stored = await database.tx(tx => store.insert(tx, { ...sent, text: oneLine(text), isHost }))
  if (!stored) {
    const winner = must(await store.byId(database.db, commentId), 'the comment in the way')
    return repeatOf(needs, winner, sent)
  }
  const comment = await viewOf(needs, stored)
  needs.say({ liveId, authorId: author.userId, comment })
  return comment
}

/** The id of another comment answers like a room that is not there: nothing leaks. */
async function repeatOf(
  needs: ChatNeeds,
  known: store.CommentRow,
  sent: { liveId: Id; authorId: Id },
): Promise<Comment> {
  if (known.authorId !== sent.authorId || known.liveId !== sent.liveId) throw fail('live.not_found')
  return viewOf(needs, known)
}

/** Whether the author speaks for the room's shop. */
const speaksFor = (author: UserActor, shopId: Id): boolean =>
  shopsFor(permissions, author, 'live.host').includes(shopId)

async function viewsOf(
  { database, account }: ChatNeeds,
  rows: readonly store.CommentRow[],
): Promise<Comment[]> {
  const people = await account.peopleByIds(database.db, [...new Set(rows.map(row => row.authorId))])
  return rows.map(({ id, authorId, isHost, text, createdAt }) => ({
    id,
    author: people.get(authorId) ?? { id: authorId, nickname: '', avatarUrl: null },
    isHost,
    text,
    at: createdAt.toISOString(),
  }))
}

async function viewOf(needs: ChatNeeds, row: store.CommentRow): Promise<Comment> {
  const [comment] = await viewsOf(needs, [row])
  return must(comment, 'one row gives one view')
}
