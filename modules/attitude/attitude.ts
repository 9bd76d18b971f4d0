import { requirePermission, requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Attitude, AttitudeView } from '@kaibo/contract/show/attitude'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Live, LiveFacts } from '@kaibo/modules/live'
import { changeOf, decideMark, type Mark, noMark } from './rules.ts'
import * as store from './store.ts'

export type AttitudeNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts'>
  /** Shows the new totals: the room its approval, the shop both. */
  say(room: Pick<LiveFacts, 'id' | 'shopId'>, totals: store.Totals): void
}

/** What viewers see, and what the actor said. Throws `live.not_found`. */
export async function view(
  { database: { db }, live }: AttitudeNeeds,
  actor: Actor,
  liveId: Id,
): Promise<AttitudeView> {
  if (!(await live.facts(db, liveId))) throw fail('live.not_found')
  const mark =
    actor.kind === 'user' ? await store.markOf(db, { liveId, userId: actor.userId }) : undefined
  return viewOf(mark ?? noMark, await store.totalsOf(db, liveId))
}

/**
 * Says, changes or takes back what the actor thinks; the same again changes nothing. Throws
 * `live.not_found`, `live.ended`, `attitude.flipped`.
 */
export async function set(
  { database, live, say }: AttitudeNeeds,
  actor: Actor,
  { liveId, attitude }: { liveId: Id; attitude: Attitude | null },
): Promise<AttitudeView> {
  requirePermission(actor, 'account.self')
  const owner = { liveId, userId: requireUser(actor).userId }
  const room = await live.facts(database.db, liveId)
  if (!room) throw fail('live.not_found')
  if (room.state === 'ended') throw fail('live.ended')
  const { after, change, totals } = await database.tx(async tx => {
    const before = await store.lockMark(tx, owner)
    const after = decideMark(before, attitude)
    const change = changeOf(before, after)
    await store.setMark(tx, owner, after)
    return { after, change, totals: await store.addToTotals(tx, liveId, change) }
  })
  if (change.up !== 0 || change.down !== 0) say(room, totals)
  return viewOf(after, totals)
}

/** Both totals, for the people of the shop. Throws `live.not_found`. */
export async function totals(
  { database: { db }, live }: AttitudeNeeds,
  actor: Actor,
  { shopId, id }: { shopId: Id; id: Id },
): Promise<store.Totals> {
  requireShop(actor, 'room.assist', shopId)
  if ((await live.facts(db, id))?.shopId !== shopId) throw fail('live.not_found')
  return store.totalsOf(db, id)
}

const viewOf = ({ mark, isFlipped }: Mark, { upCount }: store.Totals): AttitudeView => ({
  mine: mark,
  mayFlip: !isFlipped,
  upCount,
})
