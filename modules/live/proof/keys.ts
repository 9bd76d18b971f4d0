import type { Ladder } from '@kaibo/contract/show/live-life'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Stage } from '../needs.ts'

/** The open session that a key is for. */
export const openByKey = (
  db: Db,
  keyHash: Buffer,
): Promise<(Stage & { id: Id; ladder: Ladder }) | undefined> =>
  db
    .selectFrom('live_session')
    .select(['id', 'shop_id as shopId', 'host_id as hostId', sql<Ladder>`ladder`.as('ladder')])
    .where('key_hash', '=', keyHash)
    .where('state', '<>', 'ended')
    .executeTakeFirst()

/** The session that a shop has open, for a key that it had before: of an earlier session, or renewed. */
export const openByOldKey = async (db: Db, keyHash: Buffer): Promise<Id | undefined> =>
  (
    await db
      .selectFrom('live_session as was')
      .innerJoin('live_session as open', 'open.shop_id', 'was.shop_id')
      .select('open.id')
      .where(eb => eb.or([eb('was.key_hash', '=', keyHash), eb('was.old_key_hash', '=', keyHash)]))
      .where('open.state', '<>', 'ended')
      .limit(1)
      .executeTakeFirst()
  )?.id

/** The hash of an open session's stream key. */
export const keyHashOf = async (db: Db, id: Id): Promise<Buffer | undefined> =>
  (
    await db
      .selectFrom('live_session')
      .select('key_hash as keyHash')
      .where('id', '=', id)
      .where('state', '<>', 'ended')
      .executeTakeFirst()
  )?.keyHash

/** Gives an open session another key; false when there is none. */
export async function setKey(
  tx: Tx,
  id: Id,
  { keyHash, cutDue }: { keyHash: Buffer; cutDue: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('live_session')
    .set({ old_key_hash: sql<Buffer>`key_hash`, key_hash: keyHash, cut_due: cutDue })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const cutsMax = 100

/** Sessions whose publisher has still to be cut. */
export async function cutDue(db: Db): Promise<Id[]> {
  const rows = await db
    .selectFrom('live_session')
    .select('id')
    .where('cut_due', '=', true)
    .limit(cutsMax)
    .execute()
  return rows.map(row => row.id)
}

export async function setCut(tx: Tx, id: Id): Promise<void> {
  await tx.updateTable('live_session').set({ cut_due: false }).where('id', '=', id).execute()
}
