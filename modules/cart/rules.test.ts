import { cartLinesMax, type DeviceLine } from '@kaibo/contract/trade/cart'
import { fen } from '@kaibo/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CartFacts, type CartSku, cartOf, decideMerge } from './rules.ts'

const line = (skuId: string, quantity = 1): DeviceLine => ({
  skuId,
  quantity,
  isSelected: true,
  addedPriceFen: fen(100),
  source: { kind: 'shop', id: null },
})
const sku = (changes: Partial<CartSku> = {}): CartSku => ({
  skuId: 'k',
  productId: 'p',
  shopId: 's',
  title: '茶',
  spec: {},
  pictureUrl: null,
  priceFen: fen(100),
  state: 'on_shelf',
  ...changes,
})
const facts = (own: CartSku, changes: Partial<CartFacts> = {}): CartFacts => ({
  skus: new Map([['k', own]]),
  available: new Map([['k', 10]]),
  shops: new Map([['s', { id: 's', name: '山岚小铺' }]]),
  liveProductIds: new Set(),
  regionCode: null,
  ...changes,
})
const problemOf = (own: CartSku, changes: Partial<CartFacts> = {}, quantity = 1) => {
  const { shops, invalid } = cartOf([line('k', quantity)], facts(own, changes))
  return [...shops.flatMap(({ lines }) => lines), ...invalid][0]?.problem
}

test('a variant that left a product on the shelf is retired, one of a hidden product off the shelf', () => {
  const gone = sku({ state: 'off_shelf' })
  expect(problemOf(gone, { liveProductIds: new Set(['p']) })).toBe('retired')
  expect(problemOf(gone)).toBe('off_shelf')
})

test.each([
  [['33'], '330106', null],
  [['3301', '31'], '330106', null],
  [['3302', '31'], '330106', 'region'],
  [[], '330106', 'region'],
  [['3302'], null, null],
  [null, '330106', null],
])('what is sold in %j goes to %j: %j', (regionCodes, regionCode, problem) => {
  expect(problemOf(sku({ regionCodes }), { regionCode })).toBe(problem)
})

test('more than each person may buy stays with its shop, to be mended', () => {
  const seen = cartOf([line('k', 3)], facts(sku({ limitPerBuyer: 2 })))
  expect(seen.shops[0]?.lines).toMatchObject([{ problem: 'over_limit', quantityMax: 2 }])
})

const lines = fc.array(
  fc.record({
    skuId: fc.integer({ min: 1, max: 150 }),
    quantity: fc.integer({ min: 1, max: 999 }),
  }),
  { maxLength: cartLinesMax },
)
const asLines = (rows: { skuId: number; quantity: number }[]) =>
  rows.map(row => line(String(row.skuId), row.quantity))
const unique = (rows: DeviceLine[]) => [...new Map(rows.map(row => [row.skuId, row])).values()]

test('whatever is merged, the cart keeps its limits and loses nothing that it had', () => {
  fc.assert(
    fc.property(lines, lines, (mine, device) => {
      const before = unique(asLines(mine))
      const written = decideMerge(before, asLines(device))
      const after = new Map([...before, ...written].map(row => [row.skuId, row.quantity]))
      expect(after.size).toBeLessThanOrEqual(cartLinesMax)
      for (const { skuId, quantity } of before) {
        expect(after.get(skuId)).toBeGreaterThanOrEqual(quantity)
      }
      for (const quantity of after.values()) expect(quantity).toBeLessThanOrEqual(999)
    }),
  )
})
