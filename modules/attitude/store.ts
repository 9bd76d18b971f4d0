import type { Attitude } from '@kaibo/contract/show/attitude'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { sql } from 'kysely'
import type { Mark } from './rules.ts'

export type Owner = { readonly liveId: Id; readonly userId: Id }
export type Totals = { readonly upCount: number; readonly downCount: number }

const columns = [
  sql<Attitude | null>`mark`.as('mark'),
  sql<Attitude | null>`side`.as('side'),
  'is_flipped as isFlipped',
] as const

/** The mark of one person, who changes it alone until the transaction ends; made when there is none. */
export const lockMark = (tx: Tx, { liveId, userId }: Owner): Promise<Mark> =>
  tx
    .insertInto('attitude_mark')
    .values({ live_id: liveId, user_id: userId })
    .onConflict(conflict =>
      conflict.columns(['live_id', 'user_id']).doUpdateSet({ user_id: userId }),
    )
    .returning(columns)
    .executeTakeFirstOrThrow()

export const markOf = (db: Db, { liveId, userId }: Owner): Promise<Mark | undefined> =>
  db
    .selectFrom('attitude_mark')
    .select(columns)
    .where('live_id', '=', liveId)
    .where('user_id', '=', userId)
    .executeTakeFirst()

export async function setMark(
  tx: Tx,
  { liveId, userId }: Owner,
  { mark, side, isFlipped }: Mark,
): Promise<void> {
  await tx
    .updateTable('attitude_mark')
    .set({ mark, side, is_flipped: isFlipped })
    .where('live_id', '=', liveId)
    .where('user_id', '=', userId)
    .execute()
}

/** Moves the totals of a room and answers with them; the first mark of all only adds. */
export async function addToTotals(
  tx: Tx,
  liveId: Id,
  { up, down }: { up: number; down: number },
): Promise<Totals> {
  const { rows } = await sql<Totals>`
    insert into attitude_total as total (live_id, up_count, down_count)
    values (${liveId}, greatest(${up}::int, 0), greatest(${down}::int, 0))
    on conflict (live_id) do update set
      up_count = total.up_count + ${up}::int, down_count = total.down_count + ${down}::int
    returning up_count as "upCount", down_count as "downCount"`.execute(tx)
  return must(rows[0], 'an upserted row')
}

export async function totalsOf(db: Db, liveId: Id): Promise<Totals> {
  const row = await db
    .selectFrom('attitude_total')
    .select(['up_count as upCount', 'down_count as downCount'])
    .where('live_id', '=', liveId)
    .executeTakeFirst()
  return row ?? { upCount: 0, downCount: 0 }
}
