import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
  Id,
  Instant,
  Money,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import {
  NewProduct,
  OwnProduct,
  Product,
  ProductCard,
  productWriteFields,
  shelfStates,
} from './catalog.ts'

/** One row of a bulk change: done, or refused by a code. */
export const BulkRow = named('BulkRow', { id: Id, problem: nullable(Type.String()) })
export type BulkRow = Static<typeof BulkRow>

/** What happens to each of the products: the fields that are given. */
export const BulkChange = object({
  shelf: Type.Optional(oneOf(['on_shelf', 'off_shelf'])),
  categoryId: Type.Optional(nullable(Id)),
  addTagIds: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  removeTagIds: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  /** Every SKU costs this much more or less, in basis points of its price. */
  priceBps: Type.Optional(Type.Integer({ minimum: -9_900, maximum: 100_000 })),
  /** Every SKU costs this much more or less. */
  priceDeltaFen: Type.Optional(Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })),
})
export type BulkChange = Static<typeof BulkChange>

const publicRead = {
  method: 'GET',
  can: 'public',
  scope: 'public',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const
const ownRead = { ...publicRead, can: 'catalog.read', scope: 'shop' } as const
const ownWrite = {
  can: 'catalog.manage',
  scope: 'shop',
  rate: 'write',
  idempotency: 'natural',
  audit: 'write',
} as const

const writeErrors = [
  'product.not_found',
  'product.skus_clash',
  'product.strike_without_basis',
  'product.unknown_reference',
  'file.not_found',
] as const

export const catalogApi = {
  list: endpoint({
    ...publicRead,
    path: '/shops/:shopId/shelf',
    summary: 'Products on the shelf of a shop',
    params: ByShop,
    query: object({ ...pageQuery, tagId: Type.Optional(Id) }),
    reply: pageOf(ProductCard),
    errors: [],
  }),
  listByCategory: endpoint({
    ...publicRead,
    path: '/categories/:id/products',
    summary: 'Products on the shelves of all shops in a category or below it, newest first',
    params: ById,
    query: object({ ...pageQuery, brandId: Type.Optional(Id) }),
    reply: pageOf(ProductCard),
    errors: [],
  }),
  view: endpoint({
    ...publicRead,
    path: '/products/:id',
    summary: 'A product as buyers see it; what never was on the shelf is not found',
    params: ById,
    reply: Product,
    errors: ['product.not_found'],
  }),
  manageList: endpoint({
    ...ownRead,
    path: '/shops/:shopId/products',
    summary: 'All products of my shop, newest first',
    params: ByShop,
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(shelfStates)),
      categoryId: Type.Optional(Id),
      brandId: Type.Optional(Id),
      tagId: Type.Optional(Id),
      /** At most so many of some variant can be ordered. */
      availableMax: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
      q: Type.Optional(text(0, 40)),
    }),
    reply: pageOf(ProductCard),
    errors: [],
  }),
  counts: endpoint({
    ...ownRead,
    path: '/shops/:shopId/product-counts',
    summary: 'How many products of my shop are in each state',
    params: ByShop,
    reply: named('ProductCounts', {
      draft: Type.Integer(),
      in_review: Type.Integer(),
      approved: Type.Integer(),
      rejected: Type.Integer(),
      on_shelf: Type.Integer(),
      off_shelf: Type.Integer(),
    }),
    errors: [],
  }),
  manageView: endpoint({
    ...ownRead,
    path: '/shops/:shopId/products/:id',
    summary: 'One product of my shop, drafts included',
    params: ByShopAndId,
    reply: OwnProduct,
    errors: ['product.not_found'],
  }),
  create: endpoint({
    ...ownWrite,
    method: 'POST',
    path: '/shops/:shopId/products',
    summary: 'Create a draft; the body carries its id',
    params: ByShop,
    body: NewProduct,
    reply: OwnProduct,
    errors: [...writeErrors, 'wordlist.refused'],
  }),
  update: endpoint({
    ...ownWrite,
    method: 'PUT',
    path: '/shops/:shopId/products/:id',
    summary: 'Replace everything but stock; what has to be reviewed waits until it is approved',
    params: ByShopAndId,
    body: object({
      ...productWriteFields,
      /** The version that was edited; when there is a newer one, nothing changes. */
      version: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    reply: OwnProduct,
    errors: ['product.changed', ...writeErrors, 'wordlist.refused'],
  }),
  copy: endpoint({
    ...ownWrite,
    method: 'POST',
    path: '/shops/:shopId/products/:id/copies',
    summary: 'A draft like this product, without stock; the body carries its id',
    params: ByShopAndId,
    body: object({ copyId: Id }),
    reply: OwnProduct,
    errors: writeErrors,
  }),
  submit: endpoint({
    ...ownWrite,
    method: 'POST',
    path: '/shops/:shopId/products/:id/submission',
    summary: 'Hand a draft in for review; without review it is approved at once',
    params: ByShopAndId,
    reply: OwnProduct,
    errors: ['product.not_found', 'product.wrong_state'],
  }),
  setShelf: endpoint({
    ...ownWrite,
    method: 'PUT',
    path: '/shops/:shopId/products/:id/shelf',
    summary: 'Put on or take off the shelf',
    params: ByShopAndId,
    body: object({ state: oneOf(['on_shelf', 'off_shelf']) }),
    reply: OwnProduct,
    errors: ['product.not_found', 'product.not_approved', 'product.qualification_missing'],
  }),
  schedule: endpoint({
    ...ownWrite,
    method: 'PUT',
    path: '/shops/:shopId/products/:id/schedule',
    summary: 'When to put on and take off the shelf by itself; null = not',
    params: ByShopAndId,
    body: object({ shelveAt: nullable(Instant), unshelveAt: nullable(Instant) }),
    reply: OwnProduct,
    errors: ['product.not_found', 'product.schedule_past'],
  }),
  clearShelf: endpoint({
    ...ownWrite,
    method: 'POST',
    path: '/shops/:shopId/shelf-clearances',
    summary: 'Take everything off the shelf; confirmed by how many products are on it',
    params: ByShop,
    body: object({ productCount: Type.Integer({ minimum: 0 }) }),
    reply: object({ productCount: Type.Integer() }),
    errors: ['product.changed'],
  }),
  bulk: endpoint({
    ...ownWrite,
    method: 'POST',
    path: '/shops/:shopId/product-batches',
    summary: 'Change many products alike; each whole or not at all, refusals row by row',
    params: ByShop,
    body: object({
      ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
      change: BulkChange,
    }),
    reply: object({ rows: Type.Array(BulkRow) }),
    errors: [],
  }),
  prices: endpoint({
    ...ownRead,
    path: '/shops/:shopId/products/:id/prices',
    summary: 'What the SKUs of a product cost from when on, newest first; at most 500 rows',
    params: ByShopAndId,
    reply: object({
      items: Type.Array(
        named('PriceChange', {
          skuId: Id,
          /** Null = not on sale from then on. */
          priceFen: nullable(Money),
          fromAt: Instant,
          by: nullable(Id),
        }),
      ),
    }),
    errors: ['product.not_found'],
  }),
}
