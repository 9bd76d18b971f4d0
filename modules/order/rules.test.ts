import type { PlaceOrder } from '@kaibo/contract/order'
import { isFailure } from '@kaibo/kernel/fail'
import { fen, zeroFen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePlacement, decidePrice, mergeLines, requestHash } from './rules.ts'

const skuOf = (skuId: string, changes: Partial<SkuFacts> = {}): SkuFacts => ({
  skuId,
  productId: `product of ${skuId}`,
  shopId: 'shop',
  title: skuId,
  spec: {},
  pictureUrl: null,
  priceFen: fen(100),
  state: 'on_shelf' as const,
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
const failing = (code: string) => expect.toSatisfy(error => isFailure(error, code))
const receiver = { name: '王小明', phone: '13800138000', address: '文三路 1 号' }
const request = {
  orders: [{ id: 'order', shopId: 'shop', note: '' }],
  source: { kind: 'shop' as const, id: null },
  expectedPayableFen: fen(100),
}
const placing = () => ({
  request,
  priced: decidePrice([{ skuId: 'tea', quantity: 1 }], [skuOf('tea')]),
  staffOf: [],
  receiver,
})

const skuIds = ['tea', 'cup', 'honey', 'board']
const goods = fc.record({
  lines: fc.array(
    fc.record({ skuId: fc.constantFrom(...skuIds), quantity: fc.integer({ min: 1, max: 20 }) }),
    { minLength: 1, maxLength: 12 },
  ),
  prices: fc.tuple(...skuIds.map(() => fc.integer({ min: 1, max: 100_000 }))),
})
const priceAll = ({
  lines,
  prices,
}: {
  lines: { skuId: string; quantity: number }[]
  prices: number[]
}) => {
  const asked = new Set(lines.map(line => line.skuId))
  const skus = skuIds.map((skuId, index) => skuOf(skuId, { priceFen: fen(prices[index] ?? 1) }))
  return decidePrice(
    lines,
    skus.filter(sku => asked.has(sku.skuId)),
  )
}

test('an order costs what its lines cost, and a line its unit price times its quantity', () => {
  fc.assert(
    fc.property(goods, asked => {
      const { shops, itemsFen, shippingFen, payableFen } = priceAll(asked)
      const lines = shops.flatMap(shop => shop.lines)
      const sum = lines.reduce((total, line) => total + line.payableFen, 0)
      expect(itemsFen).toBe(sum)
      expect(payableFen).toBe(itemsFen + shippingFen)
      for (const line of lines) expect(line.payableFen).toBe(line.unitPriceFen * line.quantity)
    }),
    { numRuns: 2_000 },
  )
})

test('the order in which goods are named does not change what they cost', () => {
  fc.assert(
    fc.property(goods, ({ lines, prices }) => {
      const backwards = priceAll({ lines: lines.toReversed(), prices })
      expect(backwards.payableFen).toBe(priceAll({ lines, prices }).payableFen)
    }),
    { numRuns: 2_000 },
  )
})

test('lines of the same SKU become one, and nothing is lost', () => {
  fc.assert(
    fc.property(goods, ({ lines }) => {
      const merged = mergeLines(lines)
      const countOf = (list: typeof lines) => list.reduce((sum, line) => sum + line.quantity, 0)
      expect(new Set(merged.map(line => line.skuId)).size).toBe(merged.length)
      expect(countOf(merged)).toBe(countOf(lines))
    }),
  )
})

test.each([
  ['an unknown SKU', [], 'product.not_found'],
  ['a draft', [skuOf('tea', { state: 'draft' })], 'product.not_found'],
  ['goods off the shelf', [skuOf('tea', { state: 'off_shelf' })], 'product.off_shelf'],
  ['goods for nothing', [skuOf('tea', { priceFen: zeroFen })], 'request.invalid'],
  ['goods for too much', [skuOf('tea', { priceFen: fen(600_000_000) })], 'request.invalid'],
])('%s cannot be ordered', (_, skus, code) => {
  expect(() => decidePrice([{ skuId: 'tea', quantity: 2 }], skus)).toThrow(failing(code))
})

test('the goods of two shops are two orders', () => {
  const lines = skuIds.slice(0, 2).map(skuId => ({ skuId, quantity: 1 }))
  const skus = [skuOf('tea'), skuOf('cup', { shopId: 'another shop' })]
  const { shops, payableFen } = decidePrice(lines, skus)
  expect(shops.map(shop => [shop.shopId, shop.payableFen])).toEqual([
    ['shop', 100],
    ['another shop', 100],
  ])
  expect(payableFen).toBe(200)
})

test('a quantity that grows beyond the limit by adding up is refused', () => {
  const lines = [500, 500].map(quantity => ({ skuId: 'tea', quantity }))
  expect(() => decidePrice(lines, [skuOf('tea')])).toThrow(failing('request.invalid'))
})

test.each([
  ['staff of the shop', { staffOf: ['shop'] }, 'order.own_shop'],
  ['a buyer without an address', { receiver: null }, 'order.address_missing'],
  [
    'a buyer who was shown another price',
    { request: { ...request, expectedPayableFen: fen(99) } },
    'order.price_changed',
  ],
  [
    'a buyer who names other shops',
    { request: { ...request, orders: [{ id: 'order', shopId: 'another shop', note: '' }] } },
    'order.shops_differ',
  ],
  [
    'a buyer from a live room without a name',
    { request: { ...request, source: { kind: 'live' as const, id: null } } },
    'request.invalid',
  ],
])('%s cannot place an order', (_, change, code) => {
  expect(() => decidePlacement(placing())).not.toThrow()
  expect(() => decidePlacement({ ...placing(), ...change })).toThrow(failing(code))
})

test('requests are the same when buyer, goods, address, source, note and price are', () => {
  const asked: PlaceOrder = {
    orders: request.orders,
    lines: [{ skuId: 'tea', quantity: 1 }],
    addressId: 'home',
    source: { kind: 'shop', id: null },
    couponIds: [],
    pointsUsed: 0,
    agreesNoReturn: false,
    expectedPayableFen: fen(100),
  }
  const others: PlaceOrder[] = [
    { ...asked, lines: [{ skuId: 'tea', quantity: 2 }] },
    { ...asked, addressId: 'work' },
    { ...asked, source: { kind: 'live', id: 'room' } },
    { ...asked, orders: [{ id: 'order', shopId: 'shop', note: '请轻放' }] },
    { ...asked, couponIds: ['coupon'] },
    { ...asked, expectedPayableFen: fen(101) },
  ]
  const hashes = [requestHash('ann', asked), requestHash('bob', asked)]
  expect(new Set([...hashes, ...others.map(each => requestHash('ann', each))]).size).toBe(8)
  expect(requestHash('ann', { ...asked })).toBe(hashes[0])
})
