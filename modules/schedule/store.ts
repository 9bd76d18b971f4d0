import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type Due = { productId: Id; state: 'on_shelf' | 'off_shelf' }

/** False when a time is past, or the end is not after the beginning. */
export async function putTimes(
  tx: Tx,
  q: { productId: Id; shelveAt: string | null; unshelveAt: string | null },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into schedule_time (product_id, shelve_at, unshelve_at)
    select ${q.productId}::uuid, shelve_at, unshelve_at
    from (values (${q.shelveAt}::timestamptz, ${q.unshelveAt}::timestamptz))
      as asked (shelve_at, unshelve_at)
    where coalesce(shelve_at > now(), true)
      and coalesce(unshelve_at > coalesce(shelve_at, now()), true)
    on conflict (product_id) do update set
      shelve_at = excluded.shelve_at, unshelve_at = excluded.unshelve_at, problem = null
    returning product_id as id`.execute(tx)
  return rows.length > 0
}

export const timesOf = (db: Db, productId: Id) =>
  db
    .selectFrom('schedule_time')
    .select(['shelve_at as shelveAt', 'unshelve_at as unshelveAt', 'problem'])
    .where('product_id', '=', productId)
    .executeTakeFirst()

/** A product whose time has come, locked; other workers take other ones. */
export async function lockDue(tx: Tx): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    select product_id as "productId",
      case when unshelve_at <= now() then 'off_shelf' else 'on_shelf' end as state
    from schedule_time where shelve_at <= now() or unshelve_at <= now()
    limit 1 for update skip locked`.execute(tx)
  return rows[0]
}

/** Forgets the times that are past, and keeps what stood in the way. */
export async function settleDue(
  tx: Tx,
  { productId, problem }: { productId: Id; problem: string | null },
): Promise<void> {
  await sql`
    update schedule_time set problem = ${problem},
      shelve_at = case when shelve_at > now() then shelve_at end,
      unshelve_at = case when unshelve_at > now() then unshelve_at end
    where product_id = ${productId}`.execute(tx)
}
