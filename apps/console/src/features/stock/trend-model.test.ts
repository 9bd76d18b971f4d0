import { expect, test } from 'vitest'
import { trendBars } from './trend-model.ts'

const day = (inCount: number, soldCount: number, outCount: number, onHand: number) => ({
  ...{ day: `2026-11-2${onHand % 10}`, inCount, soldCount, outCount, onHand },
})
const size = { width: 100, height: 40 }

test('what came in stands above the middle, what was sold and what went out below it', () => {
  const { bars, onHandMax } = trendBars([day(10, 0, 0, 10), day(0, 3, 2, 5)], size)
  expect(onHandMax).toBe(10)
  expect(bars[0]?.parts).toEqual([{ kind: 'in', y: 0, height: 20 }])
  expect(bars[1]?.parts).toEqual([
    { kind: 'sold', y: 20, height: 6 },
    { kind: 'out', y: 26, height: 4 },
  ])
})

test('days without any movement have no bars, and nothing divides by zero', () => {
  const { bars, line } = trendBars([day(0, 0, 0, 0)], size)
  expect(bars[0]?.parts).toEqual([])
  expect(line).toBe('50,38')
  expect(trendBars([], size)).toEqual({ bars: [], line: '', onHandMax: 0 })
})
