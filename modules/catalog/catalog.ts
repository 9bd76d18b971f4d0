import { requireShop } from '@kaibo/contract/access'
import type { NewProduct, Product, ProductCard, ShelfState } from '@kaibo/contract/catalog'
import { fail } from '@kaibo/contract/fail'
import type { Actor } from '@kaibo/contract/permissions'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Files } from '@kaibo/modules/files'
import type { Stock } from '@kaibo/modules/stock'
import { decideSkuChanges, decideSkus, type ProductDraft, type ShelfTarget } from './rules.ts'
import * as store from './store.ts'

export type CatalogNeeds = {
  database: Database
  files: Pick<Files, 'requireFiles' | 'urlOf'>
  stock: Pick<Stock, 'open' | 'levelsBySku'>
}

/** What an order has to know about a SKU. One that left its product counts as off the shelf. */
export type SkuFacts = {
  skuId: Id
  productId: Id
  shopId: Id
  /** The immutable page that an order keeps. */
  versionId: Id
  title: string
  spec: Record<string, string>
  pictureUrl: string | null
  priceFen: Fen
  state: ShelfState
  /** Its category and all ancestors, root first. */
  categoryIds: Id[]
  brandId: Id | null
  tagIds: Id[]
  weightG: number
  volumeCm3: number
  freightTemplateId: Id | null
  isVirtual: boolean
  /** Sold only there: prefixes of GB/T 2260 codes (2, 4 or 6 digits); null = everywhere. */
  regionCodes: string[] | null
  /** Within seven days, without a reason (R7). */
  mayReturn: boolean
  /** Of the whole product, for each person; null = no limit. */
  limitPerBuyer: number | null
}

type Owned = { shopId: Id; id: Id }

/** The products on the shelf of a shop, newest first. */
export async function listShelf(
  needs: CatalogNeeds,
  { shopId, ...page }: { shopId: Id } & PageQuery,
): Promise<Page<ProductCard>> {
  const rows = await store.pageByShop(needs.database.db, { shopId, state: 'on_shelf', page })
  return { ...rows, items: await cardsOf(needs, rows.items) }
}

/** A product as buyers see it. Throws `product.not_found`, also for drafts. */
export async function viewProduct(needs: CatalogNeeds, id: Id): Promise<Product> {
  const product = await store.productById(needs.database.db, id)
  if (!product || product.state === 'draft') throw fail('product.not_found')
  return viewOf(needs, product)
}

/** All products of a shop, newest first; `q` is looked for in the titles. */
export async function listOwn(
  needs: CatalogNeeds,
  actor: Actor,
  query: { shopId: Id; state?: ShelfState; q?: string } & PageQuery,
): Promise<Page<ProductCard>> {
  requireShop(actor, 'catalog.read', query.shopId)
  const { shopId, state, q: text, ...page } = query
  const rows = await store.pageByShop(needs.database.db, { shopId, state, text, page })
  return { ...rows, items: await cardsOf(needs, rows.items) }
}

/** A product of a shop, drafts included. Throws `product.not_found`. */
export async function viewOwn(needs: CatalogNeeds, actor: Actor, owned: Owned): Promise<Product> {
  requireShop(actor, 'catalog.read', owned.shopId)
  return ownProduct(needs, owned)
}

/**
 * Adds a draft under the id it carries; the same id again changes nothing. Throws
 * `product.skus_clash` or `file.not_found`.
 */
export async function createProduct(
  needs: CatalogNeeds,
  actor: Actor,
  product: { shopId: Id } & NewProduct,
): Promise<Product> {
  requireShop(actor, 'catalog.manage', product.shopId)
  decideSkus(product.skus)
  const { database, files, stock } = needs
  await files.requireFiles(database.db, product.pictureFileIds)
  await database.tx(async tx => {
    if (!(await store.insertProduct(tx, product))) return refuseForeign(tx, product)
    if (!(await store.putSkus(tx, product.id, product.skus))) throw fail('product.skus_clash')
    await stock.open(tx, openingsOf(actor, product, product.skus))
  })
  return ownProduct(needs, product)
}

/** An id in use by another shop answers as if there were nothing there. */
async function refuseForeign(tx: Tx, { shopId, id }: Owned): Promise<void> {
  const known = await store.productById(tx, id)
  if (known?.shopId !== shopId) throw fail('request.not_found')
}

/**
 * Replaces texts, pictures and SKUs; a SKU that is kept keeps its stock, one that is left out is
 * retired. Throws `product.not_found`, `product.skus_clash` or `file.not_found`.
 */
export async function updateProduct(
  needs: CatalogNeeds,
  actor: Actor,
  product: Owned & ProductDraft,
): Promise<Product> {
  requireShop(actor, 'catalog.manage', product.shopId)
  decideSkus(product.skus)
  const { database, files, stock } = needs
  await files.requireFiles(database.db, product.pictureFileIds)
  await database.tx(async tx => {
    const known = await store.lockSkuIds(tx, product)
    if (!known) throw fail('product.not_found')
    const { added, retiredIds } = decideSkuChanges(known, product.skus)
    await store.updateProduct(tx, product)
    if (!(await store.putSkus(tx, product.id, product.skus))) throw fail('product.skus_clash')
    await store.retireSkus(tx, retiredIds)
    await stock.open(tx, openingsOf(actor, product, added))
  })
  return ownProduct(needs, product)
}

/** Puts on or takes off the shelf. Throws `product.not_found`. */
export async function setShelf(
  needs: CatalogNeeds,
  actor: Actor,
  shelf: Owned & { state: ShelfTarget },
): Promise<Product> {
  requireShop(actor, 'catalog.manage', shelf.shopId)
  await needs.database.tx(tx => store.moveShelf(tx, shelf))
  return ownProduct(needs, shelf)
}

export async function skusByIds(
  { files }: CatalogNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<SkuFacts[]> {
  const rows = await store.skusByIds(db, ids)
  return rows.map(({ pictureFileId, ...sku }) => ({
    ...sku,
    priceFen: fen(sku.priceFen),
    pictureUrl: files.urlOf(pictureFileId),
  }))
}

export async function cardsByIds(
  needs: CatalogNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const cards = await cardsOf(needs, await store.visibleCardsByIds(db, ids))
  const byId = new Map(cards.map(card => [card.id, card]))
  return ids.map(id => byId.get(id)).filter(card => card !== undefined)
}

async function ownProduct(needs: CatalogNeeds, { shopId, id }: Owned): Promise<Product> {
  const product = await store.productById(needs.database.db, id)
  if (product?.shopId !== shopId) throw fail('product.not_found')
  return viewOf(needs, product)
}

async function viewOf(
  { database, files, stock }: CatalogNeeds,
  { pictureFileIds, ...product }: store.ProductRow,
): Promise<Product> {
  const ids = product.skus.map(sku => sku.id)
  const levels = await stock.levelsBySku(database.db, ids)
  return {
    ...product,
    pictureUrls: pictureFileIds.map(files.urlOf),
    skus: product.skus.map(sku => ({ ...sku, available: levels.get(sku.id)?.available ?? 0 })),
  }
}

async function cardsOf(
  { database, files, stock }: CatalogNeeds,
  rows: readonly store.CardRow[],
): Promise<ProductCard[]> {
  const ids = rows.flatMap(row => row.skuIds)
  const levels = await stock.levelsBySku(database.db, ids)
  return rows.map(({ pictureFileId, skuIds, ...card }) => ({
    ...card,
    pictureUrl: files.urlOf(pictureFileId),
    available: skuIds.reduce((sum, id) => sum + (levels.get(id)?.available ?? 0), 0),
    skuCount: skuIds.length,
  }))
}

const openingsOf = (actor: Actor, product: Owned, skus: ProductDraft['skus']) =>
  skus.map(sku => ({
    skuId: sku.id,
    productId: product.id,
    shopId: product.shopId,
    onHand: sku.initialStock,
    actorId: actor.kind === 'user' ? actor.userId : null,
  }))
