import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, ByShopAndId, Id, Instant, named, nullable, object } from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'
import { ExplainMark } from './live.ts'

/** One product in the bag 小黄车; the number is what the host says aloud. */
export const BagItem = named('BagItem', { number: Type.Integer(), product: ProductCard })
export type BagItem = Static<typeof BagItem>

/** The product being explained 讲解中. */
export const ExplainCard = named('ExplainCard', { item: BagItem, since: Instant })
export type ExplainCard = Static<typeof ExplainCard>

export const Bag = named('Bag', {
  /** Grows with every change: a client drops older states. */
  version: Type.Integer(),
  items: Type.Array(BagItem),
  explaining: nullable(ExplainCard),
})
export type Bag = Static<typeof Bag>

export const bagItemsMax = 100

export const showcaseErrors = errors({
  'showcase.changed': [
    409,
    'Somebody else changed the bag. Please look again.',
    '商品袋已被他人修改，请刷新后重试',
  ],
  'showcase.not_in_bag': [409, 'This product is not in the bag.', '商品不在小黄车中'],
})

export const showcaseApi = {
  bag: endpoint({
    method: 'GET',
    path: '/live/:id/bag',
    summary: 'The product bag of a room and what is being explained',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Bag,
    errors: ['live.not_found'],
  }),
  explains: endpoint({
    method: 'GET',
    path: '/live/:id/explains',
    summary: 'What was explained when, oldest first: chapters of the show',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: object({ items: Type.Array(ExplainMark) }),
    errors: ['live.not_found'],
  }),
  setBag: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/bag',
    summary: 'Set the whole bag in order: add, sort and remove in one call',
    can: 'showcase.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByShopAndId,
    body: object({
      version: Type.Integer({ minimum: 0 }),
      productIds: Type.Array(Id, { maxItems: bagItemsMax, uniqueItems: true }),
    }),
    reply: Bag,
    errors: ['live.not_found', 'live.ended', 'showcase.changed', 'product.not_found'],
  }),
  explain: endpoint({
    method: 'PUT',
    path: '/shops/:shopId/live/:id/explaining',
    summary: 'Explain a product of the bag, or none; the one before ends with a time mark',
    can: 'showcase.manage',
    scope: 'shop',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: ByShopAndId,
    body: object({ productId: nullable(Id) }),
    reply: Bag,
    errors: ['live.not_found', 'live.ended', 'showcase.not_in_bag'],
  }),
}

export const bagChanged = event(
  'showcase.changed',
  object({ liveId: Id, shopId: Id, version: Type.Integer() }),
)
