import { expect, test } from 'vitest'
import { newComparison, planOf, toggled } from './model.ts'

test('a comparison has one cell per product, and no row without a label', () => {
  const rows = [
    { id: '1', label: ' 产地 ', cells: ['云南'] },
    { id: '2', label: '', cells: ['不要'] },
  ]
  const plan = planOf({ ...newComparison(), title: '比一比', productIds: ['tea', 'cup'], rows })
  expect(plan).toMatchObject({
    kind: 'comparison',
    productIds: ['tea', 'cup'],
    rows: [{ label: '产地', cells: ['云南', ''] }],
  })
})

test('what is attached is taken out, what is not is added at the end', () => {
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
})
