import { type ShelfState, shelfStates } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { PriceNow } from '@kaibo/modules/pricehistory'
import { sql } from 'kysely'
import type { Product } from './body.ts'
import type { SkuFacts } from './catalog.ts'

export type CardRow = {
  id: Id
  shopId: Id
  title: string
  subtitle: string
  pictureFileId: Id
  state: ShelfState
  categoryId: Id | null
  brandId: Id | null
  isVirtual: boolean
  priceFromFen: Fen
  priceToFen: Fen
  strikeFen: Fen | null
  skuIds: Id[]
}
export type SkuFactsRow = Omit<SkuFacts, 'pictureUrl'> & { pictureFileId: Id }

const columns = sql`
  product.id, shop_id as "shopId", title, subtitle, description, detail,
  picture_file_ids as "pictureFileIds", video_file_id as "videoFileId", brand_id as "brandId",
  category_id as "categoryId", category_ids as "categoryIds", tag_ids as "tagIds",
  is_virtual as "isVirtual", no_return as "noReturn", region_codes as "regionCodes",
  limit_per_buyer as "limitPerBuyer", freight_template_id as "freightTemplateId", state,
  version_id as "versionId", version_number as version,
  (select change from catalog_change where product_id = product.id) as held,
  (
    select json_agg(json_build_object('id', id, 'spec', spec, 'priceFen', price_fen,
      'strike', case when strike_fen is not null then json_build_object(
        'fen', strike_fen, 'basis', strike_basis, 'source', coalesce(strike_source, '')) end,
      'pictureFileId', picture_file_id, 'weightG', weight_g, 'volumeCm3', volume_cm3,
      'barcode', barcode, 'isDisabled', is_disabled, 'initialStock', 0) order by position)
    from catalog_sku where product_id = product.id and retired_at is null
  ) as skus`

/** Products with the SKUs that are in use, in order. */
export async function productsByIds(db: Db, ids: readonly Id[]): Promise<Product[]> {
  const { rows } = await sql<Product>`
    select ${columns} from catalog_product product
    where product.id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** Products, locked until the transaction ends: their editors follow one another. */
export async function lockProducts(tx: Tx, ids: readonly Id[]): Promise<Product[]> {
  const { rows } = await sql<Product>`
    select ${columns} from catalog_product product where product.id = any(${ids}::uuid[])
    order by product.id for update of product`.execute(tx)
  return rows
}

/** What is known of these SKUs, or of those of these products; what left or is disabled is off. */
export async function skuFacts(
  db: Db,
  { by, ids }: { by: 'id' | 'product_id'; ids: readonly Id[] },
): Promise<SkuFactsRow[]> {
  const { rows } = await sql<SkuFactsRow>`
    select sku.id as "skuId", product.id as "productId", shop_id as "shopId",
      version_id as "versionId", title, spec, price_fen as "priceFen",
      coalesce(sku.picture_file_id, picture_file_ids[1]) as "pictureFileId",
      case when retired_at is null and not is_disabled then state else 'off_shelf' end as state,
      category_ids as "categoryIds", brand_id as "brandId", tag_ids as "tagIds",
      weight_g as "weightG", volume_cm3 as "volumeCm3", is_virtual as "isVirtual",
      freight_template_id as "freightTemplateId", region_codes as "regionCodes",
      no_return is null as "mayReturn", limit_per_buyer as "limitPerBuyer"
    from catalog_sku sku join catalog_product product on product.id = sku.product_id
    where ${sql.ref(`sku.${by}`)} = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** The ids of the products' SKUs, retired ones included. */
export async function skuIdsOf(
  db: Db,
  productIds: readonly Id[],
): Promise<{ inUse: Set<Id>; all: Set<Id> }> {
  const { rows } = await sql<{ id: Id; isInUse: boolean }>`
    select id, retired_at is null as "isInUse" from catalog_sku
    where product_id = any(${productIds}::uuid[])`.execute(db)
  const inUse = rows.filter(row => row.isInUse)
  return { inUse: new Set(inUse.map(row => row.id)), all: new Set(rows.map(row => row.id)) }
}

/** What the SKUs of these products cost now, retired ones included; null = not to be bought. */
export async function pricesNow(db: Db, productIds: readonly Id[]): Promise<PriceNow[]> {
  const { rows } = await sql<PriceNow>`
    select sku.id as "skuId",
      case when state = 'on_shelf' and retired_at is null then price_fen end as "priceFen"
    from catalog_sku sku join catalog_product product on product.id = sku.product_id
    where product_id = any(${productIds}::uuid[])`.execute(db)
  return rows
}

const cards = (db: Db) =>
  db
    .selectFrom('catalog_product as product')
    .innerJoinLateral(
      from =>
        from
          .selectFrom('catalog_sku')
          .whereRef('product_id', '=', 'product.id')
          .where('retired_at', 'is', null)
          .select([
            sql<Fen>`min(price_fen)`.as('priceFromFen'),
            sql<Fen>`max(price_fen)`.as('priceToFen'),
            sql<Fen | null>`(array_agg(strike_fen order by price_fen, position))[1]`.as(
              'strikeFen',
            ),
            sql<Id[]>`array_agg(id)`.as('skuIds'),
          ])
          .as('sku'),
      join => join.onTrue(),
    )
    .select(from => [
      'product.id',
      'product.shop_id as shopId',
      'product.title',
      'product.subtitle',
      'product.category_id as categoryId',
      'product.brand_id as brandId',
      'product.is_virtual as isVirtual',
      sql<Id>`picture_file_ids[1]`.as('pictureFileId'),
      from.ref('product.state').$castTo<ShelfState>().as('state'),
      'sku.priceFromFen',
      'sku.priceToFen',
      'sku.strikeFen',
      'sku.skuIds',
    ])

/** Cards of products that buyers may see, in no order. */
export const visibleCardsByIds = (db: Db, ids: readonly Id[]): Promise<CardRow[]> =>
  cards(db)
    .where('product.id', 'in', [...ids])
    .where('product.state', 'in', ['on_shelf', 'off_shelf'])
    .execute()

const newestFirst = [
  ['product.created_at', 'desc'],
  ['product.id', 'desc'],
] as const

export type ListQuery = {
  shopId?: Id | undefined
  state?: ShelfState | undefined
  /** Listed with everything below it. */
  categoryId?: Id | undefined
  brandId?: Id | undefined
  tagId?: Id | undefined
  /** Only these. */
  ids?: readonly Id[] | undefined
  /** Looked for in the titles. */
  text?: string | undefined
  page: PageQuery
}

/** Products that fit everything that is asked, newest first. */
export function pageOfCards(db: Db, q: ListQuery): Promise<Page<CardRow>> {
  let query = cards(db)
  if (q.shopId) query = query.where('product.shop_id', '=', q.shopId)
  if (q.state) query = query.where('product.state', '=', q.state)
  if (q.categoryId)
    query = query.where(sql<boolean>`category_ids @> array[${q.categoryId}]::uuid[]`)
  if (q.brandId) query = query.where('product.brand_id', '=', q.brandId)
  if (q.tagId) query = query.where(sql<boolean>`tag_ids @> array[${q.tagId}]::uuid[]`)
  if (q.ids) query = query.where(sql<boolean>`product.id = any(${q.ids}::uuid[])`)
  if (q.text) query = query.where('product.title', 'ilike', `%${escapeLike(q.text)}%`)
  return pageBy(query, newestFirst, q.page)
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** SKUs in use of a shop whose product is called like `text`, or that carry it as a barcode. */
export async function skuIdsLike(
  db: Db,
  { shopId, text, limit }: { shopId: Id; text: string; limit: number },
): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select sku.id from catalog_sku sku join catalog_product product on product.id = product_id
    where shop_id = ${shopId} and retired_at is null
      and (title ilike ${`%${escapeLike(text)}%`} or barcode = ${text})
    limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

/** How many products of a shop are in each state. */
export async function countsByState(db: Db, shopId: Id): Promise<Record<ShelfState, number>> {
  const { rows } = await sql<{ counts: Record<ShelfState, number> }>`
    select json_object_agg(state, count) as counts from (
      select state, count(id) from unnest(${[...shelfStates]}::text[]) as known (state)
        left join (select id, state from catalog_product where shop_id = ${shopId}) own
          using (state)
      group by state
    ) counted`.execute(db)
  return must(rows[0], 'counts').counts
}

export async function isCategoryUsed(db: Db, categoryId: Id): Promise<boolean> {
  const { rows } = await sql`
    select from catalog_product where category_ids @> array[${categoryId}]::uuid[] limit 1`.execute(
    db,
  )
  return rows.length > 0
}

/** A category lies elsewhere now: products in it and below follow. */
export async function moveCategory(tx: Tx, q: { id: Id; path: readonly Id[] }): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    update catalog_product
    set category_ids = ${q.path}::uuid[]
      || category_ids[array_position(category_ids, ${q.id}) + 1:]
    where category_ids @> array[${q.id}]::uuid[] returning id`.execute(tx)
  return rows.map(row => row.id)
}

/** Ids of a shop's products in every state, ascending, from after `afterId`. */
export async function ownIdsAfter(
  db: Db,
  { shopId, afterId, limit }: { shopId: Id; afterId: Id | null; limit: number },
): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from catalog_product
    where shop_id = ${shopId} and (${afterId}::uuid is null or id > ${afterId})
    order by id limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}
