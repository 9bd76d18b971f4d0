import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { KeyFields, SkuBody } from './body.ts'

/** A page as it is kept: files by id, names as they were. */
export type KeptPage = Pick<
  KeyFields,
  'title' | 'subtitle' | 'description' | 'detail' | 'pictureFileIds' | 'videoFileId' | 'noReturn'
> & {
  brandName: string | null
  categoryNames: string[]
  skus: Pick<SkuBody, 'id' | 'spec' | 'priceFen' | 'strike' | 'pictureFileId'>[]
}

/** Keeps the present version of a product for good. */
export async function keepVersion(
  tx: Tx,
  { productId, page, by }: { productId: Id; page: KeptPage; by: Id | null },
): Promise<void> {
  await sql`
    insert into catalog_version (id, product_id, number, page, changed_by)
    select version_id, id, version_number, ${JSON.stringify(page)}, ${by}::uuid
    from catalog_product where id = ${productId}`.execute(tx)
}

export async function versionById(
  db: Db,
  versionId: Id,
): Promise<{ productId: Id; page: KeptPage; at: Date } | undefined> {
  const { rows } = await sql<{ productId: Id; page: KeptPage; at: Date }>`
    select product_id as "productId", page, created_at as at from catalog_version
    where id = ${versionId}`.execute(db)
  return rows[0]
}

/**
 * Notes what the SKUs of these products cost from now on: their price while they can be bought,
 * else null. Where nothing changed, nothing is noted.
 */
export async function notePrices(
  tx: Tx,
  { productIds, by }: { productIds: readonly Id[]; by: Id | null },
): Promise<void> {
  if (productIds.length === 0) return
  await sql`
    insert into catalog_price_change (sku_id, price_fen, changed_by)
    select id, now_fen, ${by}::uuid from (
      select sku.id,
        case when state = 'on_shelf' and retired_at is null then sku.price_fen end as now_fen,
        (select change.price_fen from catalog_price_change change
          where sku_id = sku.id order by from_at desc, id desc limit 1) as known_fen
      from catalog_sku sku join catalog_product product on product.id = product_id
      where product_id = any(${productIds}::uuid[])
    ) sku where now_fen is distinct from known_fen`.execute(tx)
}

/**
 * The lowest price of each SKU in the 30 days before the given price began; one that was not on
 * sale then is missing. A price that is not the present one begins now.
 */
export async function lowestBefore(
  db: Db,
  skus: readonly Pick<SkuBody, 'id' | 'priceFen'>[],
): Promise<Map<Id, Fen>> {
  if (skus.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; lowestFen: Fen | null }>`
    with asked as (
      select * from unnest(${skus.map(sku => sku.id)}::uuid[],
        ${skus.map(sku => sku.priceFen)}::bigint[]) as asked (id, price_fen)
    ), span as (
      select sku_id, change.price_fen, change.id, from_at,
        lead(from_at, 1, 'infinity') over (partition by sku_id order by from_at, change.id)
          as until_at
      from catalog_price_change change where sku_id in (select id from asked)
    ), begun as (
      select asked.id, coalesce((
        select min(from_at) from span where sku_id = asked.id and price_fen = asked.price_fen
          and span.id > coalesce((select max(other.id) from span other
            where other.sku_id = asked.id and other.price_fen <> asked.price_fen), 0)
      ), now()) as begun_at from asked
    )
    select begun.id, (
      select min(price_fen) from span where sku_id = begun.id and price_fen is not null
        and from_at < begun_at and until_at > begun_at - interval '30 days'
    ) as "lowestFen" from begun`.execute(db)
  return new Map(rows.flatMap(row => (row.lowestFen === null ? [] : [[row.id, row.lowestFen]])))
}

export const priceChangesMax = 500

/** The price history of a product, newest first. */
export async function priceChanges(
  db: Db,
  productId: Id,
): Promise<{ skuId: Id; priceFen: Fen | null; fromAt: Date; by: Id | null }[]> {
  const { rows } = await sql<{ skuId: Id; priceFen: Fen | null; fromAt: Date; by: Id | null }>`
    select sku_id as "skuId", change.price_fen as "priceFen", from_at as "fromAt", changed_by as by
    from catalog_price_change change join catalog_sku sku on sku.id = change.sku_id
    where product_id = ${productId}
    order by from_at desc, change.id desc limit ${priceChangesMax}`.execute(db)
  return rows
}
