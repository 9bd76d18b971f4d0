import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { salesOf } from './model.ts'

const session = { id: 'live-1', createdAt: '2026-03-01T12:00:00.000Z' }
const order = {
  source: { kind: 'live', id: 'live-1' },
  paidAt: '2026-03-01T12:31:00.000Z',
  payableFen: fen(2_500),
  createdAt: '2026-03-01T12:30:00.000Z',
} as const

test('only paid orders of this session count', () => {
  const items = [
    order,
    { ...order, payableFen: fen(4_000) },
    { ...order, paidAt: null },
    { ...order, source: { kind: 'live', id: 'live-2' } as const },
    { ...order, source: { kind: 'shop', id: null } as const },
  ]
  expect(salesOf({ items, next: null }, session)).toEqual({
    orderCount: 2,
    amountFen: 6_500,
    isAtLeast: false,
  })
})

test('a page that does not reach back to the start says at least', () => {
  expect(salesOf({ items: [order], next: 'more' }, session).isAtLeast).toBe(true)
  const older = { ...order, createdAt: '2026-02-28T00:00:00.000Z' }
  expect(salesOf({ items: [order, older], next: 'more' }, session).isAtLeast).toBe(false)
})

test('nothing sold is nothing', () => {
  expect(salesOf({ items: [], next: null }, session)).toEqual({
    orderCount: 0,
    amountFen: 0,
    isAtLeast: false,
  })
})
