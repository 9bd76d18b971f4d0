import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'

/** What an index of the shelves has to know of a product. */
export type Listed = {
  productId: Id
  shopId: Id
  title: string
  subtitle: string
  brandId: Id | null
  /** Root first. */
  categoryIds: Id[]
  tagIds: Id[]
  priceFromFen: Fen
  priceToFen: Fen
  listedAt: Date
}

/** What of these is on the shelf, in no order. */
export async function listedByIds(db: Db, ids: readonly Id[]): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select product.id as "productId", shop_id as "shopId", title, subtitle, brand_id as "brandId",
      category_ids as "categoryIds", tag_ids as "tagIds", created_at as "listedAt",
      min(price_fen) as "priceFromFen", max(price_fen) as "priceToFen"
    from catalog_product product
      join catalog_sku sku on sku.product_id = product.id and sku.retired_at is null
    where product.id = any(${ids}::uuid[]) and state = 'on_shelf'
    group by product.id`.execute(db)
  return rows
}

/** Ids on the shelf, ascending, from after `afterId`. */
export async function listedIdsAfter(
  db: Db,
  { afterId, limit }: { afterId: Id | null; limit: number },
): Promise<Id[]> {
  let query = db.selectFrom('catalog_product').select('id').where('state', '=', 'on_shelf')
  if (afterId) query = query.where('id', '>', afterId)
  const rows = await query.orderBy('id').limit(limit).execute()
  return rows.map(row => row.id)
}
