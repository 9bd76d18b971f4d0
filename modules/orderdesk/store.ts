import type { OrderSource, OrderState } from '@kaibo/contract/trade/order'
import type { OrderFilter, OrderToday, SourceReport } from '@kaibo/contract/trade/orderdesk'
import type { Db } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, syntheticFrom } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { type Fen, sumFen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** Everything here only reads, and reads tables of `order`; its face does the writing. */

export type ShopFilter = { shopId: Id } & OrderFilter

const like = (part: string) => part.replaceAll(/[\\%_]/g, sign => `\\${sign}`)

/** The orders of a shop that a filter is about. */
function filtered(db: Db, f: ShopFilter) {
  let query = db.selectFrom('order_header').where('shop_id', '=', f.shopId)
  if (f.state !== undefined) query = query.where('state', '=', f.state)
  if (f.number !== undefined) query = query.where('number', 'like', `${like(f.number)}%`)
  if (f.from !== undefined) query = query.where('created_at', '>=', new Date(f.from))
  if (f.before !== undefined) query = query.where('created_at', '<', new Date(f.before))
  if (f.sourceKind !== undefined) query = query.where('source_kind', '=', f.sourceKind)
  if (f.sourceId !== undefined) query = query.where('source_id', '=', f.sourceId)
  if (f.amountMinFen !== undefined) query = query.where('payable_fen', '>=', f.amountMinFen)
  if (f.amountMaxFen !== undefined) query = query.where('payable_fen', '<=', f.amountMaxFen)
  if (f.isPaid !== undefined) query = query.where('paid_at', f.isPaid ? 'is not' : 'is', null)
  if (f.flag !== undefined) query = query.where('merchant_flag', '=', f.flag)
  if (f.hasNote !== undefined)
    query = query.where(sql<boolean>`(note <> '' or merchant_note <> '') = ${f.hasNote}::boolean`)
  if (f.productId !== undefined)
    query = query.where(sql<boolean>`exists (select from order_line
      where order_id = order_header.id and product_id = ${f.productId})`)
  if (f.title !== undefined)
    query = query.where(sql<boolean>`exists (select from order_line
      where order_id = order_header.id and title ilike ${`%${like(f.title)}%`})`)
  return query
}

/** Ids of orders, newest first. */
export const pageOfIds = (db: Db, filter: ShopFilter, page: PageQuery): Promise<Page<{ id: Id }>> =>
  pageBy(
    filtered(db, filter).select('id'),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )

/** The first ids of a filter, newest first. */
export const firstIds = async (db: Db, filter: ShopFilter, limit: number): Promise<Id[]> => {
  const rows = await filtered(db, filter)
    .select('id')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

/** How many orders of a filter are in each state. */
export const countsOf = (
  db: Db,
  filter: ShopFilter,
): Promise<{ state: OrderState; count: number }[]> =>
  filtered(db, filter)
    .select([sql<OrderState>`state`.as('state'), sql<number>`count(*)`.as('count')])
    .groupBy('state')
    .execute()

/** The day of the shops. */
const dayStart = sql`date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'`
const lateHours = 24
/** What has no receiver is delivered by itself or used in the shop. */
const waitsForParcel = sql`state in ('paid', 'part_shipped') and receiver_sealed is not null`

export async function today(db: Db, shopId: Id): Promise<OrderToday> {
  const { rows } = await sql<OrderToday>`
    select count(*) filter (where ${waitsForParcel}) as "toShipCount",
      count(*) filter (where ${waitsForParcel}
        and paid_at < now() - make_interval(hours => ${lateHours})) as "lateCount",
      count(*) filter (where state = 'pending') as "unpaidCount",
      count(*) filter (where paid_at >= ${dayStart}) as "soldCount",
      coalesce(sum(payable_fen) filter (where paid_at >= ${dayStart}), 0)::bigint as "soldFen",
      count(*) filter (where paid_at is not null and closed_at >= ${dayStart}) as "refundCount",
      coalesce(sum(payable_fen) filter (where paid_at is not null and closed_at >= ${dayStart}), 0)
        ::bigint as "refundFen"
    from order_header
    where shop_id = ${shopId} and buyer_id < ${syntheticFrom}
      and (state in ('pending', 'paid', 'part_shipped') or paid_at >= ${dayStart}
        or closed_at >= ${dayStart})`.execute(db)
  return must(rows[0], 'an aggregate has one row')
}

/** Sources told one by one; smaller ones of a kind are told together. */
const sourcesMax = 500

type SourceRow = {
  kind: OrderSource['kind']
  id: Id | null
  orderCount: number
  paidFen: Fen
  refundedFen: Fen
}

/** Orders that were paid in a time, by source, the greatest first. */
export async function salesBySource(
  db: Db,
  { shopId, from, before }: { shopId: Id; from?: string; before?: string },
): Promise<SourceReport> {
  const { rows } = await sql<SourceRow>`
    with sold as (
      select source_kind as kind, source_id as id, count(*) as orders, sum(payable_fen) as paid,
        coalesce(sum(payable_fen) filter (where state = 'closed'), 0) as refunded,
        row_number() over (order by sum(payable_fen) desc) as place
      from order_header
      where shop_id = ${shopId} and paid_at is not null and buyer_id < ${syntheticFrom}
        and paid_at >= coalesce(${from ?? null}::timestamptz, '-infinity')
        and paid_at < coalesce(${before ?? null}::timestamptz, 'infinity')
      group by source_kind, source_id
    )
    select kind, case when place <= ${sourcesMax} then id end as id,
      sum(orders)::bigint as "orderCount", sum(paid)::bigint as "paidFen",
      sum(refunded)::bigint as "refundedFen"
    from sold group by 1, 2 order by sum(paid) desc, 1, 2`.execute(db)
  return {
    items: rows,
    orderCount: rows.reduce((sum, row) => sum + row.orderCount, 0),
    paidFen: sumFen(rows.map(row => row.paidFen)),
    refundedFen: sumFen(rows.map(row => row.refundedFen)),
  }
}
