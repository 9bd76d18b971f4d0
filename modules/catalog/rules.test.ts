import { isFailure } from '@kaibo/kernel/fail'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { decideSkuChanges, decideSkus, mayPutOn, shelfLife } from './rules.ts'

const sku = (id: string, spec: Record<string, string>) => ({
  id,
  spec,
  priceFen: fen(100),
  initialStock: 1,
})
const clash = expect.toSatisfy(error => isFailure(error, 'product.skus_clash'))

test('each SKU names every spec once, in any order, and no two are alike', () => {
  const matrix = [
    sku('1', { 颜色: '红', 尺码: 'M' }),
    sku('2', { 尺码: 'L', 颜色: '红' }),
    sku('3', { 颜色: '蓝', 尺码: 'M' }),
  ]
  expect(() => decideSkus(matrix)).not.toThrow()
  expect(() => decideSkus([sku('1', {})])).not.toThrow()
})

test.each([
  ['the same values', [sku('1', { 颜色: '红' }), sku('2', { 颜色: '红' })]],
  [
    'the same values in another order',
    [sku('1', { a: 'x', b: 'y' }), sku('2', { b: 'y', a: 'x' })],
  ],
  ['different specs', [sku('1', { 颜色: '红' }), sku('2', { 尺码: 'M' })]],
  ['a missing spec', [sku('1', { 颜色: '红', 尺码: 'M' }), sku('2', { 颜色: '蓝' })]],
  ['no specs at all', [sku('1', {}), sku('2', {})]],
  ['the same id', [sku('1', { 颜色: '红' }), sku('1', { 颜色: '蓝' })]],
])('two SKUs with %s clash', (_, skus) => {
  expect(() => decideSkus(skus)).toThrow(clash)
})

test.each([
  ['a spec without a name', { ' ': 'M' }],
  ['a spec without a value', { 尺码: '' }],
  ['a name of two lines', { '尺\n码': 'M' }],
  ['a very long name', { ['码'.repeat(21)]: 'M' }],
  ['too many specs', { a: '1', b: '1', c: '1', d: '1', e: '1', f: '1' }],
])('a variant with %s is refused', (_, spec) => {
  expect(() => decideSkus([sku('1', spec)])).toThrow('request.invalid')
})

test('nothing is sold for nothing', () => {
  const free = { ...sku('1', {}), priceFen: fen(0) }
  expect(() => decideSkus([free])).toThrow('request.invalid')
})

test('an update adds what is new, brings back what was retired, and retires what is left out', () => {
  const known = { inUse: new Set(['kept', 'dropped']), all: new Set(['kept', 'dropped', 'old']) }
  const skus = ['kept', 'old', 'new'].map(id => sku(id, { 规格: id }))
  const { addedIds, retiredIds } = decideSkuChanges(known, skus)
  expect(addedIds).toEqual(['new'])
  expect(retiredIds).toEqual(['dropped'])
})

test('a draft cannot be taken off a shelf that it never was on', () => {
  expect(shelfLife.can('draft', 'takeOff')).toBe(false)
  expect(mayPutOn('draft', true)).toBe(false)
  expect(mayPutOn('draft', false)).toBe(true)
  expect(mayPutOn('approved', true)).toBe(true)
})
