import { liveMoved } from '@kaibo/contract/show/live'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import * as store from './store.ts'

/** Moves sessions where their life allows and tells everybody; the others stay as they are. */
export async function advance(
  tx: Tx,
  ids: readonly Id[],
  event: store.LiveEvent,
): Promise<store.SessionRow[]> {
  const moved = await store.move(tx, ids, event)
  for (const session of moved) await tell(tx, session)
  return moved
}

/** Tells that a session moved or looks different. */
export const tell = (tx: Tx, session: store.SessionRow): Promise<void> => {
  const { id: liveId, shopId, state, stopReason } = session
  return publish(tx, liveMoved, { liveId, shopId, state, isStopped: stopReason !== null })
}
