import type { catalogApi, NewProduct, Product, ProductCard } from '@kaibo/contract/catalog'
import type { Handlers } from '@kaibo/contract/handlers'
import type { Actor } from '@kaibo/contract/permissions'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as catalog from './catalog.ts'
import { createHandlers } from './routes.ts'
import type { ShelfTarget } from './rules.ts'

export type { CatalogNeeds, SkuFacts } from './catalog.ts'

/** What shops sell: products, their SKUs and prices, and whether they are on the shelf. */
export type Catalog = {
  handlers: Handlers<typeof catalogApi>
  createProduct(actor: Actor, product: { shopId: Id } & NewProduct): Promise<Product>
  setShelf(actor: Actor, shelf: { shopId: Id; id: Id; state: ShelfTarget }): Promise<Product>
  /** Facts for orders, drafts included; unknown ids are missing. */
  skusByIds(db: Db, ids: readonly Id[]): Promise<catalog.SkuFacts[]>
  /** Cards in the order of `ids`; unknown products and drafts are missing. */
  cardsByIds(db: Db, ids: readonly Id[]): Promise<ProductCard[]>
}

export const createCatalog = (needs: catalog.CatalogNeeds): Catalog => ({
  handlers: createHandlers(needs),
  createProduct: (actor, product) => catalog.createProduct(needs, actor, product),
  setShelf: (actor, shelf) => catalog.setShelf(needs, actor, shelf),
  skusByIds: (db, ids) => catalog.skusByIds(needs, db, ids),
  cardsByIds: (db, ids) => catalog.cardsByIds(needs, db, ids),
})
