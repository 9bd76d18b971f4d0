import { expect, test } from 'vitest'
import {
  combinationCount,
  combinationsOf,
  matrixOf,
  rowName,
  rowsOf,
  type SkuMatrix,
  type Spec,
  specRecordOf,
  withAll,
  withDraft,
  withSpecs,
} from './spec-model.ts'

const spec = (name: string, ...texts: string[]): Spec => ({
  id: name,
  name,
  values: texts.map(text => ({ id: `${name}-${text}`, text })),
})
const colour = spec('颜色', '红', '青')
const size = spec('尺码', 'S', 'M', 'L')

const counter = () => {
  let count = 0
  return () => `id-${++count}`
}
const empty: SkuMatrix = { specs: [], drafts: {} }
const names = (matrix: SkuMatrix) => rowsOf(matrix).map(rowName)
const offered = (matrix: SkuMatrix) => rowsOf(matrix).filter(row => row.draft.isOffered)

test('a product without specs has one SKU', () => {
  expect(names(withSpecs(empty, [], counter()))).toEqual([''])
})

test('two specs make every combination once, in order', () => {
  const matrix = withSpecs(empty, [colour, size], counter())
  expect(names(matrix)).toEqual(['红 · S', '红 · M', '红 · L', '青 · S', '青 · M', '青 · L'])
  expect(new Set(rowsOf(matrix).map(row => row.draft.skuId)).size).toBe(6)
})

test('a value or spec that is still empty makes no SKUs', () => {
  expect(combinationsOf([spec('颜色', '红', ' '), spec('尺码')])).toHaveLength(1)
})

test('renaming a value keeps its SKU and its price', () => {
  const first = withSpecs(empty, [colour], counter())
  const [red] = rowsOf(first)
  const priced = withDraft(first, red?.key ?? '', { priceText: '12.9' })
  const renamed = { ...colour, values: colour.values.map(v => ({ ...v, text: `深${v.text}` })) }
  const [row] = rowsOf(withSpecs(priced, [renamed], counter()))
  expect(row?.values[0]?.text).toBe('深红')
  expect(row?.draft.skuId).toBe(red?.draft.skuId)
  expect(row?.draft.priceText).toBe('12.9')
})

test('a value that is taken away and put back is the same SKU', () => {
  const before = withSpecs(empty, [colour], counter())
  const without = withSpecs(before, [{ ...colour, values: colour.values.slice(0, 1) }], counter())
  expect(rowsOf(without)).toHaveLength(1)
  expect(rowsOf(withSpecs(without, [colour], counter()))).toEqual(rowsOf(before))
})

test('another spec makes new SKUs that begin with the price of their relative', () => {
  const [red, green] = rowsOf(withSpecs(empty, [colour], counter()))
  const priced = withDraft(
    withDraft(withSpecs(empty, [colour], counter()), red?.key ?? '', { priceText: '10' }),
    green?.key ?? '',
    { priceText: '20' },
  )
  const rows = rowsOf(withSpecs(priced, [colour, size], counter()))
  expect(rows.map(row => row.draft.priceText)).toEqual(['10', '10', '10', '20', '20', '20'])
})

test('more than fifty combinations are counted but not made', () => {
  const many = spec('编号', ...Array.from({ length: 51 }, (_, index) => String(index)))
  expect(combinationCount([many, colour])).toBe(102)
  expect(rowsOf(withSpecs(empty, [many, colour], counter()))).toEqual([])
})

test('one price for all leaves alone what is not sold', () => {
  const matrix = withSpecs(empty, [colour], counter())
  const [red, green] = rowsOf(matrix)
  const partly = withDraft(matrix, green?.key ?? '', { isOffered: false })
  const priced = rowsOf(withAll(partly, { priceText: '9.9' }))
  expect(priced.map(row => row.draft.priceText)).toEqual(['9.9', ''])
  expect(red?.draft.priceText).toBe('')
})

const known = {
  ...{ stockText: '', strike: 'none' as const, strikeText: '', weightText: '', volumeText: '' },
  ...{ barcode: '', picture: null, isOffered: true },
}

test('a product with gaps in its matrix is read as it is', () => {
  const matrix = matrixOf(
    [
      { ...known, id: 'a', spec: { 颜色: '红', 尺码: 'S' }, priceText: '1', available: 3 },
      { ...known, id: 'b', spec: { 颜色: '青', 尺码: 'M' }, priceText: '2', available: 0 },
    ],
    counter(),
  )
  expect(names(matrix)).toEqual(['红 · S', '红 · M', '青 · S', '青 · M'])
  expect(offered(matrix).map(row => [row.draft.skuId, row.draft.available])).toEqual([
    ['a', 3],
    ['b', 0],
  ])
})

test('the spec of a SKU is written in the order of the specs', () => {
  const [values = []] = combinationsOf([colour, size])
  expect(Object.entries(specRecordOf([colour, size], values))).toEqual([
    ['颜色', '红'],
    ['尺码', 'S'],
  ])
})
