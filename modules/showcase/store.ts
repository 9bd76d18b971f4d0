import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type BagRow = {
  shopId: Id
  productIds: Id[]
  version: number
  explaining: Id | null
  /** When the explanation that runs began. */
  since: Date | null
}

/** The bag and what is being explained, read together; undefined while nobody touched it. */
export const bagOf = (db: Db, liveId: Id): Promise<BagRow | undefined> =>
  db
    .selectFrom('showcase_bag as bag')
    .leftJoin('showcase_explain as explain', join =>
      join.onRef('explain.live_id', '=', 'bag.live_id').on('explain.ended_at', 'is', null),
    )
    .select([
      'bag.shop_id as shopId',
      'bag.product_ids as productIds',
      'bag.version',
      'explain.product_id as explaining',
      'explain.started_at as since',
    ])
    .where('bag.live_id', '=', liveId)
    .executeTakeFirst()

/** Makes a bag for the room if it has none. */
export async function ensureBag(tx: Tx, bag: { liveId: Id; shopId: Id }): Promise<void> {
  await tx
    .insertInto('showcase_bag')
    .values({ live_id: bag.liveId, shop_id: bag.shopId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Locks the bag of a room: whoever changes it or what is explained queues up here. */
export async function lockBag(tx: Tx, liveId: Id): Promise<void> {
  await tx
    .selectFrom('showcase_bag')
    .select('live_id')
    .where('live_id', '=', liveId)
    .forUpdate()
    .execute()
}

export async function setProducts(tx: Tx, liveId: Id, productIds: readonly Id[]): Promise<void> {
  await tx
    .updateTable('showcase_bag')
    .set({ product_ids: [...productIds] })
    .where('live_id', '=', liveId)
    .execute()
}

/** Counts a change; the new version. */
export async function nextVersion(tx: Tx, liveId: Id): Promise<number> {
  const { version } = await tx
    .updateTable('showcase_bag')
    .set({ version: sql<number>`version + 1` })
    .where('live_id', '=', liveId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function startExplain(tx: Tx, liveId: Id, productId: Id): Promise<void> {
  await tx
    .insertInto('showcase_explain')
    .values({ id: newId(), live_id: liveId, product_id: productId })
    .execute()
}

/** Ends the explanation that runs, if one does: now, or when the session ended. */
export async function endExplain(tx: Tx, liveId: Id, endedAt: Date | null = null): Promise<void> {
  await tx
    .updateTable('showcase_explain')
    .set({
      ended_at: sql<Date>`greatest(coalesce(${endedAt}::timestamptz, clock_timestamp()), started_at)`,
    })
    .where('live_id', '=', liveId)
    .where('ended_at', 'is', null)
    .execute()
}

export type ExplainRow = { productId: Id; startedAt: Date; endedAt: Date | null }

/** Explanations of one session, at most. */
const explainsMax = 1_000

/** Explanations of a session, in order. */
export const explains = (db: Db, liveId: Id): Promise<ExplainRow[]> =>
  db
    .selectFrom('showcase_explain')
    .select(['product_id as productId', 'started_at as startedAt', 'ended_at as endedAt'])
    .where('live_id', '=', liveId)
    .orderBy('started_at')
    .limit(explainsMax)
    .execute()
