import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { MediaEvent } from '../provider.ts'

/** Compare-and-set of the instant up to which a stream's events are known. */
export async function isNews(
  tx: Tx,
  { streamId, at }: Pick<MediaEvent, 'streamId' | 'at'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('live_session')
    .set({ told_at: at })
    .where('id', '=', streamId)
    .where(eb => eb.or([eb('told_at', 'is', null), eb('told_at', '<=', sql<Date>`${at}`)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Vendors list a stream some time after they told of it. */
const settleSec = 30

/** Streams of which a vendor told a moment ago: its list of streams may not know yet. */
export async function justTold(db: Db): Promise<ReadonlySet<Id>> {
  const rows = await db
    .selectFrom('live_session')
    .select('id')
    .where('told_at', '>', sql<Date>`now() - make_interval(secs => ${settleSec})`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
