import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import { reopenSec } from '@kaibo/contract/show/live-life'
import type { Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { advance, tell } from './life.ts'
import type { LiveNeeds } from './needs.ts'
import * as store from './store.ts'

/** One session, or whatever a shop or a host has open. */
export type WhichSessions = { readonly of: 'session' | 'shop' | 'host'; readonly id: Id }

const columnOf = { session: 'id', shop: 'shop_id', host: 'host_id' } as const

/**
 * Ends sessions by order of the platform, and keeps why; returns those. One that its host could still go
 * on with counts as open: an end a moment before the order helps nobody.
 */
export async function stop(tx: Tx, which: WhichSessions, reason: PatrolReason): Promise<Id[]> {
  const ids = await setStopReason(tx, which, reason)
  const moved = new Set((await advance(tx, ids, 'end')).map(({ id }) => id))
  for (const session of await store.byIds(tx, ids))
    if (!moved.has(session.id)) await tell(tx, session)
  return ids
}

/** Cuts the streams of sessions that were ended; `reconcile` cuts those that this cannot reach. */
export async function cutStopped(
  needs: Pick<LiveNeeds, 'database' | 'provider'>,
  ids: readonly Id[],
): Promise<void> {
  await Promise.all(ids.map(id => endStream(needs, id).catch(() => {})))
}

/** Ends the stream of a session; where that overtook its reopening, it may be published again. */
export async function endStream(
  { database, provider }: Pick<LiveNeeds, 'database' | 'provider'>,
  id: Id,
): Promise<void> {
  await provider.end(id)
  const state = (await store.byId(database.db, id))?.state ?? 'ended'
  if (state !== 'ended') await provider.reopen?.(id)
}

/** Keeps why open sessions end; answers with them. */
async function setStopReason(tx: Tx, which: WhichSessions, reason: PatrolReason): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    update live_session set stop_reason = ${reason}
    where ${sql.ref(columnOf[which.of])} = ${which.id} and stop_reason is null
      and (state <> 'ended' or ${which.of === 'session'} and started_at is not null
        and ended_at > now() - make_interval(secs => ${reopenSec}))
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}
