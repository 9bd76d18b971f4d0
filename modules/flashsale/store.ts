import type {
  FlashSaleChannel,
  FlashSalePlan,
  FlashSaleState,
} from '@kaibo/contract/offer/flashsale'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import { type SaleEvent, saleLife } from './rules.ts'

export type SaleRow = {
  id: Id
  shopId: Id
  title: string
  channel: FlashSaleChannel
  liveId: Id | null
  startsAt: Date
  endsAt: Date
  state: FlashSaleState
  isShort: boolean
  createdAt: Date
  endedAt: Date | null
  now: Date
}

export type ItemRow = {
  id: Id
  saleId: Id
  skuId: Id
  productId: Id
  priceFen: Fen
  quota: number
  perPersonMax: number | null
}

const sales = (db: Db) =>
  db
    .selectFrom('flashsale_activity')
    .select([
      'id',
      'shop_id as shopId',
      'title',
      sql<FlashSaleChannel>`channel`.as('channel'),
      'live_id as liveId',
      'starts_at as startsAt',
      'ends_at as endsAt',
      sql<FlashSaleState>`state`.as('state'),
      'is_short as isShort',
      'created_at as createdAt',
      'ended_at as endedAt',
      sql<Date>`now()`.as('now'),
    ])

export const saleById = (db: Db, id: Id): Promise<SaleRow | undefined> =>
  sales(db).where('id', '=', id).executeTakeFirst()

/** The sale, which nobody else changes until the transaction ends. */
export const lockSale = (tx: Tx, id: Id): Promise<SaleRow | undefined> =>
  sales(tx).where('id', '=', id).forUpdate().executeTakeFirst()

/** Sales of a shop, newest first. */
export function pageOfSales(
  db: Db,
  { shopId, state, q, ...page }: { shopId: Id; state?: FlashSaleState; q?: string } & PageQuery,
): Promise<Page<SaleRow>> {
  const query = sales(db)
    .where('shop_id', '=', shopId)
    .$if(state !== undefined, each => each.where('state', '=', state ?? ''))
    .$if(Boolean(q), each => each.where(sql<boolean>`strpos(lower(title), lower(${q})) > 0`))
  return pageBy(
    query,
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )
}

/** Where a public page looks from: anywhere, a shop, or a room of it. */
export type Place = { shopId: Id | null; liveId: Id | null }

/** Sales that run or begin within `comingSec`, those that run first. */
export const showingSales = (
  db: Db,
  { shopId, liveId, comingSec, limit }: Place & { comingSec: number; limit: number },
): Promise<SaleRow[]> =>
  sales(db)
    .where('state', 'in', ['scheduled', 'running'])
    .where(sql<boolean>`ends_at > now()`)
    .where(sql<boolean>`starts_at < now() + make_interval(secs => ${comingSec})`)
    .where(sql<boolean>`(${shopId}::uuid is null or shop_id = ${shopId}::uuid)`)
    .where(
      sql<boolean>`(channel = 'everywhere' or ${liveId}::uuid is not null
        and coalesce(live_id, ${liveId}::uuid) = ${liveId}::uuid)`,
    )
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .execute()

export async function itemsOfSales(db: Db, saleIds: readonly Id[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select id, activity_id as "saleId", sku_id as "skuId", product_id as "productId",
      price_fen as "priceFen", quota, per_person_max as "perPersonMax"
    from flashsale_item where activity_id = any(${saleIds}::uuid[])
    order by activity_id, position`.execute(db)
  return rows
}

export type Totals = { orderCount: number; soldCount: number }

/** What orders took that did not close; a sale without any is missing. */
export async function totalsBySale(db: Db, saleIds: readonly Id[]): Promise<Map<Id, Totals>> {
  const { rows } = await sql<{ saleId: Id } & Totals>`
    select activity_id as "saleId", count(distinct order_id) as "orderCount",
      sum(quantity)::bigint as "soldCount"
    from flashsale_use used join flashsale_item item on item.id = used.item_id
    where activity_id = any(${saleIds}::uuid[]) and not is_released
    group by activity_id`.execute(db)
  return new Map(rows.map(row => [row.saleId, row]))
}

/** Plans of one shop are made one after the other, so that each sees those before it. */
export async function lockPlans(tx: Tx, shopId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('flashsale ' || ${shopId}, 0))`.execute(
    tx,
  )
}

/** SKUs of a sale that are in another one at the same time; behind {@link lockPlans}. */
export async function overlapping(tx: Tx, saleId: Id): Promise<Id[]> {
  const { rows } = await sql<{ skuId: Id }>`
    select distinct theirs.sku_id as "skuId"
    from flashsale_activity sale
    join flashsale_item item on item.activity_id = sale.id
    join flashsale_item theirs on theirs.sku_id = item.sku_id and theirs.activity_id <> sale.id
    join flashsale_activity other on other.id = theirs.activity_id
    where sale.id = ${saleId} and other.state in ('scheduled', 'running')
      and other.starts_at < sale.ends_at and sale.starts_at < other.ends_at`.execute(tx)
  return rows.map(row => row.skuId)
}

type Planned = FlashSalePlan & { id: Id; shopId: Id }

const planColumns = (plan: FlashSalePlan) => ({
  title: plan.title,
  channel: plan.channel,
  live_id: plan.liveId,
  starts_at: plan.startsAt,
  ends_at: plan.endsAt,
})

/** Makes a sale without items; false when its id is taken. */
export async function insertSale(tx: Tx, plan: Planned): Promise<boolean> {
  const made = await tx
    .insertInto('flashsale_activity')
    .values({ id: plan.id, shop_id: plan.shopId, ...planColumns(plan) })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** Plans a sale anew that has not started; false when it has. */
export async function replanSale(tx: Tx, plan: Planned): Promise<boolean> {
  const changed = await tx
    .updateTable('flashsale_activity')
    .set({ ...planColumns(plan), is_short: false })
    .where('id', '=', plan.id)
    .where('state', '=', 'scheduled')
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Sets what a sale sells; nobody has bought of it yet. */
export async function setItems(
  tx: Tx,
  { id, items }: Pick<Planned, 'id' | 'items'>,
  productOf: ReadonlyMap<Id, Id>,
): Promise<void> {
  await tx.deleteFrom('flashsale_item').where('activity_id', '=', id).execute()
  await tx
    .insertInto('flashsale_item')
    .values(
      items.map((item, position) => ({
        id: newId(),
        activity_id: id,
        position,
        sku_id: item.skuId,
        product_id: productOf.get(item.skuId) ?? item.skuId,
        price_fen: item.priceFen,
        quota: item.quota,
        per_person_max: item.perPersonMax,
      })),
    )
    .execute()
}

/** Raises a quota. */
export async function setQuota(
  tx: Tx,
  { saleId, skuId, quota }: { saleId: Id; skuId: Id; quota: number },
): Promise<void> {
  await tx
    .updateTable('flashsale_item')
    .set({ quota })
    .where('activity_id', '=', saleId)
    .where('sku_id', '=', skuId)
    .execute()
}

/** Begins a sale now that was to begin later. */
export async function beginNow(tx: Tx, id: Id): Promise<void> {
  await tx
    .updateTable('flashsale_activity')
    .set({ starts_at: sql<Date>`least(starts_at, now())` })
    .where('id', '=', id)
    .execute()
}

/** Moves a sale along its life where it allows: compare and set; false when it does not. */
export async function moveSale(tx: Tx, id: Id, event: SaleEvent): Promise<boolean> {
  const moved = await tx
    .updateTable('flashsale_activity')
    .set({ state: saleLife.target(event), is_short: false })
    .$if(event !== 'start', each => each.set({ ended_at: sql<Date>`now()` }))
    .where('id', '=', id)
    .where('state', 'in', saleLife.sources(event))
    .returning('id')
    .executeTakeFirst()
  return moved !== undefined
}

/** Marks a sale that cannot start because the shelf has too few. */
export async function markShort(tx: Tx, id: Id): Promise<void> {
  await sql`update flashsale_activity set is_short = true
            where id = ${id} and state = 'scheduled' and not is_short`.execute(tx)
}

export type Due = { id: Id; event: SaleEvent }

/** What has to happen to sales by the database's clock; quotas are moved `leadSec` before the start. */
export async function dueSales(
  db: Db,
  { leadSec, limit }: { leadSec: number; limit: number },
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id, case when state = 'running' then 'end'
      when ends_at <= now() then 'cancel' else 'start' end as event
    from flashsale_activity
    where state = 'running' and ends_at <= now()
      or state = 'scheduled' and starts_at <= now() + make_interval(secs => ${leadSec})
    order by is_short, starts_at limit ${limit}`.execute(db)
  return rows
}

/** Sales of one room that are not over. */
export async function openSalesOfRoom(
  db: Db,
  liveId: Id,
): Promise<{ id: Id; state: FlashSaleState }[]> {
  const { rows } = await sql<{ id: Id; state: FlashSaleState }>`
    select id, state from flashsale_activity
    where live_id = ${liveId} and state in ('scheduled', 'running')`.execute(db)
  return rows
}

/** Lets a running sale end in `graceSec` at the latest; false when it does so already. */
export async function endWithin(tx: Tx, id: Id, graceSec: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update flashsale_activity set ends_at = now() + make_interval(secs => ${graceSec})
    where id = ${id} and state = 'running'
      and ends_at > now() + make_interval(secs => ${graceSec})`.execute(tx)
  return numAffectedRows === 1n
}
