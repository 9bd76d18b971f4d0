import type { Id } from '@kaibo/kernel/ids'
import type { ChatNeeds } from './needs.ts'
import { queueCounts } from './store.ts'

/** Tells the desk how many questions and held comments wait, after something came or went. */
export async function tellQueues(
  { database, tellDesk }: Pick<ChatNeeds, 'database' | 'tellDesk'>,
  { shopId, liveId }: { shopId: Id; liveId: Id },
): Promise<void> {
  const counts = await queueCounts(database.db, liveId)
  tellDesk({ t: 'desk.queues', shopId, liveId, ...counts })
}
