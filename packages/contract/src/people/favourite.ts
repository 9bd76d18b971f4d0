import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Done, Id, Instant, Money, named, object, pageOf, pageQuery } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'

/** Products that one person may keep. */
export const favouritesMax = 1_000

export const Favourite = named('Favourite', {
  product: ProductCard,
  /** The lowest price of the product when it was favoured; lower now = a price drop. */
  thenPriceFen: Money,
  favouredAt: Instant,
})
export type Favourite = Static<typeof Favourite>

export const favouriteErrors = errors({
  'favourite.limit': [409, 'Your favourites are full.', '收藏数量已达上限'],
})

const ByProduct = object({ productId: Id })
const change = {
  can: 'account.self',
  scope: 'self',
  rate: 'write',
  idempotency: 'natural',
  audit: 'none',
  params: ByProduct,
  reply: Done,
} as const
const look = {
  method: 'GET',
  can: 'account.self',
  scope: 'self',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
  errors: [],
} as const

export const favouriteApi = {
  list: endpoint({
    ...look,
    path: '/favourites',
    summary: 'My favourites, newest first',
    query: object(pageQuery),
    reply: pageOf(Favourite),
  }),
  count: endpoint({
    ...look,
    path: '/favourites/count',
    summary: 'How many favourites I have',
    reply: object({ count: Type.Integer({ minimum: 0 }) }),
  }),
  state: endpoint({
    ...look,
    path: '/favourites/:productId',
    summary: 'Whether a product is among my favourites',
    params: ByProduct,
    reply: object({ isFavourite: Type.Boolean() }),
  }),
  add: endpoint({
    ...change,
    method: 'PUT',
    path: '/favourites/:productId',
    summary: 'Keep a product; its price now is remembered',
    errors: ['product.not_found', 'favourite.limit'],
  }),
  remove: endpoint({
    ...change,
    method: 'DELETE',
    path: '/favourites/:productId',
    summary: 'Keep it no longer',
    errors: [],
  }),
}
