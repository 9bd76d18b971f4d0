import { manualClock } from '@kaibo/kernel/clock'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter } from './token-bucket.ts'

const start = (needs = {}) => {
  const clock = manualClock(new Date('2026-01-01'))
  return {
    clock,
    limiter: createRateLimiter({ ratePerSec: 2, burst: 3, keysMax: 2, clock, ...needs }),
  }
}

test('a key has its burst at once and then its rate', () => {
  const { clock, limiter } = start()
  expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([1, 1, 1, 0])
  expect(limiter.waitMs('a')).toBe(500)
  clock.advanceMs(500)
  expect(limiter.take('a')).toBe(1)
  expect(limiter.take('b', 5)).toBe(3)
})

test('the map of keys stays bounded and forgets the one unused for longest', () => {
  const { limiter } = start()
  for (const key of ['a', 'b', 'a', 'c']) limiter.take(key, 2)
  expect(limiter.size).toBe(2)
  expect(limiter.take('a', 3)).toBe(0)
})

test('never more passes than burst plus rate times time', () => {
  const moves = fc.array(fc.record({ waitMs: fc.nat(2_000), count: fc.nat(10) }), { maxLength: 50 })
  fc.assert(
    fc.property(moves, list => {
      const { clock, limiter } = start()
      let passed = 0
      let elapsedMs = 0
      for (const { waitMs, count } of list) {
        clock.advanceMs(waitMs)
        elapsedMs += waitMs
        passed += limiter.take('a', count)
        expect(passed).toBeLessThanOrEqual(3 + (2 * elapsedMs) / 1_000)
      }
    }),
  )
})
