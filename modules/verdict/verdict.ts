import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { BanSubject, PatrolReason, VerdictKind } from '@kaibo/contract/media/patrol-life'
import { type Ban, type Verdict, verdictGiven } from '@kaibo/contract/media/verdict'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { AppError } from '@kaibo/kernel/fail'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { LiveFacts, Stage } from '@kaibo/modules/live'
import { gather } from './evidence.ts'
import type { VerdictNeeds } from './needs.ts'
import * as bans from './store/ban.ts'
import * as store from './store/verdict.ts'
import { banViews, verdictViews } from './views.ts'

type Decision = {
  liveId: Id
  verdictId: Id
  kind: VerdictKind
  reason: PatrolReason
  note: string
  pictureId: Id | null
  subjects: readonly BanSubject[]
  days: number | null
}

/**
 * Warns the host, cuts the room, or bans its shop or host; an ended room can still lead to a ban. The
 * same call again changes nothing. Throws `verdict.not_on_air`, `verdict.not_found`.
 */
export async function judge(
  needs: VerdictNeeds,
  actor: Actor,
  decision: Decision,
): Promise<Verdict> {
  requirePermission(actor, 'platform.manage')
  const { userId: byId } = requireUser(actor)
  const { db } = needs.database
  const room = await needs.live.facts(db, decision.liveId)
  if (!room) throw fail('verdict.not_found')
  const known = await store.byId(db, decision.verdictId)
  if (!known) await decide(needs, room, { ...decision, byId })
  return ownVerdict(needs, decision)
}

/** Somebody else's id opens nothing. */
async function ownVerdict(needs: VerdictNeeds, { verdictId, liveId, kind }: Decision) {
  const { db } = needs.database
  const row = await store.byId(db, verdictId)
  if (row?.liveId !== liveId || row.kind !== kind) throw fail('verdict.not_found')
  return must((await verdictViews(needs, db, [row]))[0], 'one row gives one view')
}

/** What the reviewer of pictures found, and in which one. */
export type Block = { liveId: Id; pictureId: Id; reason: PatrolReason; label: string }

/** A block by the reviewer of pictures: the room is cut. One that is over for good is left alone. */
export async function cutByReviewer(needs: VerdictNeeds, block: Block): Promise<void> {
  const { liveId, pictureId, reason, label } = block
  const room = await needs.live.facts(needs.database.db, liveId)
  if (!room) return
  const verdictId = newId()
  const decision = { liveId, verdictId, kind: 'cut', reason, note: '', pictureId } as const
  try {
    await decide(needs, room, { ...decision, subjects: [], days: null, byId: null })
  } catch (error) {
    if (error instanceof AppError && error.code === 'verdict.not_on_air') return
    throw error
  }
  await needs.audit.record({
    actor: { kind: 'system' },
    action: 'verdict.cut_by_reviewer',
    subject: `${room.shopId}/${liveId}`,
    detail: { shopId: room.shopId, verdictId, reason, label },
    ip: '',
    requestId: verdictId,
  })
}

type Decided = Decision & { byId: Id | null }

/** Keeps evidence and verdict and ends what has to end, together; then cuts the streams. */
async function decide(needs: VerdictNeeds, room: LiveFacts, decided: Decided): Promise<void> {
  const { database, evidenceDays, live } = needs
  const { frames, context } = await gather(needs, room, decided.pictureId)
  const { verdictId: id, liveId, kind, reason, note, byId } = decided
  const { shopId, hostId } = room
  const endedIds = await database.tx(async tx => {
    const verdict = { id, liveId, shopId, hostId, kind, reason, note, byId }
    if (!(await store.insert(tx, { ...verdict, context, keepDays: evidenceDays }))) return []
    const ended = await endRooms(needs, tx, { room, decided })
    await store.insertFrames(tx, id, frames)
    for (const subject of kind === 'ban' ? subjectsOf(decided) : []) {
      const subjectId = subject === 'shop' ? shopId : hostId
      await bans.insert(tx, { verdictId: id, subject, subjectId, reason, days: decided.days })
    }
    await publish(tx, verdictGiven, { verdictId: id, shopId, liveId, byId })
    return ended
  })
  await live.cutStopped(endedIds)
}

/** A ban of nobody would be none. */
const subjectsOf = ({ subjects }: Decision): readonly BanSubject[] =>
  subjects.length > 0 ? subjects : ['shop']

/** Ends what the verdict ends. Throws `verdict.not_on_air` when there is nothing to warn or to cut. */
async function endRooms(
  { live }: VerdictNeeds,
  tx: Tx,
  { room, decided }: { room: LiveFacts; decided: Decided },
): Promise<Id[]> {
  const { kind, reason } = decided
  const isOver = (await live.facts(tx, room.id))?.state === 'ended'
  if (isOver && kind === 'warn') throw fail('verdict.not_on_air')
  if (kind === 'warn') return []
  const ended = await live.stop(tx, { of: 'session', id: room.id }, reason)
  if (kind === 'cut' && ended.length === 0) throw fail('verdict.not_on_air')
  for (const of of kind === 'ban' ? subjectsOf(decided) : []) {
    const id = of === 'shop' ? room.shopId : room.hostId
    ended.push(...(await live.stop(tx, { of, id }, reason)))
  }
  return ended
}

/** Verdicts, newest first. */
export async function list(
  needs: VerdictNeeds,
  actor: Actor,
  query: { shopId?: Id | undefined } & PageQuery,
): Promise<Page<Verdict>> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const { items, next } = await store.page(db, query)
  return { items: await verdictViews(needs, db, items), next }
}

/** Bans, newest first: those that hold, or all. */
export async function listBans(
  needs: VerdictNeeds,
  actor: Actor,
  { isActive, ...query }: { isActive: boolean } & PageQuery,
): Promise<Page<Ban>> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const { items, next } = await bans.page(db, { onlyActive: isActive, ...query })
  return { items: await banViews(needs, db, items), next }
}

/** Takes a ban back: from now on they may go live again. Throws `verdict.not_found`. */
export async function lift(needs: VerdictNeeds, actor: Actor, id: Id): Promise<Ban> {
  requirePermission(actor, 'platform.manage')
  const { userId: byId } = requireUser(actor)
  const ban = await needs.database.tx(tx => bans.lift(tx, { id, byId }))
  if (!ban) throw fail('verdict.not_found')
  return must((await banViews(needs, needs.database.db, [ban]))[0], 'one row gives one view')
}

/** The ban that keeps a shop or a host from going live; null when there is none. */
export const banOf = async (
  db: Db,
  { shopId, hostId }: Stage,
): Promise<{ reason: PatrolReason; until: Date | null } | null> =>
  (await bans.longestOf(db, [shopId, hostId])) ?? null
