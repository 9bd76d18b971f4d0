import type { Product } from '@kaibo/contract/goods/catalog'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import {
  chosenSku,
  dealOf,
  firstChoice,
  pictureOf,
  priceRange,
  quantityMax,
  specsOf,
} from './model.ts'

const sku = (spec: Record<string, string>, priceFen: number, available: number) => ({
  id: Object.values(spec).join('-'),
  spec,
  priceFen: fen(priceFen),
  strike: null,
  pictureUrl: null,
  weightG: 0,
  volumeCm3: 0,
  barcode: null,
  isDisabled: false,
  available,
})
const product = (skus: Product['skus']): Product => ({
  id: 'p',
  shopId: 's',
  title: '围裙',
  subtitle: '',
  description: '',
  detail: '',
  pictureUrls: [],
  videoUrl: null,
  noReturn: null,
  brand: null,
  categoryId: null,
  categories: [],
  tags: [],
  isVirtual: false,
  regionCodes: null,
  limitPerBuyer: null,
  freightTemplateId: null,
  versionId: 'v',
  version: 1,
  state: 'on_shelf',
  skus,
})
const apron = product([
  sku({ 颜色: '青', 尺寸: 'S' }, 100, 3),
  sku({ 颜色: '青', 尺寸: 'M' }, 120, 0),
  sku({ 颜色: '白', 尺寸: 'M' }, 130, 2),
])

test('a combination without stock cannot be chosen, but the other spec can be changed', () => {
  const [colour, size] = specsOf(apron, { 颜色: '青' })
  expect(size?.values).toEqual([
    { value: 'S', isChosen: false, isPossible: true, pictureUrl: null },
    { value: 'M', isChosen: false, isPossible: false, pictureUrl: null },
  ])
  expect(colour?.values.map(value => value.isPossible)).toEqual([true, true])
})

test('a SKU is chosen only when every spec is', () => {
  expect(chosenSku(apron, { 颜色: '白' })).toBeUndefined()
  expect(chosenSku(apron, { 颜色: '白', 尺寸: 'M' })?.priceFen).toBe(130)
})

test('the only SKU is chosen from the start', () => {
  const cup = product([sku({ 规格: '单只' }, 88, 1)])
  expect(firstChoice(cup)).toEqual({ 规格: '单只' })
  expect(firstChoice(apron)).toEqual({})
})

test('the price narrows with the choice', () => {
  expect(priceRange(apron, {})).toEqual({ from: 100, to: 130 })
  expect(priceRange(apron, { 颜色: '青', 尺寸: 'S' })).toEqual({ from: 100, to: 100 })
})

test('nobody can ask for more than there is', () => {
  expect(quantityMax(apron.skus[0])).toBe(3)
})

test('a choice that no SKU has any more shows the prices of all', () => {
  expect(priceRange(apron, { 颜色: '红' })).toEqual({ from: 100, to: 130 })
})

test('a combination that is not sold cannot be chosen, however much of it there is', () => {
  const off = { ...sku({ 颜色: '青' }, 100, 9), isDisabled: true }
  const shirt = product([off, sku({ 颜色: '白' }, 100, 1)])
  expect(specsOf(shirt, {})[0]?.values.map(value => value.isPossible)).toEqual([false, true])
  expect(quantityMax(off)).toBe(0)
})

test('each colour shows its own picture once the variants have some', () => {
  const pictured = (colour: string, size: string, pictureUrl: string) => ({
    ...sku({ 颜色: colour, 尺寸: size }, 100, 1),
    pictureUrl,
  })
  const shirt = product([
    pictured('青', 'S', 'c'),
    pictured('青', 'M', 'c'),
    pictured('白', 'S', 'w'),
  ])
  const [colour, size] = specsOf(shirt, {})
  expect(colour?.values.map(value => value.pictureUrl)).toEqual(['c', 'w'])
  expect(size?.values.map(value => value.pictureUrl)).toEqual([null, null])
  expect(pictureOf(shirt, { 颜色: '白' })).toBe('w')
  expect(pictureOf(shirt, {})).toBeNull()
})

test('without activities there is no deal', () => {
  expect(dealOf('p', { sales: [], offers: [], now: '', askedAtMs: 0 })).toBeNull()
})
