import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { countOf, fenOfYuan, goodsChange, lowestPrices } from './model.ts'

const item = (productId: string, priceFen: number, leftCount: number) => ({
  id: `${productId}-${priceFen}`,
  skuId: `${productId}-${priceFen}`,
  productId,
  title: productId,
  spec: {},
  pictureUrl: null,
  priceFen: fen(priceFen),
  listPriceFen: fen(priceFen * 2),
  quota: 10,
  leftCount,
  perPersonMax: null,
})

test('a product has the lowest price of its variants and what is left of all', () => {
  const sales: Pick<FlashSaleCard, 'items'>[] = [
    { items: [item('tea', 1_900, 3), item('tea', 900, 2)] },
    { items: [item('cup', 500, 0)] },
  ]
  const prices = lowestPrices(sales)
  expect(prices.get('tea')).toEqual({ priceFen: 900, leftCount: 5 })
  expect(prices.get('cup')).toEqual({ priceFen: 500, leftCount: 0 })
})

test('yuan become fen without a rounding error, and what is no price is none', () => {
  expect(fenOfYuan(' 19.9 ')).toBe(1_990)
  expect(fenOfYuan('¥0.07')).toBe(7)
  expect(fenOfYuan('1.005')).toBeUndefined()
  expect(fenOfYuan('-3')).toBeUndefined()
  expect(fenOfYuan('')).toBeUndefined()
})

test('a count is whole and at least one', () => {
  expect(countOf('12')).toBe(12)
  expect(countOf('0')).toBeUndefined()
  expect(countOf('1.5')).toBeUndefined()
})

const variants = [
  { id: 'red', available: 5, priceFen: 12_900 },
  { id: 'blue', available: 0, priceFen: 9_900 },
]

test('stock and price are changed by steps from what is, where somebody typed', () => {
  expect(goodsChange(variants, { price: '', stock: {} })).toEqual({
    priceDeltaFen: 0,
    adjustments: [],
  })
  expect(goodsChange(variants, { price: '89', stock: { red: '5', blue: '12' } })).toEqual({
    priceDeltaFen: -1_000,
    adjustments: [{ skuId: 'blue', delta: 12 }],
  })
})

test('what is no number changes nothing at all', () => {
  expect(goodsChange(variants, { price: 'abc', stock: {} })).toBeUndefined()
  expect(goodsChange(variants, { price: '0', stock: {} })).toBeUndefined()
  expect(goodsChange(variants, { price: '', stock: { red: '-1' } })).toBeUndefined()
})
