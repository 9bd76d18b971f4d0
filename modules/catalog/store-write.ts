import type { ShelfState } from '@kaibo/contract/goods/catalog'
import type { Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Body, HeldChange, SkuBody } from './body.ts'

export type Written = Body & { id: Id; shopId: Id; categoryIds: Id[] }

const columnsOf = (body: Written) => ({
  title: body.title,
  subtitle: body.subtitle,
  description: body.description,
  detail: body.detail,
  picture_file_ids: body.pictureFileIds,
  video_file_id: body.videoFileId,
  brand_id: body.brandId,
  category_id: body.categoryId,
  category_ids: body.categoryIds,
  tag_ids: body.tagIds,
  is_virtual: body.isVirtual,
  no_return: body.noReturn,
  region_codes: body.regionCodes,
  limit_per_buyer: body.limitPerBuyer,
  freight_template_id: body.freightTemplateId,
})

/** Adds drafts. Answers with those whose id was free. */
export async function insertProducts<W extends Written>(
  tx: Tx,
  bodies: readonly W[],
): Promise<W[]> {
  const rows = await tx
    .insertInto('catalog_product')
    .values(
      bodies.map(body => ({
        ...{ id: body.id, shop_id: body.shopId, version_id: newId() },
        ...columnsOf(body),
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .execute()
  const added = new Set(rows.map(row => row.id))
  return bodies.filter(body => added.has(body.id))
}

/** Replaces texts, pictures and terms: the next version. */
export async function updateProduct(tx: Tx, body: Written): Promise<void> {
  await tx
    .updateTable('catalog_product')
    .set({
      ...columnsOf(body),
      version_id: newId(),
      version_number: sql`version_number + 1`,
      updated_at: sql`now()`,
    })
    .where('id', '=', body.id)
    .execute()
}

/**
 * Writes the SKUs of products: adds, changes, and brings back retired ones. False when an id belongs
 * to another product.
 */
export async function putSkus(tx: Tx, bodies: readonly Written[]): Promise<boolean> {
  const rows = bodies.flatMap(({ id: product_id, skus }) =>
    skus.map((sku, position) => ({ ...skuColumns(sku), product_id, position })),
  )
  const result = await tx
    .insertInto('catalog_sku')
    .values(rows)
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet(from => ({
          position: from.ref('excluded.position'),
          spec: from.ref('excluded.spec'),
          price_fen: from.ref('excluded.price_fen'),
          picture_file_id: from.ref('excluded.picture_file_id'),
          weight_g: from.ref('excluded.weight_g'),
          volume_cm3: from.ref('excluded.volume_cm3'),
          barcode: from.ref('excluded.barcode'),
          is_disabled: from.ref('excluded.is_disabled'),
          strike_fen: from.ref('excluded.strike_fen'),
          strike_basis: from.ref('excluded.strike_basis'),
          strike_source: from.ref('excluded.strike_source'),
          retired_at: null,
        }))
        .whereRef('catalog_sku.product_id', '=', 'excluded.product_id'),
    )
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === BigInt(rows.length)
}

const skuColumns = (sku: SkuBody) => ({
  id: sku.id,
  spec: JSON.stringify(sku.spec),
  price_fen: sku.priceFen,
  picture_file_id: sku.pictureFileId,
  weight_g: sku.weightG,
  volume_cm3: sku.volumeCm3,
  barcode: sku.barcode,
  is_disabled: sku.isDisabled,
  strike_fen: sku.strike?.fen ?? null,
  strike_basis: sku.strike?.basis ?? null,
  strike_source: sku.strike?.source ?? null,
})

/** Takes SKUs out of use; orders and movements keep knowing them. */
export async function retireSkus(tx: Tx, ids: readonly Id[]): Promise<void> {
  await sql`update catalog_sku set retired_at = now() where id = any(${ids}::uuid[])`.execute(tx)
}

/** Keeps or forgets the change that waits for its approval. */
export async function holdChange(tx: Tx, productId: Id, held: HeldChange | null): Promise<void> {
  await tx.deleteFrom('catalog_change').where('product_id', '=', productId).execute()
  if (!held) return
  const change = JSON.stringify(held)
  await tx.insertInto('catalog_change').values({ product_id: productId, change }).execute()
}

/** Moves products to a state from any of `sources`; compare and set. Answers with those moved. */
export async function moveStates(
  tx: Tx,
  q: { ids: readonly Id[]; sources: readonly ShelfState[]; state: ShelfState },
): Promise<Id[]> {
  if (q.ids.length === 0) return []
  const rows = await tx
    .updateTable('catalog_product')
    .set({ state: q.state, updated_at: sql`now()` })
    .where('id', 'in', [...q.ids])
    .where('state', 'in', [...q.sources])
    .where('state', '<>', q.state)
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

/** The products on the shelf of these shops, locked. At most a shop's whole assortment. */
export async function lockShelf(
  tx: Tx,
  shopIds: readonly Id[],
): Promise<{ id: Id; shopId: Id; categoryIds: Id[] }[]> {
  return tx
    .selectFrom('catalog_product')
    .select(['id', 'shop_id as shopId', 'category_ids as categoryIds'])
    .where('shop_id', 'in', [...shopIds])
    .where('state', '=', 'on_shelf')
    .orderBy('id')
    .forUpdate()
    .execute()
}
