import type { Insight } from '@kaibo/contract/show/insight'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { bars, ordersPerMinute } from './model.ts'

const minute = (at: string, orderCount: number): Insight['minutes'][number] => ({
  at,
  onlineCount: 1,
  clickCount: 0,
  cartCount: 0,
  orderCount,
  amountFen: fen(0),
})

const minutes = [
  minute('2026-01-01T10:00:00Z', 40),
  minute('2026-01-01T10:08:00Z', 3),
  minute('2026-01-01T10:09:00Z', 2),
]

test('orders per minute are those of the last five minutes', () => {
  const at = '2026-01-01T10:10:00Z'
  expect(ordersPerMinute({ minutes, at, startedAt: '2026-01-01T09:00:00Z' })).toBe(1)
})

test('a show that has just begun is measured by its own length', () => {
  const at = '2026-01-01T10:10:00Z'
  expect(ordersPerMinute({ minutes, at, startedAt: '2026-01-01T10:08:00Z' })).toBe(2.5)
  expect(ordersPerMinute({ minutes: [], at, startedAt: null })).toBe(0)
})

test('bars stand at the right, the highest fills the box', () => {
  const [first, last] = bars([1, 2], 10)
  expect(first).toMatchObject({ x: 80, height: 50 })
  expect(last).toMatchObject({ x: 90, height: 100 })
  expect(bars([0, 0], 10).map(({ height }) => height)).toEqual([0, 0])
  expect(bars([9, 1, 1], 2)).toHaveLength(2)
})
