import { expect, test } from 'vitest'
import { keyTarget } from './seek-bar.tsx'

const at = { atMs: 60_000, durationMs: 100_000 }

test.each([
  ['ArrowLeft', 55_000],
  ['ArrowRight', 65_000],
  ['PageUp', 90_000],
  ['PageDown', 30_000],
  ['Home', 0],
  ['End', 100_000],
])('%s leads to %i ms', (key, ms) => {
  expect(keyTarget(key, at)).toBe(ms)
})

test('no key leads beyond the film, and letters lead nowhere', () => {
  expect(keyTarget('ArrowLeft', { ...at, atMs: 2_000 })).toBe(0)
  expect(keyTarget('PageUp', { ...at, atMs: 95_000 })).toBe(100_000)
  expect(keyTarget('k', at)).toBeNull()
})
