import { expect, test } from 'vitest'
import { filterDefaults, isNarrowed, narrowCount, orderQuery } from './filters.ts'

test('the plain list asks for everything', () => {
  expect(orderQuery(filterDefaults)).toEqual({})
  expect(isNarrowed(filterDefaults)).toBe(false)
})

test('a tab does not count as a search', () => {
  const filters = { ...filterDefaults, state: 'paid' }
  expect(orderQuery(filters)).toEqual({ state: 'paid' })
  expect(isNarrowed(filters)).toBe(false)
})

test('a day ends when the next one begins, and amounts are read as yuan', () => {
  const filters = { ...filterDefaults, from: '2026-11-21', to: '2026-11-21', min: '9.9', max: 'x' }
  const query = orderQuery(filters)
  expect(Date.parse(query.before ?? '') - Date.parse(query.from ?? '')).toBe(86_400_000)
  expect(query.amountMinFen).toBe(990)
  expect(query.amountMaxFen).toBeUndefined()
  expect(narrowCount(filters)).toBe(3)
})

test('words that nobody knows do not narrow', () => {
  const filters = { ...filterDefaults, source: 'moon', flag: 'pink', note: 'perhaps', from: 'soon' }
  expect(orderQuery(filters)).toEqual({})
})
