import { type Static, Type } from 'typebox'
import { Done, Id, Instant, named, object } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { ProductCard } from '../goods/catalog.ts'

/** Distinct products that are remembered per person. */
export const historyMax = 100

export const Viewed = named('Viewed', { product: ProductCard, viewedAt: Instant })
export type Viewed = Static<typeof Viewed>

const mine = { can: 'account.self', scope: 'self', audit: 'none', errors: [] } as const
const change = { ...mine, rate: 'write', idempotency: 'natural', reply: Done } as const

export const historyApi = {
  list: endpoint({
    ...mine,
    method: 'GET',
    path: '/history',
    summary: 'The products I looked at, the latest first',
    rate: 'read',
    idempotency: 'safe',
    reply: object({ items: Type.Array(Viewed, { maxItems: historyMax }) }),
  }),
  record: endpoint({
    ...change,
    method: 'PUT',
    path: '/history/:productId',
    summary: 'I am looking at this product; unknown ones are not remembered',
    params: object({ productId: Id }),
  }),
  forget: endpoint({
    ...change,
    method: 'DELETE',
    path: '/history/:productId',
    summary: 'Forget that I looked at it',
    params: object({ productId: Id }),
  }),
  clear: endpoint({
    ...change,
    method: 'DELETE',
    path: '/history',
    summary: 'Forget everything I looked at',
  }),
}
