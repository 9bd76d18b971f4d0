import type { FlashSaleChannel } from '@kaibo/contract/offer/flashsale'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { OfferUse } from '@kaibo/modules/price'
import { sql } from 'kysely'

export type OfferRow = {
  id: Id
  saleId: Id
  shopId: Id
  title: string
  channel: FlashSaleChannel
  liveId: Id | null
  skuId: Id
  priceFen: Fen
  perPersonMax: number | null
}

/** Items of these SKUs in sales that run now, by the database's clock. */
export async function runningItems(db: Db, skuIds: readonly Id[]): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`
    select item.id, sale.id as "saleId", shop_id as "shopId", title, channel, live_id as "liveId",
      sku_id as "skuId", price_fen as "priceFen", per_person_max as "perPersonMax"
    from flashsale_item item join flashsale_activity sale on sale.id = item.activity_id
    where sku_id = any(${skuIds}::uuid[]) and state = 'running'
      and starts_at <= now() and now() < ends_at`.execute(db)
  return rows
}

/**
 * Of these items, those whose sale runs now; it cannot end before the transaction does. Sales are
 * locked in id order, and shared, so that orders do not wait for each other.
 */
export async function holdRunning(tx: Tx, itemIds: readonly Id[]): Promise<Set<Id>> {
  const { rows: open } = await sql<{ id: Id }>`
    select id from flashsale_activity
    where id in (select activity_id from flashsale_item where id = any(${itemIds}::uuid[]))
      and state = 'running' and starts_at <= now() and now() < ends_at
    order by id for share`.execute(tx)
  const { rows } = await sql<{ id: Id }>`
    select id from flashsale_item
    where id = any(${itemIds}::uuid[])
      and activity_id = any(${open.map(sale => sale.id)}::uuid[])`.execute(tx)
  return new Set(rows.map(row => row.id))
}

export async function insertUses(tx: Tx, uses: readonly OfferUse[]): Promise<void> {
  await sql`
    insert into flashsale_use (order_id, item_id, quantity)
    select * from unnest(
      ${uses.map(use => use.orderId)}::uuid[],
      ${uses.map(use => use.offerId)}::uuid[],
      ${uses.map(use => use.quantity)}::int[])
    -- An order that was refused after all may be placed again under its id.
    on conflict (order_id, item_id) do update
    set quantity = excluded.quantity, is_released = false`.execute(tx)
}

export async function releaseUses(tx: Tx, orderIds: readonly Id[]): Promise<void> {
  await sql`update flashsale_use set is_released = true
            where order_id = any(${orderIds}::uuid[]) and not is_released`.execute(tx)
}
