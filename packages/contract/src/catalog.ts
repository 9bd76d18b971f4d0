import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
  Id,
  Money,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from './common.ts'
import { endpoint } from './endpoint.ts'

export const shelfStates = ['draft', 'on_shelf', 'off_shelf'] as const
export type ShelfState = (typeof shelfStates)[number]

/** `{ 规格: '50 g' }`: the value chosen for each spec of the product. */
export const SkuSpec = Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 30 }))

export const Sku = named('Sku', {
  id: Id,
  spec: SkuSpec,
  priceFen: Money,
  /** What can be ordered now: on hand − reserved. */
  available: Type.Integer(),
})
export type Sku = Static<typeof Sku>

export const Product = named('Product', {
  id: Id,
  shopId: Id,
  title: Type.String(),
  subtitle: Type.String(),
  description: Type.String(),
  pictureUrls: Type.Array(Type.String()),
  state: oneOf(shelfStates),
  skus: Type.Array(Sku),
})
export type Product = Static<typeof Product>

export const ProductCard = named('ProductCard', {
  id: Id,
  shopId: Id,
  title: Type.String(),
  subtitle: Type.String(),
  pictureUrl: nullable(Type.String()),
  state: oneOf(shelfStates),
  priceFromFen: Money,
  priceToFen: Money,
  available: Type.Integer(),
  skuCount: Type.Integer(),
})
export type ProductCard = Static<typeof ProductCard>

/** At most 50 SKUs; each names every spec once; no two alike. */
const productFields = {
  title: text(1, 60),
  subtitle: text(0, 80),
  description: text(0, 2_000),
  pictureFileIds: Type.Array(Id, { minItems: 1, maxItems: 9 }),
  skus: Type.Array(
    object({
      id: Id,
      spec: SkuSpec,
      priceFen: Money,
      initialStock: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    }),
    { minItems: 1, maxItems: 50 },
  ),
}
export const NewProduct = object({ id: Id, ...productFields })
export type NewProduct = Static<typeof NewProduct>

export const catalogErrors = errors({
  'product.not_found': [404, 'This product does not exist.', '商品不存在'],
  'product.off_shelf': [409, 'This product is no longer on sale.', '商品已下架'],
  'product.skus_clash': [
    422,
    'Two variants have the same specs, or specs differ between variants.',
    '规格组合重复或不一致',
  ],
})

export const catalogApi = {
  list: endpoint({
    method: 'GET',
    path: '/shops/:shopId/shelf',
    summary: 'Products on the shelf of a shop',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object(pageQuery),
    reply: pageOf(ProductCard),
    errors: [],
  }),
  view: endpoint({
    method: 'GET',
    path: '/products/:id',
    summary: 'A product as buyers see it; drafts are not found',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Product,
    errors: ['product.not_found'],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/products',
    summary: 'All products of my shop, newest first',
    can: 'catalog.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(shelfStates)),
      q: Type.Optional(text(0, 40)),
    }),
    reply: pageOf(ProductCard),
    errors: [],
  }),
  manageView: endpoint({
    method: 'GET',
    path: '/shops/:shopId/products/:id',
    summary: 'One product of my shop, drafts included',
    can: 'catalog.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShopAndId,
    reply: Product,
    errors: ['product.not_found'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/products',
    summary: 'Create a draft; the body carries its id',
    can: 'catalog.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShop,
    body: NewProduct,
    reply: Product,
    errors: ['product.skus_clash', 'file.not_found'],
  }),
  update: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/products/:id',
    summary: 'Replace texts, pictures and prices; stock of kept SKUs is not touched',
    can: 'catalog.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object(productFields),
    reply: Product,
    errors: ['product.not_found', 'product.skus_clash', 'file.not_found'],
  }),
  setShelf: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/products/:id/shelf',
    summary: 'Put on or take off the shelf',
    can: 'catalog.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    params: ByShopAndId,
    body: object({ state: oneOf(['on_shelf', 'off_shelf']) }),
    reply: Product,
    errors: ['product.not_found'],
  }),
}
