import type { Person } from '@kaibo/contract/people/account'
import type { ChatBoard, Comment } from '@kaibo/contract/show/chat'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { ChatNeeds } from './needs.ts'
import * as store from './store.ts'

type Company = { personOf(id: Id): Person; targets: ReadonlyMap<Id, store.CommentRow> }

/** Comments as their readers may see them: two queries for all of them. */
export async function viewsOf(
  needs: Pick<ChatNeeds, 'account'>,
  db: Db,
  rows: readonly store.CommentRow[],
): Promise<Comment[]> {
  const company = await companyOf(needs, db, rows)
  return rows.map(row => ({
    id: row.id,
    author: company.personOf(row.authorId),
    role: row.role,
    kind: row.kind,
    text: row.maskedText ?? row.text,
    replyTo: replyTo(row, company),
    mentions: row.mentionIds.map(company.personOf),
    isAnswered: row.isAnswered,
    state: row.state,
    at: row.createdAt.toISOString(),
  }))
}

/** A comment, and what its author really wrote. */
export type SaidThen = { comment: Comment; originalText: string }

/** What was written in a room in a stretch of time, oldest first. */
export async function saidIn(
  needs: Pick<ChatNeeds, 'account'>,
  db: Db,
  q: Parameters<typeof store.between>[1],
): Promise<SaidThen[]> {
  const rows = await store.between(db, q)
  const views = await viewsOf(needs, db, rows)
  return views.map((comment, at) => ({ comment, originalText: rows[at]?.text ?? comment.text }))
}

export async function viewOf(
  needs: Pick<ChatNeeds, 'account'>,
  db: Db,
  row: store.CommentRow,
): Promise<Comment> {
  const [comment] = await viewsOf(needs, db, [row])
  return must(comment, 'one row gives one view')
}

/** What stands above the chat of a room, alike for everybody. */
export async function boardOf(
  needs: Pick<ChatNeeds, 'account'>,
  db: Db,
  liveId: Id,
): Promise<ChatBoard> {
  const { pinnedId, announcement, ...settings } = await store.roomOf(db, liveId)
  const row = pinnedId && (await store.shownById(db, { liveId, commentId: pinnedId }))
  return { pinned: row ? await viewOf(needs, db, row) : null, announcement, settings }
}

/** Who wrote, was meant, and was answered to; somebody who is gone has no name. */
async function companyOf(
  { account }: Pick<ChatNeeds, 'account'>,
  db: Db,
  rows: readonly store.CommentRow[],
): Promise<Company> {
  const targetIds = rows.flatMap(({ replyToId }) => replyToId ?? [])
  const found = await store.byIds(db, [...new Set(targetIds)])
  const targets = new Map(found.map(row => [row.id, row]))
  const authorIds = [...rows, ...found].flatMap(row => [row.authorId, ...row.mentionIds])
  const people = await account.peopleByIds(db, [...new Set(authorIds)])
  return { targets, personOf: id => people.get(id) ?? { id, nickname: '', avatarUrl: null } }
}

function replyTo(
  { replyToId }: store.CommentRow,
  { targets, personOf }: Company,
): Comment['replyTo'] {
  const target = replyToId === null ? undefined : targets.get(replyToId)
  if (!target) return null
  const text = target.state === 'shown' ? (target.maskedText ?? target.text) : null
  return { id: target.id, author: personOf(target.authorId), text }
}
