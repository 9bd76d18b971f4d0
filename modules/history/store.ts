import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

type Item = { userId: Id; productId: Id }

/** Notes that a person looked at a product now, and forgets all but the latest `keepMax`. */
export async function record(
  tx: Tx,
  { userId, productId, keepMax }: Item & { keepMax: number },
): Promise<void> {
  await sql`
    insert into history_item (user_id, product_id) values (${userId}, ${productId})
    on conflict (user_id, product_id) do update set viewed_at = clock_timestamp()`.execute(tx)
  await sql`
    delete from history_item where user_id = ${userId} and product_id in (
      select product_id from history_item where user_id = ${userId}
      order by viewed_at desc, product_id offset ${keepMax})`.execute(tx)
}

export async function itemsOf(
  db: Db,
  userId: Id,
  limit: number,
): Promise<{ productId: Id; viewedAt: Date }[]> {
  return db
    .selectFrom('history_item')
    .select(['product_id as productId', 'viewed_at as viewedAt'])
    .where('user_id', '=', userId)
    .orderBy('viewed_at', 'desc')
    .orderBy('product_id')
    .limit(limit)
    .execute()
}

export async function forget(tx: Tx, { userId, productId }: Item): Promise<void> {
  await tx
    .deleteFrom('history_item')
    .where('user_id', '=', userId)
    .where('product_id', '=', productId)
    .execute()
}

export async function clear(tx: Tx, userId: Id): Promise<void> {
  await tx.deleteFrom('history_item').where('user_id', '=', userId).execute()
}
