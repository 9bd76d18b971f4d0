import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type {
  OwnProduct,
  ProductCard,
  ShelfState,
  Product as View,
} from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Product } from './body.ts'
import type { CatalogNeeds } from './needs.ts'
import { isKnownToBuyers } from './rules.ts'
import * as store from './store.ts'
import { cardsOf, ownViewOf, viewOf, workingCopy } from './views.ts'

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

export type Owned = { shopId: Id; id: Id }

/** A product as buyers see it. Throws `product.not_found`, also for what never was on the shelf. */
export async function viewProduct(needs: CatalogNeeds, id: Id): Promise<View> {
  const { db } = needs.database
  const [product] = await store.productsByIds(db, [id])
  if (!product || !isKnownToBuyers(product.state)) throw fail('product.not_found')
  return viewOf(needs, db, product)
}

type OwnQuery = Omit<store.ListQuery, 'shopId' | 'ids' | 'text' | 'page'> & {
  shopId: Id
  availableMax?: number
  q?: string
} & PageQuery

/** All products of a shop, newest first; `q` is looked for in the titles. */
export async function listOwn(
  needs: CatalogNeeds,
  actor: Actor,
  { availableMax, q: text, cursor, limit, ...query }: OwnQuery,
): Promise<Page<ProductCard>> {
  requireShop(actor, 'catalog.read', query.shopId)
  const { database, stock } = needs
  const { shopId } = query
  const ids =
    availableMax === undefined
      ? undefined
      : await stock.productsWithin(database.db, { shopId, availableMax })
  return listCards(needs, { ...query, text, ids, page: { cursor, limit } })
}

/** Cards of products that fit everything that is asked, newest first. */
export async function listCards(
  needs: CatalogNeeds,
  query: store.ListQuery,
): Promise<Page<ProductCard>> {
  const { db } = needs.database
  const page = await store.pageOfCards(db, query)
  return { ...page, items: await cardsOf(needs, db, page.items) }
}

/** How many products of a shop are in each state. */
export async function countOwn(needs: CatalogNeeds, actor: Actor, shopId: Id) {
  requireShop(actor, 'catalog.read', shopId)
  return store.countsByState(needs.database.db, shopId)
}

/** A product of a shop in every state, as its editors work on it. Throws `product.not_found`. */
export async function viewOwn(
  needs: CatalogNeeds,
  actor: Actor,
  owned: Owned,
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.read', owned.shopId)
  return ownProduct(needs, owned)
}

/** What the SKUs of a product cost from when on, newest first. Throws `product.not_found`. */
export async function listPrices(needs: CatalogNeeds, actor: Actor, owned: Owned) {
  requireShop(actor, 'catalog.read', owned.shopId)
  const { db } = needs.database
  const product = await findOwn(db, owned)
  const skuIds = await store.skuIdsOf(db, [product.id])
  return { items: await needs.pricehistory.changesOf(db, [...skuIds.all]) }
}

export async function skuFacts(
  { files }: CatalogNeeds,
  db: Db,
  of: Parameters<typeof store.skuFacts>[1],
): Promise<SkuFacts[]> {
  const rows = await store.skuFacts(db, of)
  return rows.map(({ pictureFileId: id, ...sku }) => ({ ...sku, pictureUrl: files.urlOf(id) }))
}

export async function cardsByIds(
  needs: CatalogNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<ProductCard[]> {
  if (ids.length === 0) return []
  const cards = await cardsOf(needs, db, await store.visibleCardsByIds(db, ids))
  const byId = new Map(cards.map(card => [card.id, card]))
  return ids.map(id => byId.get(id)).filter(card => card !== undefined)
}

/** Products as buyers see them; unknown ones and what never was on the shelf are missing. */
export async function visibleByIds(
  needs: CatalogNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<View[]> {
  const products = await store.productsByIds(db, ids)
  const known = products.filter(product => isKnownToBuyers(product.state))
  return Promise.all(known.map(product => viewOf(needs, db, product)))
}

/** Products of a shop as their editors work on them, to be changed and written back. */
export async function workingCopies(
  needs: CatalogNeeds,
  db: Db,
  { shopId, ids }: { shopId: Id; ids: readonly Id[] },
): Promise<Product[]> {
  const products = await store.productsByIds(db, ids)
  const own = products.filter(product => product.shopId === shopId)
  return Promise.all(own.map(product => workingCopy(needs, db, product)))
}

export async function ownProduct(needs: CatalogNeeds, owned: Owned): Promise<OwnProduct> {
  const { db } = needs.database
  return ownViewOf(needs, db, await findOwn(db, owned))
}

/** A product of this shop. Throws `product.not_found`. */
export async function findOwn(db: Db, { shopId, id }: Owned): Promise<Product> {
  const [product] = await store.productsByIds(db, [id])
  if (product?.shopId !== shopId) throw fail('product.not_found')
  return product
}

/** A product of this shop, locked, under a tree that stays. Throws `product.not_found`. */
export async function lockOwn(
  { classification }: CatalogNeeds,
  tx: Tx,
  { shopId, id }: Owned,
): Promise<Product> {
  await classification.holdTree(tx)
  const [product] = await store.lockProducts(tx, [id])
  if (product?.shopId !== shopId) throw fail('product.not_found')
  return product
}

export const personOf = (actor: Actor): Id | null => (actor.kind === 'user' ? actor.userId : null)
