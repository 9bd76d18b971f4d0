import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type HoldRow = {
  id: Id
  liveId: Id
  reason: string
  placedAt: Date
  placedBy: Id
  liftedAt: Date | null
  liftReason: string | null
}

const columns = [
  'id',
  'live_id as liveId',
  'reason',
  'placed_at as placedAt',
  'placed_by as placedBy',
  'lifted_at as liftedAt',
  'lift_reason as liftReason',
] as const

/** Holds of one recording, at most. */
const holdsMax = 200

/** Newest first, lifted ones too. */
export const holdsOf = (db: Db, liveId: Id): Promise<HoldRow[]> =>
  db
    .selectFrom('recording_hold')
    .select(columns)
    .where('live_id', '=', liveId)
    .orderBy('placed_at', 'desc')
    .limit(holdsMax)
    .execute()

export const holdById = (db: Db, id: Id): Promise<HoldRow | undefined> =>
  db.selectFrom('recording_hold').select(columns).where('id', '=', id).executeTakeFirst()

/** Places a hold; one that is there already stays as it is. */
export async function insertHold(
  tx: Tx,
  hold: Pick<HoldRow, 'id' | 'liveId' | 'reason' | 'placedBy'>,
): Promise<void> {
  await sql`insert into recording_hold (id, live_id, reason, placed_by)
    values (${hold.id}, ${hold.liveId}, ${hold.reason}, ${hold.placedBy})
    on conflict do nothing`.execute(tx)
  await countHolds(tx, hold.liveId)
}

async function countHolds(tx: Tx, liveId: Id): Promise<void> {
  await sql`update recording set hold_count = (select count(*) from recording_hold
    where live_id = ${liveId} and lifted_at is null) where live_id = ${liveId}`.execute(tx)
}

/** Lifts a hold that stands; undefined when none does. */
export async function liftHold(
  tx: Tx,
  { id, liftedBy, reason }: { id: Id; liftedBy: Id; reason: string },
): Promise<HoldRow | undefined> {
  const lifted = await tx
    .updateTable('recording_hold')
    .set({ lifted_at: sql<Date>`clock_timestamp()`, lifted_by: liftedBy, lift_reason: reason })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
  if (lifted) await countHolds(tx, lifted.liveId)
  return lifted
}
