import type { StockTakeState } from '@kaibo/contract/goods/stocktake'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type TakeRow = {
  id: Id
  shopId: Id
  title: string
  state: StockTakeState
  createdAt: Date
  closedAt: Date | null
  countedCount: number
  differentCount: number
  moreCount: number
  fewerCount: number
}
export type CountRow = { skuId: Id; counted: number; onHandThen: number; countedAt: Date }

const summed = (expression: string) =>
  sql<number>`(select ${sql.raw(expression)} from stocktake_count where take_id = stocktake_take.id)`

const takes = (db: Db) =>
  db
    .selectFrom('stocktake_take')
    .select(from => [
      'id',
      'shop_id as shopId',
      'title',
      from.ref('state').$castTo<StockTakeState>().as('state'),
      'created_at as createdAt',
      'closed_at as closedAt',
      summed('count(*)').as('countedCount'),
      summed('count(*) filter (where counted <> on_hand_then)').as('differentCount'),
      summed('coalesce(sum(greatest(counted - on_hand_then, 0)), 0)').as('moreCount'),
      summed('coalesce(sum(greatest(on_hand_then - counted, 0)), 0)').as('fewerCount'),
    ])

/** Takes of a shop, the newest first. */
export function pageOfTakes(db: Db, shopId: Id, page: PageQuery): Promise<Page<TakeRow>> {
  const newestFirst = [
    ['created_at', 'desc'],
    ['id', 'desc'],
  ] as const
  return pageBy(takes(db).where('shop_id', '=', shopId), newestFirst, page)
}

export const takeById = (db: Db, id: Id): Promise<TakeRow | undefined> =>
  takes(db).where('id', '=', id).executeTakeFirst()

/** Opens a take; one of this id stays as it is. */
export async function insertTake(
  tx: Tx,
  take: { id: Id; shopId: Id; title: string; createdBy: Id | null },
): Promise<void> {
  await sql`
    insert into stocktake_take (id, shop_id, title, created_by)
    values (${take.id}, ${take.shopId}, ${take.title}, ${take.createdBy})
    on conflict do nothing`.execute(tx)
}

/** Locks a take until the transaction ends, so that it is not closed while somebody counts. */
export async function lockTake(
  tx: Tx,
  id: Id,
): Promise<{ shopId: Id; state: StockTakeState; title: string } | undefined> {
  const { rows } = await sql<{ shopId: Id; state: StockTakeState; title: string }>`
    select shop_id as "shopId", state, title from stocktake_take
    where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function closeTake(
  tx: Tx,
  { id, state }: { id: Id; state: 'applied' | 'cancelled' },
): Promise<void> {
  await sql`update stocktake_take set state = ${state}, closed_at = now()
            where id = ${id} and state = 'open'`.execute(tx)
}

/** Writes counts; one of the same SKU is replaced. */
export async function putCounts(
  tx: Tx,
  q: {
    takeId: Id
    by: Id | null
    counts: readonly { skuId: Id; counted: number; onHandThen: number }[]
  },
): Promise<void> {
  await sql`
    insert into stocktake_count (take_id, sku_id, counted, on_hand_then, counted_by)
    select ${q.takeId}, sku_id, counted, on_hand_then, ${q.by} from unnest(
      ${q.counts.map(count => count.skuId)}::uuid[],
      ${q.counts.map(count => count.counted)}::int[],
      ${q.counts.map(count => count.onHandThen)}::int[]
    ) as told (sku_id, counted, on_hand_then)
    on conflict (take_id, sku_id) do update set counted = excluded.counted,
      on_hand_then = excluded.on_hand_then, counted_by = excluded.counted_by,
      counted_at = now()`.execute(tx)
}

export async function removeCount(tx: Tx, q: { takeId: Id; skuId: Id }): Promise<void> {
  await sql`delete from stocktake_count
            where take_id = ${q.takeId} and sku_id = ${q.skuId}`.execute(tx)
}

const counts = (db: Db, takeId: Id) =>
  db
    .selectFrom('stocktake_count')
    .where('take_id', '=', takeId)
    .select(['sku_id as skuId', 'counted', 'on_hand_then as onHandThen', 'counted_at as countedAt'])

/** Counts of a take, the latest first. */
export function pageOfCounts(db: Db, takeId: Id, page: PageQuery): Promise<Page<CountRow>> {
  const latestFirst = [
    ['counted_at', 'desc'],
    ['sku_id', 'desc'],
  ] as const
  return pageBy(counts(db, takeId), latestFirst, page)
}

export const countOf = (db: Db, takeId: Id, skuId: Id): Promise<CountRow | undefined> =>
  counts(db, takeId).where('sku_id', '=', skuId).executeTakeFirst()

export const allCounts = (db: Db, takeId: Id): Promise<CountRow[]> => counts(db, takeId).execute()
