import { expect, test } from 'vitest'
import { draftOf, newComparison, planOf, toggled } from './model.ts'

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

test('a comparison that is written anew without a change stays as it was', () => {
  const rows = [{ label: '产地', cells: ['云南', '景德镇'] }]
  const products = ['tea', 'cup'].map(productId => ({ productId, product: null }))
  const words = { title: '比一比', text: '两样好物' }
  const updatedAt = '2026-03-01T16:00:00.000Z'
  const story = { id: 'x', kind: 'comparison', ...words, updatedAt, products, rows } as const
  expect(planOf(draftOf(story))).toEqual({
    kind: 'comparison',
    ...words,
    productIds: ['tea', 'cup'],
    rows,
  })
})
