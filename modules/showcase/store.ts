import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type BagRow = { product_ids: Id[]; version: number }
export type ExplainRow = { product_id: Id; started_at: Date; ended_at: Date | null }

export const bagOf = (db: Db, liveId: Id): Promise<BagRow | undefined> =>
  db
    .selectFrom('showcase_bag')
    .select(['product_ids', 'version'])
    .where('live_id', '=', liveId)
    .executeTakeFirst()

export const currentExplain = (db: Db, liveId: Id): Promise<ExplainRow | undefined> =>
  db
    .selectFrom('showcase_explain')
    .select(['product_id', 'started_at', 'ended_at'])
    .where('live_id', '=', liveId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

export const explains = (db: Db, liveId: Id): Promise<ExplainRow[]> =>
  db
    .selectFrom('showcase_explain')
    .select(['product_id', 'started_at', 'ended_at'])
    .where('live_id', '=', liveId)
    .orderBy('started_at')
    .limit(1_000)
    .execute()

/** Makes the bag's row when it is missing and locks it: changes of one bag queue up here. */
export async function lockBag(tx: Tx, bag: { liveId: Id; shopId: Id }): Promise<BagRow> {
  await tx
    .insertInto('showcase_bag')
    .values({ live_id: bag.liveId, shop_id: bag.shopId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('showcase_bag')
    .select(['product_ids', 'version'])
    .where('live_id', '=', bag.liveId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export const setProducts = (tx: Tx, liveId: Id, productIds: readonly Id[]) =>
  tx
    .updateTable('showcase_bag')
    .set({ product_ids: [...productIds], version: sql<number>`version + 1` })
    .where('live_id', '=', liveId)
    .execute()

export const touchBag = (tx: Tx, liveId: Id) =>
  tx
    .updateTable('showcase_bag')
    .set({ version: sql<number>`version + 1` })
    .where('live_id', '=', liveId)
    .execute()

export const endExplain = (tx: Tx, liveId: Id) =>
  tx
    .updateTable('showcase_explain')
    .set({ ended_at: sql<Date>`greatest(clock_timestamp(), started_at)` })
    .where('live_id', '=', liveId)
    .where('ended_at', 'is', null)
    .execute()

export const startExplain = (tx: Tx, liveId: Id, productId: Id) =>
  tx
    .insertInto('showcase_explain')
    .values({ id: newId(), live_id: liveId, product_id: productId })
    .execute()
