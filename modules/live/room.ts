import { fail } from '@kaibo/contract/fail'
import type { LiveCard, LiveRoom } from '@kaibo/contract/live'
import type { LiveCategory } from '@kaibo/contract/live-life'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveNeeds } from './needs.ts'
import * as store from './store.ts'
import { cardsOf, roomOf } from './views.ts'

/** Rooms in one answer of the feed. */
const feedMax = 60

/** Rooms that are on air, busiest first. */
export async function feed(
  needs: LiveNeeds,
  category: LiveCategory | undefined,
): Promise<{ items: LiveCard[] }> {
  const sessions = await store.onAir(needs.database.db, { category, limit: feedMax })
  return { items: await cardsOf(needs, sessions) }
}

/** A room as viewers see it who reached us at `host`. Throws `live.not_found`. */
export async function room(
  needs: LiveNeeds,
  { id, host }: { id: Id; host: string },
): Promise<LiveRoom> {
  const session = await store.byId(needs.database.db, id)
  if (!session) throw fail('live.not_found')
  return roomOf(needs, session, host)
}
