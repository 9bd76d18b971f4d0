import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor, UserActor } from '@kaibo/contract/core/permissions'
import { type Comment, commentFlagged, type RoomRole } from '@kaibo/contract/show/chat'
import type { CheckedText } from '@kaibo/contract/show/wordlist'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { LiveFacts } from '@kaibo/modules/live'
import type { ChatNeeds } from './needs.ts'
import { tellQueues } from './queues.ts'
import { decideFlood, decideRoom, decideSettings, isBlank, oneLine, roomRoleOf } from './rules.ts'
import * as store from './store.ts'
import { viewOf } from './views.ts'

export type Draft = {
  liveId: Id
  commentId: Id
  text: string
  kind?: 'comment' | 'question'
  replyToId?: Id
  mentionIds?: readonly Id[]
}

/**
 * Stores a comment, then tells the room: what the room saw is always in the history. One with words
 * of the lists is masked or held: its author alone sees it. The same comment again answers alike and
 * is told once. Throws `live.not_found`, `live.ended`, and what `chatErrors` and a sanction refuse.
 */
export async function send(needs: ChatNeeds, actor: Actor, draft: Draft): Promise<Comment> {
  requirePermission(actor, 'chat.send')
  const author = requireUser(actor)
  const { database, live, clock } = needs
  const known = await store.byId(database.db, draft.commentId)
  if (known) return viewOf(needs, database.db, ownOnly(known, { ...draft, author }))

  const isReply = draft.replyToId !== undefined
  const facts = await live.facts(database.db, draft.liveId)
  const room = decideRoom(facts, { isReply, now: clock.now() })
  const text = oneLine(draft.text)
  if (isBlank(text)) throw fail('chat.blank')
  const role = roomRoleOf(author, room.shopId)
  if (role === 'none' && !needs.mayWrite(author.userId)) throw fail('chat.too_fast')
  const { row, isNew } = await database.tx(tx =>
    write(needs, tx, { ...draft, text, author, role, room }),
  )
  const comment = await viewOf(needs, database.db, row)
  if (isNew) await tell(needs, { row, comment, shopId: room.shopId })
  return comment
}

type Written = Draft & { author: UserActor; role: RoomRole; room: LiveFacts }

/** One comment of a person at a time, and none while they are judged. */
async function write(
  needs: ChatNeeds,
  tx: Tx,
  draft: Written,
): Promise<{ row: store.CommentRow; isNew: boolean }> {
  const { author, role, room, liveId, commentId: id, text, kind = 'comment' } = draft
  const { userId } = author
  await needs.moderation.requireVoice(tx, { shopId: room.shopId, liveId, userId })
  const { recent, now } = await store.recentOf(tx, { liveId, authorId: userId })
  if (!recent.some(each => each.id === id)) {
    if (role === 'none') {
      const settings = await store.roomOf(tx, liveId)
      const follow = { shopId: room.shopId, userId }
      const isFollower = !settings.isFollowersOnly || (await needs.isFollower(tx, follow))
      decideSettings(settings, { kind, recent, now, isFollower })
      decideFlood(text, { recent, now })
    }
    const parent = await parentOf(tx, draft)
    const judged = needs.wordlist.check({ text, scene: 'chat', shopId: room.shopId })
    const row = await store.insert(tx, {
      ...{ id, liveId, authorId: userId, role, kind, text },
      ...{ replyToId: parent?.id ?? null, rootId: parent ? (parent.rootId ?? parent.id) : null },
      mentionIds: await knownIds(needs, tx, draft.mentionIds ?? []),
      ...verdictOf(judged, { isStaff: role !== 'none' }),
    })
    if (row) {
      await flag(tx, { row, judged, shopId: room.shopId })
      return { row, isNew: true }
    }
  }
  const known = must(await store.byId(tx, id), 'the comment in the way')
  return { row: ownOnly(known, draft), isNew: false }
}

/** Words that are reviewed or blocked are told, whoever wrote them. */
async function flag(
  tx: Tx,
  { row, judged, shopId }: { row: store.CommentRow; judged: CheckedText; shopId: Id },
): Promise<void> {
  const { verdict, hits } = judged
  if (verdict !== 'review' && verdict !== 'block') return
  const words = hits.filter(({ tier }) => tier === verdict).map(({ word }) => word)
  const told = { words: [...new Set(words)], isBlocking: verdict === 'block' }
  await publish(tx, commentFlagged, { liveId: row.liveId, shopId, text: row.text, ...told })
}

/** The comment that is answered. Throws `chat.not_found` when nobody sees it any more. */
async function parentOf(tx: Tx, { liveId, replyToId }: Draft) {
  if (replyToId === undefined) return null
  const parent = await store.shownById(tx, { liveId, commentId: replyToId })
  if (!parent) throw fail('chat.not_found')
  return parent
}

/** Whoever is mentioned exists. */
async function knownIds({ account }: ChatNeeds, tx: Tx, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return []
  const people = await account.peopleByIds(tx, ids)
  return ids.filter(id => people.has(id))
}

/** What a comment becomes by its words. Nobody has to review those who review. */
function verdictOf(
  { verdict, masked, hits }: CheckedText,
  { isStaff }: { isStaff: boolean },
): Pick<store.NewComment, 'state' | 'isBlocked' | 'maskedText' | 'words'> {
  const isBlocked = verdict === 'block'
  const isHeld = isBlocked || (verdict === 'review' && !isStaff)
  return {
    state: isHeld ? 'held' : 'shown',
    isBlocked,
    maskedText: verdict === 'pass' ? null : masked,
    words: [...new Set(hits.map(({ word }) => word))],
  }
}

/** The id of another comment answers like a room that is not there: nothing leaks. */
function ownOnly(known: store.CommentRow, draft: Draft & { author: UserActor }): store.CommentRow {
  const isOwn = known.authorId === draft.author.userId && known.liveId === draft.liveId
  if (!isOwn) throw fail('live.not_found')
  return known
}

async function tell(
  needs: ChatNeeds,
  { row, comment, shopId }: { row: store.CommentRow; comment: Comment; shopId: Id },
): Promise<void> {
  const { liveId, authorId } = row
  if (row.state === 'shown')
    needs.say({ liveId, authorId, message: { t: 'chat.comment', comment } })
  if (row.kind === 'question' || row.state === 'held') await tellQueues(needs, { shopId, liveId })
}
