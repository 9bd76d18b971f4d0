import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate, basisPoints, fen, minusFen, multiplyFen, sumFen, times } from './money.ts'

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map(fen)
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 })
  .filter(list => list.some(weight => weight > 0))

test('a split loses and invents no fen', () => {
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      expect(sumFen(allocate(total, shares))).toBe(total)
    }),
    { numRuns: 10_000 },
  )
})

test('every share is less than one fen away from the exact one', () => {
  fc.assert(
    fc.property(amount, weights, (total, list) => {
      const sum = list.reduce((a, b) => a + b, 0)
      const shares = allocate(total, list)
      for (const [index, weight] of list.entries()) {
        const exact = (total * weight) / sum
        expect(Math.abs((shares[index] ?? 0) - exact)).toBeLessThan(1.001)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('equal remainders go to the earlier share, and a weight of zero gets nothing', () => {
  expect(allocate(fen(100), [1, 1, 1])).toEqual([34, 33, 33])
  expect(allocate(fen(-100), [1, 1, 1])).toEqual([-34, -33, -33])
  expect(allocate(fen(5), [0, 1, 0])).toEqual([0, 5, 0])
})

test('a split by nothing is a bug', () => {
  expect(() => allocate(fen(1), [])).toThrow('at least one weight')
  expect(() => allocate(fen(1), [0, 0])).toThrow('may not all be zero')
  expect(() => allocate(fen(1), [-1, 2])).toThrow('≥ 0')
})

test('a rate rounds down towards zero, or to the even neighbour', () => {
  const half = basisPoints(5_000)
  expect(times(fen(3), half, 'down')).toBe(1)
  expect(times(fen(-3), half, 'down')).toBe(-1)
  expect(times(fen(3), half, 'half-even')).toBe(2)
  expect(times(fen(5), half, 'half-even')).toBe(2)
  expect(times(fen(-5), half, 'half-even')).toBe(-2)
  expect(times(fen(199), basisPoints(3_333), 'half-even')).toBe(66)
})

test('a rate of 100 % changes nothing, whatever the amount', () => {
  fc.assert(
    fc.property(amount, total => {
      expect(times(total, basisPoints(10_000), 'down')).toBe(total)
      expect(times(total, basisPoints(10_000), 'half-even')).toBe(total)
    }),
  )
})

test('money is whole and safe, or it is a bug', () => {
  for (const wrong of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(() => fen(wrong)).toThrow('not a whole, safe amount')
  }
  expect(() => basisPoints(0.5)).toThrow('not a whole number')
  expect(() => multiplyFen(fen(Number.MAX_SAFE_INTEGER), 2)).toThrow('not a whole, safe amount')
  expect(minusFen(fen(5), fen(8))).toBe(-3)
})
