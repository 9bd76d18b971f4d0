import type { Order } from '@kaibo/contract/order'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { startOfDay, takingsSince } from './model.ts'

const start = new Date(2026, 0, 2).getTime()
const minutes = (count: number) => new Date(start + count * 60_000).toISOString()

/** An order placed so many minutes after midnight, paid two minutes later or not at all. */
const order = (atMin: number, { paid = true, amount = 100 } = {}): Order => ({
  id: `order ${atMin}`,
  number: '1',
  state: paid ? 'paid' : 'pending',
  checkoutId: 'one',
  closeReason: null,
  shop: { id: 'shop', name: '山岚小铺' },
  lines: [],
  itemsFen: fen(amount),
  discountFen: fen(0),
  shippingFen: fen(0),
  payableFen: fen(amount),
  receiver: { name: '', phone: '', address: '' },
  note: '',
  merchantNote: '',
  source: { kind: 'shop', id: null },
  parcels: [],
  createdAt: minutes(atMin),
  expiresAt: minutes(atMin + 15),
  paidAt: paid ? minutes(atMin + 2) : null,
  shippedAt: null,
  receiptDueAt: null,
  now: '2026-01-01T00:00:00Z',
  completedAt: null,
  closedAt: null,
})

const listOf = (...pages: Order[][]) => {
  const asked: (string | undefined)[] = []
  const ask = async ({ cursor }: { cursor?: string }) => {
    asked.push(cursor)
    const index = Number(cursor ?? 0)
    const isLast = index === pages.length - 1
    return { items: pages[index] ?? [], next: isLast ? null : String(index + 1) }
  }
  return { ask, asked }
}

test('what was paid today is added up, whenever it was placed', async () => {
  const { ask } = listOf([order(60, { amount: 250 }), order(30, { paid: false }), order(-1)])
  expect(await takingsSince(ask, { startMs: start, pagesMax: 5 })).toEqual({
    orderCount: 2,
    amountFen: 350,
    isComplete: true,
  })
})

test('what was paid before midnight is not today’s', async () => {
  const { ask } = listOf([order(-3)])
  expect(await takingsSince(ask, { startMs: start, pagesMax: 5 })).toMatchObject({ orderCount: 0 })
})

test('looking ends where nothing can have been paid today any more', async () => {
  const { ask, asked } = listOf([order(60), order(1)], [order(-16)], [order(-60)])
  expect(await takingsSince(ask, { startMs: start, pagesMax: 5 })).toMatchObject({
    orderCount: 2,
    isComplete: true,
  })
  expect(asked).toEqual([undefined, '1'])
})

test('a day with too many orders is said to be at least so much', async () => {
  const { ask } = listOf([order(60)], [order(50)], [order(40)])
  expect(await takingsSince(ask, { startMs: start, pagesMax: 2 })).toEqual({
    orderCount: 2,
    amountFen: 200,
    isComplete: false,
  })
})

test('a day begins at midnight', () => {
  expect(startOfDay(start + 13 * 3_600_000)).toBe(start)
})
