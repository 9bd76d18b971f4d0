import type { PlaceOrder } from '@kaibo/contract/trade/order'
import { isFailure } from '@kaibo/kernel/fail'
import { basisPoints, fen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import { createPrice } from '@kaibo/modules/price'
import { expect, test } from 'vitest'
import { decideCheckout, requestHash } from './decide.ts'
import type { Facts } from './facts.ts'

const price = createPrice({ sources: [] })
const failing = (code: string) => expect.toSatisfy(error => isFailure(error, code))

const skuOf = (skuId: string, changes: Partial<SkuFacts> = {}): SkuFacts => ({
  skuId,
  productId: `product of ${skuId}`,
  shopId: 'shop',
  title: skuId,
  spec: {},
  pictureUrl: null,
  priceFen: fen(100),
  state: 'on_shelf',
  versionId: `version of ${skuId}`,
  categoryIds: [],
  brandId: null,
  tagIds: [],
  weightG: 0,
  volumeCm3: 0,
  freightTemplateId: null,
  isVirtual: false,
  regionCodes: null,
  mayReturn: true,
  limitPerBuyer: null,
  ...changes,
})
const receiver = { name: '王小明', phone: '13800138000', address: '文三路', regionCode: '330106' }
const factsOf = (skus: readonly SkuFacts[], changes: Partial<Facts> = {}): Facts => ({
  source: { shopId: null },
  known: new Map(),
  skus: new Map(skus.map(sku => [sku.skuId, sku])),
  receiver,
  offers: [],
  gifts: [],
  deliverableIds: new Set(),
  shippingOf: null,
  rates: new Map([['tea', basisPoints(500)]]),
  shopNames: new Map(),
  ...changes,
})
const request: PlaceOrder = {
  lines: [{ skuId: 'tea', quantity: 1 }],
  addressId: 'home',
  source: { kind: 'shop', id: null },
  couponIds: [],
  pointsUsed: 0,
  orders: [{ id: 'order', shopId: 'shop', note: '' }],
  agreesNoReturn: false,
  expectedPayableFen: fen(100),
}
const decide = (facts: Facts, changes: Partial<PlaceOrder> = {}, staffOf: string[] = []) =>
  decideCheckout(price, { ...request, ...changes }, { facts, buyerId: 'ann', staffOf })

test('a room that never was is no source', () => {
  expect(() => decide(factsOf([tea], { source: null }))).toThrow('request.invalid')
})

test('a room sells the goods of its own shop, beside those of others', () => {
  const of = (shopId: string) => decide.bind(null, factsOf([tea], { source: { shopId } }))
  expect(of('another')).toThrow(failing('order.source_foreign'))
  expect(of('shop')).not.toThrow()
})

test('an order freezes the page, the rate and where the goods lie', () => {
  const { drafts, receiver: to } = decide(factsOf([skuOf('tea', { limitPerBuyer: 2 })]))
  expect(to).toEqual(receiver)
  expect(drafts).toMatchObject([{ id: 'order', checkoutId: 'order', payableFen: 100 }])
  expect(drafts[0]?.lines).toMatchObject([
    {
      versionId: 'version of tea',
      takeRateBps: 500,
      poolId: null,
      limits: [{ limitId: 'product of tea', max: 2 }],
    },
  ])
})

test('the goods of two shops are two orders of one checkout, named after the first id', () => {
  const facts = factsOf([skuOf('tea'), skuOf('cup', { shopId: 'another' })])
  const { drafts } = decide(facts, {
    lines: ['tea', 'cup'].map(skuId => ({ skuId, quantity: 1 })),
    orders: [
      { id: 'b', shopId: 'another', note: '' },
      { id: 'a', shopId: 'shop', note: '轻放' },
    ],
    expectedPayableFen: fen(200),
  })
  expect(drafts.map(draft => [draft.id, draft.shopId, draft.checkoutId, draft.note])).toEqual([
    ['b', 'another', 'a', ''],
    ['a', 'shop', 'a', '轻放'],
  ])
})

test('nothing is sent for virtual goods, so no address is needed and none is kept', () => {
  const deliverableIds = new Set(['tea'])
  const facts = factsOf([skuOf('tea', { isVirtual: true })], { deliverableIds })
  expect(decide(facts).receiver).toBeNull()
  expect(decide({ ...facts, receiver: null }, { addressId: null }).receiver).toBeNull()
})

const tea = skuOf('tea')
test.each<[string, string, SkuFacts[], Partial<PlaceOrder>]>([
  ['an unknown SKU', 'product.not_found', [], {}],
  ['a draft', 'product.not_found', [skuOf('tea', { state: 'draft' })], {}],
  ['goods off the shelf', 'product.off_shelf', [skuOf('tea', { state: 'off_shelf' })], {}],
  ['goods for nothing', 'price.total_out_of_range', [skuOf('tea', { priceFen: fen(0) })], {}],
  [
    'goods for too much',
    'price.total_out_of_range',
    [skuOf('tea', { priceFen: fen(2_000_000_000) })],
    {},
  ],
  ['a code that nobody can give', 'virtual.not_ready', [skuOf('tea', { isVirtual: true })], {}],
  ['goods of another region', 'order.region_refused', [skuOf('tea', { regionCodes: ['31'] })], {}],
  ['another total than shown', 'order.price_changed', [tea], { expectedPayableFen: fen(99) }],
  ['a live room without a name', 'request.invalid', [tea], { source: { kind: 'live', id: null } }],
  [
    'goods that cannot be returned, without a word',
    'order.no_return_unconfirmed',
    [skuOf('tea', { mayReturn: false })],
    {},
  ],
  [
    'another shop',
    'order.shops_differ',
    [tea],
    { orders: [{ id: 'order', shopId: 'another', note: '' }] },
  ],
  [
    'a shop twice',
    'order.shops_differ',
    [tea],
    { orders: ['a', 'b'].map(id => ({ id, shopId: 'shop', note: '' })) },
  ],
])('%s cannot be ordered', (_, code, skus, changes) => {
  expect(() => decide(factsOf(skus), changes)).toThrow(failing(code))
})

test('goods of a region are sold there, wherever in it', () => {
  expect(() => decide(factsOf([skuOf('tea', { regionCodes: ['31', '3301'] })]))).not.toThrow()
})

test('staff cannot buy from their shop, and nobody without an address of theirs', () => {
  expect(() => decide(factsOf([tea]), {}, ['shop'])).toThrow(failing('order.own_shop'))
  expect(() => decide(factsOf([tea], { receiver: null }))).toThrow(failing('order.address_missing'))
})

test('requests are the same when everything that counts is', () => {
  const others: Partial<PlaceOrder>[] = [
    { lines: [{ skuId: 'tea', quantity: 2 }] },
    { lines: [{ skuId: 'tea', quantity: 1, bundleId: 'set' }] },
    { addressId: 'work' },
    { source: { kind: 'live', id: 'room' } },
    { orders: [{ id: 'order', shopId: 'shop', note: '请轻放' }] },
    { couponIds: ['coupon'] },
    { pointsUsed: 100 },
    { expectedPayableFen: fen(101) },
  ]
  const hashes = others.map(change => requestHash('ann', { ...request, ...change }))
  hashes.push(requestHash('ann', request), requestHash('bob', request))
  expect(new Set(hashes).size).toBe(10)
  expect(requestHash('ann', { ...request, roomToken: 'proof' })).toBe(requestHash('ann', request))
})
