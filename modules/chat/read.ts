import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type ChatBoard, type Comment, historyMax, type RoomRole } from '@kaibo/contract/show/chat'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { LiveFacts } from '@kaibo/modules/live'
import type { ChatNeeds } from './needs.ts'
import { roomRoleOf } from './rules.ts'
import * as store from './store.ts'
import { boardOf, viewOf, viewsOf } from './views.ts'

/** How many of their own comments that others do not see somebody is shown. */
const unseenMax = 20

export async function roomFacts({ database, live }: ChatNeeds, liveId: Id): Promise<LiveFacts> {
  const room = await live.facts(database.db, liveId)
  if (!room) throw fail('live.not_found')
  return room
}

/**
 * The newest comments of a room, oldest of them first, and what stands above them: alike for
 * everybody, so that many share one answer. Throws `live.not_found`.
 */
export async function history(
  needs: ChatNeeds,
  liveId: Id,
): Promise<{ items: Comment[]; board: ChatBoard }> {
  const { db } = needs.database
  await roomFacts(needs, liveId)
  const [rows, board] = await Promise.all([
    store.newest(db, liveId, historyMax),
    boardOf(needs, db, liveId),
  ])
  return { items: await viewsOf(needs, db, rows), board }
}

type Mine = { items: Comment[]; role: RoomRole; mute: { until: string | null } | null }

/** What only the actor sees of a room's chat. Throws `live.not_found`. */
export async function mine(needs: ChatNeeds, actor: Actor, liveId: Id): Promise<Mine> {
  requirePermission(actor, 'chat.send')
  const me = requireUser(actor)
  const { db } = needs.database
  const { shopId } = await roomFacts(needs, liveId)
  const [rows, mute] = await Promise.all([
    store.unseenOf(db, { liveId, authorId: me.userId, limit: unseenMax }),
    needs.moderation.muteOf(db, { shopId, userId: me.userId }),
  ])
  return {
    items: (await viewsOf(needs, db, rows)).reverse(),
    role: roomRoleOf(me, shopId),
    mute: mute && { until: mute.until?.toISOString() ?? null },
  }
}

/** First comments of threads, newest first, with the number of answers. Throws `live.not_found`. */
export async function threads(
  needs: ChatNeeds,
  { liveId, ...page }: { liveId: Id } & PageQuery,
): Promise<Page<{ comment: Comment; replyCount: number }>> {
  const { db } = needs.database
  await roomFacts(needs, liveId)
  const { items, next } = await pageBy(
    store
      .comments(db)
      .where('live_id', '=', liveId)
      .where('state', '=', 'shown')
      .where('root_id', 'is', null),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )
  const counts = await store.replyCounts(
    db,
    items.map(({ id }) => id),
  )
  const views = await viewsOf(needs, db, items)
  const withCount = (comment: Comment) => ({ comment, replyCount: counts.get(comment.id) ?? 0 })
  return { items: views.map(withCount), next }
}

type Thread = { root: Comment } & Page<Comment>

/** A thread from its first comment on, oldest first. Throws `live.not_found`, `chat.not_found`. */
export async function thread(
  needs: ChatNeeds,
  { liveId, commentId, ...page }: { liveId: Id; commentId: Id } & PageQuery,
): Promise<Thread> {
  const { db } = needs.database
  await roomFacts(needs, liveId)
  const asked = await store.shownById(db, { liveId, commentId })
  const rootId = asked?.rootId ?? commentId
  const root = asked?.rootId ? await store.shownById(db, { liveId, commentId: rootId }) : asked
  if (!root) throw fail('chat.not_found')
  const { items, next } = await pageBy(
    store.comments(db).where('root_id', '=', rootId).where('state', '=', 'shown'),
    [
      ['created_at', 'asc'],
      ['id', 'asc'],
    ],
    page,
  )
  return { root: await viewOf(needs, db, root), items: await viewsOf(needs, db, items), next }
}
