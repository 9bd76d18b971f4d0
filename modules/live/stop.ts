import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { advance } from './life.ts'
import type { LiveNeeds } from './needs.ts'

/** One session, or whatever a shop or a host has open. */
export type WhichSessions = { readonly of: 'session' | 'shop' | 'host'; readonly id: Id }

const columnOf = { session: 'id', shop: 'shop_id', host: 'host_id' } as const

/** Ends open sessions by order of the platform, and keeps why; returns those that were open. */
export async function stop(tx: Tx, which: WhichSessions, reason: PatrolReason): Promise<Id[]> {
  const ids = await setStopReason(tx, which, reason)
  await advance(tx, ids, 'end')
  return ids
}

/** Cuts the streams of sessions that were ended; `reconcile` cuts those that this cannot reach. */
export async function cutStopped(
  { provider }: Pick<LiveNeeds, 'provider'>,
  ids: readonly Id[],
): Promise<void> {
  await Promise.all(ids.map(id => provider.end(id).catch(() => {})))
}

/** Keeps why open sessions end; answers with them. */
async function setStopReason(tx: Tx, which: WhichSessions, reason: PatrolReason): Promise<Id[]> {
  const rows = await tx
    .updateTable('live_session')
    .set({ stop_reason: reason })
    .where('state', '<>', 'ended')
    .where(columnOf[which.of], '=', which.id)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
