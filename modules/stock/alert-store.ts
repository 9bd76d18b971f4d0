import { lowBelowDefault } from '@kaibo/contract/goods/stock'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** What of a SKU can be ordered now. */
export type Available = { skuId: Id; productId: Id; shopId: Id; available: number }
export type AlertRow = {
  id: Id
  skuId: Id
  productId: Id
  shopId: Id
  available: number
  lowBelow: number
  at: Date
  restoredAt: Date | null
}

/**
 * Opens an alert where too few are left and none is open, and closes it where there are enough
 * again. Answers with those that are new.
 */
export async function moveAlerts(tx: Tx, levels: readonly Available[]): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    with level as (
      select told.*, coalesce(low_below, ${lowBelowDefault}) as low_below
      from unnest(
        ${levels.map(level => level.skuId)}::uuid[],
        ${levels.map(level => level.productId)}::uuid[],
        ${levels.map(level => level.shopId)}::uuid[],
        ${levels.map(level => level.available)}::int[]
      ) as told (sku_id, product_id, shop_id, available)
      left join stock_threshold using (sku_id)
    ), restored as (
      update stock_alert set restored_at = now() from level
      where stock_alert.sku_id = level.sku_id and restored_at is null
        and level.available >= level.low_below
    )
    insert into stock_alert (sku_id, product_id, shop_id, available, low_below)
    select sku_id, product_id, shop_id, available, low_below from level
    where available < low_below
    order by sku_id
    on conflict (sku_id) where restored_at is null do nothing
    returning id, sku_id as "skuId", product_id as "productId", shop_id as "shopId", available,
      low_below as "lowBelow", at, restored_at as "restoredAt"`.execute(tx)
  return rows
}

export async function putThreshold(
  tx: Tx,
  { skuId, lowBelow }: { skuId: Id; lowBelow: number },
): Promise<void> {
  await sql`
    insert into stock_threshold (sku_id, low_below) values (${skuId}, ${lowBelow})
    on conflict (sku_id) do update set low_below = excluded.low_below`.execute(tx)
}

/** Alerts of a shop, the newest first. */
export function pageOfAlerts(
  db: Db,
  q: { shopId: Id; state?: 'open' | 'restored' | undefined; page: PageQuery },
): Promise<Page<AlertRow>> {
  let query = db
    .selectFrom('stock_alert')
    .where('shop_id', '=', q.shopId)
    .select([
      'id',
      'sku_id as skuId',
      'product_id as productId',
      'shop_id as shopId',
      'available',
      'low_below as lowBelow',
      'at',
      'restored_at as restoredAt',
    ])
  if (q.state) query = query.where('restored_at', q.state === 'open' ? 'is' : 'is not', null)
  const newestFirst = [
    ['at', 'desc'],
    ['id', 'desc'],
  ] as const
  return pageBy(query, newestFirst, q.page)
}
