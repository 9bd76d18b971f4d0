import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { Id, Money, named, nullable, object, oneOf, Quantity } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { SkuSpec } from '../goods/catalog.ts'
import { OrderSource } from './order.ts'

/** Different SKUs in one cart. */
export const cartLinesMax = 120

/**
 * Why a line cannot be ordered as it stands. off_shelf = the product is not on sale · retired = this
 * variant is not · sold_out = nothing left · region = not sold to the region asked about · short =
 * fewer left than wanted · over_limit = more than each person may buy. The last two are mended by
 * ordering fewer.
 */
export const cartProblems = [
  'off_shelf',
  'retired',
  'sold_out',
  'region',
  'short',
  'over_limit',
] as const
export type CartProblem = (typeof cartProblems)[number]

export const CartLine = named('CartLine', {
  skuId: Id,
  productId: Id,
  title: Type.String(),
  spec: SkuSpec,
  pictureUrl: nullable(Type.String()),
  quantity: Quantity,
  isSelected: Type.Boolean(),
  /** One on the shelf now, and when it was put in. */
  priceFen: Money,
  addedPriceFen: Money,
  available: Type.Integer({ minimum: 0 }),
  /** The most of it that can be ordered now; 0 when it cannot be. */
  quantityMax: Type.Integer({ minimum: 0 }),
  problem: nullable(oneOf(cartProblems)),
  /** Where it was put in from. */
  source: OrderSource,
})
export type CartLine = Static<typeof CartLine>

export const Cart = named('Cart', {
  /** What can be ordered, or could with fewer pieces: the shop with the newest line first. */
  shops: Type.Array(
    object({ shop: object({ id: Id, name: Type.String() }), lines: Type.Array(CartLine) }),
  ),
  /** What cannot be ordered, each with its problem. */
  invalid: Type.Array(CartLine),
  count: Type.Integer({ minimum: 0 }),
})
export type Cart = Static<typeof Cart>

/** A line of a cart that is kept on the device of a visitor. */
export const DeviceLine = object({
  skuId: Id,
  quantity: Quantity,
  isSelected: Type.Boolean(),
  addedPriceFen: Money,
  source: OrderSource,
})
export type DeviceLine = Static<typeof DeviceLine>

/** How many lines the cart has now: the number on its badge. */
const CartCount = object({ count: Type.Integer({ minimum: 0 }) })

export const cartErrors = errors({
  'cart.full': [409, 'The cart is full. Please take something out first.', '购物车已满，请先清理'],
  'cart.line_gone': [404, 'This is no longer in the cart.', '该商品已不在购物车中'],
  'cart.other_product': [422, 'This is a variant of another product.', '该规格不属于此商品'],
})

const skuIds = Type.Array(Id, { minItems: 1, maxItems: cartLinesMax, uniqueItems: true })
const BySku = object({ skuId: Id })
/** Judges what is sold only in some regions; the first two, four or all six digits of GB/T 2260. */
const region = { regionCode: Type.Optional(Type.String({ pattern: '^\\d{6}$' })) }

const change = {
  can: 'order.buy',
  scope: 'self',
  rate: 'write',
  idempotency: 'natural',
  audit: 'none',
  reply: CartCount,
} as const

export const cartApi = {
  view: endpoint({
    method: 'GET',
    path: '/cart',
    summary: 'My cart by shops, with what cannot be ordered apart',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object(region),
    reply: Cart,
    errors: [],
  }),
  count: endpoint({
    method: 'GET',
    path: '/cart/count',
    summary: 'How many lines my cart has',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    reply: CartCount,
    errors: [],
  }),
  viewDevice: endpoint({
    method: 'POST',
    path: '/cart-views',
    summary: 'What a cart that is kept on a device looks like now; nothing is stored',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    body: object({ ...region, lines: Type.Array(DeviceLine, { maxItems: cartLinesMax }) }),
    reply: Cart,
    errors: [],
  }),
  add: endpoint({
    ...change,
    method: 'POST',
    path: '/cart/lines',
    summary: 'Put goods in; the body carries an id of the deed, so a repeat adds nothing',
    body: object({ id: Id, skuId: Id, quantity: Quantity, source: OrderSource }),
    errors: ['cart.full', 'product.not_found', 'product.off_shelf'],
  }),
  set: endpoint({
    ...change,
    method: 'PUT',
    path: '/cart/lines/:skuId',
    summary: 'Set how many of a line are wanted',
    params: BySku,
    body: object({ quantity: Quantity }),
    errors: ['cart.line_gone'],
  }),
  changeSku: endpoint({
    ...change,
    method: 'PUT',
    path: '/cart/lines/:skuId/sku',
    summary: 'Take another variant of the product; a line that has it already is joined',
    params: BySku,
    body: object({ toSkuId: Id, quantity: Quantity }),
    errors: ['cart.line_gone', 'cart.other_product', 'product.not_found', 'product.off_shelf'],
  }),
  select: endpoint({
    ...change,
    method: 'PUT',
    path: '/cart/selection',
    summary: 'Mark lines as wanted for the checkout, or not',
    body: object({ skuIds, isSelected: Type.Boolean() }),
    errors: [],
  }),
  remove: endpoint({
    ...change,
    method: 'POST',
    path: '/cart/removals',
    summary: 'Take lines out; those that are not there stay so',
    body: object({ skuIds }),
    errors: [],
  }),
  merge: endpoint({
    ...change,
    method: 'POST',
    path: '/cart/merges',
    summary: 'Pour the cart of a device into mine after signing in; once per id of the device cart',
    body: object({ id: Id, lines: Type.Array(DeviceLine, { maxItems: cartLinesMax }) }),
    errors: [],
  }),
}
