import { expect, test } from 'vitest'
import { hueOf, initialOf } from './face.ts'

test('a face without a picture has the first letter of the name, whatever the script', () => {
  expect(initialOf(' kaibo')).toBe('K')
  expect(initialOf('山里小铺')).toBe('山')
  expect(initialOf('🍊 fruit')).toBe('🍊')
  expect(initialOf('  ')).toBe('·')
})

test('a name keeps its colour, and names differ', () => {
  expect(hueOf('山里小铺')).toBe(hueOf('山里小铺'))
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(hueOf)).size).toBe(6)
})
