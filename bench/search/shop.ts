import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Listing, ListingSource } from '@kaibo/modules/search'
import { sql } from 'kysely'

/** Reads cards like the catalogue does: texts, prices and what can be ordered now. */
export async function cardsByIds(db: Db, ids: readonly Id[]): Promise<ProductCard[]> {
  const { rows } = await sql<ProductCard>`
    select product.id, product.shop_id as "shopId", title, subtitle, null as "pictureUrl", state,
      min(price_fen) as "priceFromFen", max(price_fen) as "priceToFen", null as "strikeFen",
      category_id as "categoryId", brand_id as "brandId", is_virtual as "isVirtual",
      sum(on_hand - reserved)::int as available, count(*)::int as "skuCount"
    from catalog_product product
      join catalog_sku sku on sku.product_id = product.id
      join stock_level level on level.sku_id = sku.id
    where product.id = any(${ids}::uuid[])
    group by product.id`.execute(db)
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

export const listings: ListingSource = {
  async listingsByIds(db, ids) {
    const { rows } = await sql<Listing>`
      select product.id as "productId", product.shop_id as "shopId", title, subtitle,
        brand_id as "brandId", array[brand.name] as "brandNames", category_ids as "categoryIds",
        (select array_agg(node.name) from category_node node
          where node.id = any(category_ids)) as "categoryNames",
        array[]::text[] as "tagNames", price_fen as "priceFromFen", price_fen as "priceToFen",
        created_at as "listedAt"
      from catalog_product product
        join catalog_sku sku on sku.product_id = product.id
        join brand_row brand on brand.id = brand_id
      where product.id = any(${ids}::uuid[]) and state = 'on_shelf'`.execute(db)
    return rows
  },
  async listedIdsAfter(db, { afterId, limit }) {
    const { rows } = await sql<{ id: Id }>`
      select id from catalog_product
      where state = 'on_shelf' and (${afterId}::uuid is null or id > ${afterId}::uuid)
      order by id limit ${limit}`.execute(db)
    return rows.map(row => row.id)
  },
}
