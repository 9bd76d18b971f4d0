import type { ShelfState } from '@kaibo/contract/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { SkuFacts } from './catalog.ts'
import {
  type ProductDraft,
  type ShelfTarget,
  type SkuDraft,
  shelfEventOf,
  shelfLife,
} from './rules.ts'

export type SkuRow = { id: Id; spec: Record<string, string>; priceFen: Fen }
export type ProductRow = {
  id: Id
  shopId: Id
  title: string
  subtitle: string
  description: string
  pictureFileIds: Id[]
  state: ShelfState
  skus: SkuRow[]
}
export type CardRow = {
  id: Id
  shopId: Id
  title: string
  subtitle: string
  pictureFileId: Id
  state: ShelfState
  priceFromFen: Fen
  priceToFen: Fen
  skuIds: Id[]
}
export type SkuFactsRow = Omit<SkuFacts, 'pictureUrl'> & { pictureFileId: Id }

/** A product with the SKUs that are in use, in order. */
export async function productById(db: Db, id: Id): Promise<ProductRow | undefined> {
  const { rows } = await sql<ProductRow>`
    select product.id, shop_id as "shopId", title, subtitle, description,
      picture_file_ids as "pictureFileIds", state, sku.list as skus
    from catalog_product product, lateral (
      select json_agg(json_build_object('id', id, 'spec', spec, 'priceFen', price_fen)
        order by position) as list
      from catalog_sku where product_id = product.id and retired_at is null
    ) sku
    where product.id = ${id}`.execute(db)
  return rows[0]
}

/** What is known of SKUs; one that left its product or is disabled is off the shelf. */
export async function skusByIds(db: Db, ids: readonly Id[]): Promise<SkuFactsRow[]> {
  const { rows } = await sql<SkuFactsRow>`
    select sku.id as "skuId", product.id as "productId", shop_id as "shopId",
      version_id as "versionId", title, spec, price_fen as "priceFen",
      coalesce(sku.picture_file_id, picture_file_ids[1]) as "pictureFileId",
      case when retired_at is null and not is_disabled then state
        else 'off_shelf' end as state,
      category_ids as "categoryIds", brand_id as "brandId", tag_ids as "tagIds",
      weight_g as "weightG", volume_cm3 as "volumeCm3",
      freight_template_id as "freightTemplateId", is_virtual as "isVirtual",
      region_codes as "regionCodes", no_return is null as "mayReturn",
      limit_per_buyer as "limitPerBuyer"
    from catalog_sku sku join catalog_product product on product.id = sku.product_id
    where sku.id = any(${ids}::uuid[])`.execute(db)
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
      sql<Id>`picture_file_ids[1]`.as('pictureFileId'),
      from.ref('product.state').$castTo<ShelfState>().as('state'),
      'sku.priceFromFen',
      'sku.priceToFen',
      'sku.skuIds',
    ])

/** Cards of products that buyers may see, in no order. */
export const visibleCardsByIds = (db: Db, ids: readonly Id[]): Promise<CardRow[]> =>
  cards(db)
    .where('product.id', 'in', [...ids])
    .where('product.state', '<>', 'draft')
    .execute()

const newestFirst = [
  ['product.created_at', 'desc'],
  ['product.id', 'desc'],
] as const

/** The products of a shop, newest first; `text` is looked for in the titles. */
export function pageByShop(
  db: Db,
  q: { shopId: Id; state?: ShelfState | undefined; text?: string | undefined; page: PageQuery },
): Promise<Page<CardRow>> {
  let query = cards(db).where('product.shop_id', '=', q.shopId)
  if (q.state) query = query.where('product.state', '=', q.state)
  if (q.text) query = query.where('product.title', 'ilike', `%${escapeLike(q.text)}%`)
  return pageBy(query, newestFirst, q.page)
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Adds a draft. False when the id is in use. */
export async function insertProduct(
  tx: Tx,
  product: Omit<ProductDraft, 'skus'> & { id: Id; shopId: Id },
): Promise<boolean> {
  const result = await tx
    .insertInto('catalog_product')
    .values({
      id: product.id,
      shop_id: product.shopId,
      title: product.title,
      subtitle: product.subtitle,
      description: product.description,
      picture_file_ids: product.pictureFileIds,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Replaces texts and pictures. */
export async function updateProduct(
  tx: Tx,
  product: Omit<ProductDraft, 'skus'> & { id: Id },
): Promise<void> {
  await tx
    .updateTable('catalog_product')
    .set({
      title: product.title,
      subtitle: product.subtitle,
      description: product.description,
      picture_file_ids: product.pictureFileIds,
      updated_at: sql`now()`,
    })
    .where('id', '=', product.id)
    .execute()
}

/** Locks a product of a shop and reads the ids of its SKUs, retired ones included. */
export async function lockSkuIds(
  tx: Tx,
  q: { id: Id; shopId: Id },
): Promise<{ inUse: Set<Id>; all: Set<Id> } | undefined> {
  const product = await tx
    .selectFrom('catalog_product')
    .select('id')
    .where('id', '=', q.id)
    .where('shop_id', '=', q.shopId)
    .forUpdate()
    .executeTakeFirst()
  if (!product) return undefined
  const skus = await tx
    .selectFrom('catalog_sku')
    .select(['id', 'retired_at'])
    .where('product_id', '=', q.id)
    .execute()
  const inUse = skus.filter(sku => sku.retired_at === null)
  return { inUse: new Set(inUse.map(sku => sku.id)), all: new Set(skus.map(sku => sku.id)) }
}

/**
 * Writes the SKUs of a product: adds, changes, and brings back retired ones. False when an id
 * belongs to another product.
 */
export async function putSkus(tx: Tx, productId: Id, skus: readonly SkuDraft[]): Promise<boolean> {
  const result = await tx
    .insertInto('catalog_sku')
    .values(
      skus.map((sku, position) => ({
        id: sku.id,
        product_id: productId,
        position,
        spec: JSON.stringify(sku.spec),
        price_fen: sku.priceFen,
      })),
    )
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet(from => ({
          position: from.ref('excluded.position'),
          spec: from.ref('excluded.spec'),
          price_fen: from.ref('excluded.price_fen'),
          retired_at: null,
        }))
        .where('catalog_sku.product_id', '=', productId),
    )
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === BigInt(skus.length)
}

/** Takes SKUs out of use; orders and movements keep knowing them. */
export async function retireSkus(tx: Tx, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('catalog_sku')
    .set({ retired_at: sql`now()` })
    .where('id', 'in', [...ids])
    .execute()
}

/** Moves a product of a shop along the shelf, if its state allows; compare and set. */
export async function moveShelf(
  tx: Tx,
  q: { id: Id; shopId: Id; state: ShelfTarget },
): Promise<void> {
  await tx
    .updateTable('catalog_product')
    .set({ state: q.state, updated_at: sql`now()` })
    .where('id', '=', q.id)
    .where('shop_id', '=', q.shopId)
    .where('state', 'in', shelfLife.sources(shelfEventOf(q.state)))
    .execute()
}
