import {
  lowBelowDefault,
  type MovementReason,
  type StockDay,
  type StockFilter,
} from '@kaibo/contract/goods/stock'
import type { Db } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import { shelfId } from './rules.ts'

export type ListRow = {
  skuId: Id
  productId: Id
  onHand: number
  reserved: number
  available: number
  lowBelow: number
}

export type ListQuery = {
  shopId: Id
  filter: StockFilter
  /** Only these; undefined = all. */
  skuIds: readonly Id[] | undefined
}

/** The stock of a shop SKU by SKU, all pools together; available is the shelf's. */
const levels = (db: Db, { shopId, filter, skuIds }: ListQuery) => {
  let query = db
    .selectFrom(from =>
      from
        .selectFrom('stock_level as level')
        .leftJoin('stock_threshold as threshold', 'threshold.sku_id', 'level.sku_id')
        .where('shop_id', '=', shopId)
        .groupBy(['level.sku_id', 'level.product_id', 'threshold.low_below'])
        .select([
          'level.sku_id as skuId',
          'level.product_id as productId',
          sql<number>`sum(on_hand)::int`.as('onHand'),
          sql<number>`sum(reserved)::int`.as('reserved'),
          sql<number>`coalesce(sum(on_hand - reserved) filter (where pool_id = ${shelfId}), 0)::int`.as(
            'available',
          ),
          sql<number>`coalesce(threshold.low_below, ${lowBelowDefault})`.as('lowBelow'),
        ])
        .as('sku'),
    )
    .select(['skuId', 'productId', 'onHand', 'reserved', 'available', 'lowBelow'])
  if (skuIds) query = query.where('skuId', 'in', [...skuIds, shelfId])
  if (filter === 'sold_out') query = query.where('available', '<=', 0)
  if (filter === 'low') query = query.whereRef('available', '<', 'lowBelow')
  return query
}

/** One page of a shop's stock, the fewest available first. */
export const pageOfLevels = (db: Db, q: ListQuery, page: PageQuery): Promise<Page<ListRow>> =>
  pageBy(
    levels(db, q),
    [
      ['available', 'asc'],
      ['skuId', 'asc'],
    ],
    page,
  )

/** The first rows of the same, for a sheet. */
export const firstLevels = (db: Db, q: ListQuery, limit: number): Promise<ListRow[]> =>
  levels(db, q).orderBy('productId').orderBy('skuId').limit(limit).execute()

/** SKUs that a shop keeps stock of. */
export async function skuIdsOfShop(
  db: Db,
  { shopId, limit }: { shopId: Id; limit: number },
): Promise<Id[]> {
  const { rows } = await sql<{ skuId: Id }>`
    select sku_id as "skuId" from stock_level
    where shop_id = ${shopId} and pool_id = ${shelfId} order by sku_id limit ${limit}`.execute(db)
  return rows.map(row => row.skuId)
}

export type MovementRow = {
  id: Id
  skuId: Id
  poolId: Id | null
  reason: MovementReason
  onHandDelta: number
  reservedDelta: number
  onHandAfter: number
  reservedAfter: number
  orderId: Id | null
  documentId: Id
  actorId: Id | null
  note: string
  at: Date
}

/** Movements of a SKU, newest first. */
export function pageOfMovements(db: Db, skuId: Id, page: PageQuery): Promise<Page<MovementRow>> {
  const query = db
    .selectFrom('stock_movement')
    .where('sku_id', '=', skuId)
    .select(from => [
      'id',
      'sku_id as skuId',
      sql<Id | null>`nullif(pool_id, ${shelfId})`.as('poolId'),
      from.ref('reason').$castTo<MovementReason>().as('reason'),
      'on_hand_delta as onHandDelta',
      'reserved_delta as reservedDelta',
      'on_hand_after as onHandAfter',
      'reserved_after as reservedAfter',
      sql<Id | null>`case when reason in ('hold', 'release', 'ship') then cause_id end`.as(
        'orderId',
      ),
      'cause_id as documentId',
      'actor_id as actorId',
      'note',
      'at',
    ])
  return pageBy(query, [['sequence', 'desc']], page)
}

/** Where days begin and end. */
const timeZone = 'Asia/Shanghai'

/**
 * What came in, went out and was sold on each of the last days, of one SKU or of a whole shop. Moves
 * between shelf and activities sum to nothing and are left out.
 */
export async function trendOf(
  db: Db,
  { shopId, skuId, days }: { shopId: Id; skuId?: Id | undefined; days: number },
): Promise<StockDay[]> {
  const { rows } = await sql<StockDay>`
    with sku as (
      select distinct sku_id from stock_level
      where shop_id = ${shopId} and (${skuId ?? null}::uuid is null or sku_id = ${skuId ?? null})
    ), change as (
      select (at at time zone ${timeZone})::date as day, reason, on_hand_delta as delta
      from stock_movement join sku using (sku_id)
      where reason not in ('allot', 'return') and on_hand_delta <> 0
    ), day as (
      select generate_series(today - ${days - 1}::int, today, interval '1 day')::date as day
      from (select (now() at time zone ${timeZone})::date as today) clock
    ), summed as (
      select day,
        coalesce(sum(delta) filter (where delta > 0), 0)::int as "inCount",
        coalesce(-sum(delta) filter (where delta < 0 and reason <> 'ship'), 0)::int as "outCount",
        coalesce(-sum(delta) filter (where reason = 'ship'), 0)::int as "soldCount",
        coalesce(sum(delta), 0)::int as net
      from change group by day
    ), before as (
      select coalesce(sum(net), 0)::int as "onHand" from summed
      where day < (select min(day) from day)
    )
    select to_char(day.day, 'YYYY-MM-DD') as day, coalesce("inCount", 0) as "inCount",
      coalesce("outCount", 0) as "outCount", coalesce("soldCount", 0) as "soldCount",
      ((select "onHand" from before) + sum(coalesce(net, 0)) over (order by day.day))::int as "onHand"
    from day left join summed on summed.day = day.day
    order by day.day`.execute(db)
  return rows
}
