import type { Actor } from '@kaibo/contract/core/permissions'
import type {
  NewProduct,
  OwnProduct,
  Product,
  ProductCard,
  ProductPage,
} from '@kaibo/contract/goods/catalog'
import { productsChanged } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Product as WorkingCopy } from './body.ts'
import * as catalog from './catalog.ts'
import {
  addDrafts,
  createProduct,
  type Drafts,
  settle,
  type Updates,
  updateProducts,
} from './edit.ts'
import { type Listed, listedByIds, listedIdsAfter } from './listing.ts'
import type { CatalogNeeds } from './needs.ts'
import { type CatalogHandlers, createHandlers } from './routes.ts'
import type { ShelfTarget } from './rules.ts'
import { moveByClock, moveOwn, setShelf, takeOffUnqualified } from './shelf.ts'
import * as store from './store.ts'
import { pagesOf } from './views.ts'

export type { SkuFacts } from './catalog.ts'
export type { Drafts, Updates } from './edit.ts'
export type { Listed } from './listing.ts'
export type { CatalogNeeds } from './needs.ts'
export type { WorkingCopy }

type Owned = { shopId: Id; id: Id }

/** What shops sell: products, their SKUs and prices, and whether they are on the shelf. */
export type Catalog = {
  handlers: CatalogHandlers
  createProduct(actor: Actor, product: { shopId: Id } & NewProduct): Promise<OwnProduct>
  /** Adds drafts, all or none; one that is there already stays as it is. */
  addDrafts(tx: Tx, drafts: Drafts): Promise<void>
  /** Replaces everything but stock, all or none. Throws `product.changed` for an old version. */
  updateProducts(tx: Tx, updates: Updates): Promise<void>
  setShelf(actor: Actor, shelf: Owned & { state: ShelfTarget }): Promise<OwnProduct>
  moveShelf(tx: Tx, shelf: Owned & { state: ShelfTarget; actor: Actor }): Promise<void>
  /** Facts for orders, drafts included; unknown ids are missing. */
  skusByIds(db: Db, ids: readonly Id[]): Promise<catalog.SkuFacts[]>
  /** The same of all SKUs that these products have or had. */
  skusOfProducts(db: Db, productIds: readonly Id[]): Promise<catalog.SkuFacts[]>
  /** SKUs in use of a shop whose product is called like `text`, or with it as barcode. */
  skuIdsLike(db: Db, q: { shopId: Id; text: string; limit: number }): Promise<Id[]>
  /** Products of a shop as their editors work on them, to be changed and written back. */
  workingCopies(db: Db, q: { shopId: Id; ids: readonly Id[] }): Promise<WorkingCopy[]>
  /** Ids of a shop's products in every state, ascending, from after `afterId`. */
  ownIdsAfter(db: Db, q: { shopId: Id; afterId: Id | null; limit: number }): Promise<Id[]>
  /** Cards in the order of `ids`; unknown products and drafts are missing. */
  cardsByIds(db: Db, ids: readonly Id[]): Promise<ProductCard[]>
  /** Products as buyers see them, in no order; what buyers do not know is missing. */
  productsByIds(db: Db, ids: readonly Id[]): Promise<Product[]>
  /** For an index of the shelves: what of these is on them, in no order. */
  listedByIds(db: Db, ids: readonly Id[]): Promise<Listed[]>
  /** Ids on the shelf, ascending, from after `afterId`. */
  listedIdsAfter(db: Db, q: { afterId: Id | null; limit: number }): Promise<Id[]>
  /** For the review of products: what was handed in beside what buyers see; null when unknown. */
  pagesOf(
    db: Db,
    productId: Id,
  ): Promise<{ proposed: ProductPage; present: ProductPage | null } | null>
  /** Does to a product what the review decided. */
  settle(tx: Tx, verdict: { productId: Id; isApproved: boolean }): Promise<void>
  /** Whether products lie in a category or below it. */
  isCategoryUsed(db: Db, categoryId: Id): Promise<boolean>
  /** A category lies elsewhere now: products follow. */
  moveCategory(tx: Tx, node: { id: Id; path: readonly Id[] }): Promise<void>
  /** Takes off the shelf what these shops lack documents for. */
  takeOffUnqualified(tx: Tx, shopIds: readonly Id[]): Promise<void>
  /** A move that the schedule asks for; answers with the code of what stands in the way, or null. */
  moveByClock(tx: Tx, due: { productId: Id; state: ShelfTarget }): Promise<string | null>
}

export const createCatalog = (needs: CatalogNeeds): Catalog => ({
  handlers: createHandlers(needs),
  createProduct: (actor, product) => createProduct(needs, actor, product),
  addDrafts: (tx, drafts) => addDrafts(needs, tx, drafts),
  updateProducts: (tx, updates) => updateProducts(needs, tx, updates),
  setShelf: (actor, shelf) => setShelf(needs, actor, shelf),
  moveShelf: (tx, shelf) => moveOwn(needs, tx, shelf),
  skusByIds: (db, ids) => catalog.skuFacts(needs, db, { by: 'id', ids }),
  skusOfProducts: (db, ids) => catalog.skuFacts(needs, db, { by: 'product_id', ids }),
  skuIdsLike: store.skuIdsLike,
  workingCopies: (db, q) => catalog.workingCopies(needs, db, q),
  ownIdsAfter: store.ownIdsAfter,
  cardsByIds: (db, ids) => catalog.cardsByIds(needs, db, ids),
  productsByIds: (db, ids) => catalog.visibleByIds(needs, db, ids),
  listedByIds,
  listedIdsAfter,
  pagesOf: (db, productId) => pagesOf(needs, db, productId),
  settle: (tx, verdict) => settle(needs, tx, verdict),
  isCategoryUsed: store.isCategoryUsed,
  moveCategory: async (tx, node) => {
    const productIds = await store.moveCategory(tx, node)
    if (productIds.length > 0) await publish(tx, productsChanged, { productIds })
  },
  takeOffUnqualified: (tx, shopIds) => takeOffUnqualified(needs, tx, shopIds),
  moveByClock: (tx, due) => moveByClock(needs, tx, due),
})
