import type { Order } from '@kaibo/contract/trade/order'
import { stepsToCome } from '@kaibo/contract/trade/order-life'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { actionsOf, hasMovedOn, nextInQueue, numberQuery, tabOf, toShip } from './model.ts'

const order = (facts: Partial<Order>): Order => ({
  id: 'one',
  number: '261122000000014',
  state: 'pending',
  checkoutId: 'one',
  closeReason: null,
  shop: { id: 'shop', name: '山岚小铺' },
  lines: [],
  itemsFen: fen(100),
  discountFen: fen(0),
  shippingFen: fen(0),
  payableFen: fen(100),
  receiver: { name: '林**', phone: '138****0001', address: '浙江省 杭州****' },
  note: '',
  merchantNote: '',
  merchantFlag: 'none',
  isReceiptExtended: false,
  source: { kind: 'shop', id: null },
  parcels: [],
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-01T00:15:00Z',
  paidAt: null,
  shippedAt: null,
  receiptDueAt: null,
  now: '2026-01-01T00:00:00Z',
  completedAt: null,
  closedAt: null,
  ...facts,
})

test('codes and bookings are not shipped', () => {
  const paid = (...kinds: boolean[]) =>
    actionsOf({ state: 'paid', lines: kinds.map(isVirtual => ({ isVirtual })) }).canShip
  expect(paid(true)).toBe(false)
  expect(paid(true, false)).toBe(true)
})

test('an order that is on its way can get a second parcel', () => {
  expect(actionsOf({ state: 'shipped' })).toMatchObject({ canShip: false, canAddParcel: true })
  expect(actionsOf({ state: 'completed' })).toMatchObject({ canShip: false, canAddParcel: false })
})

test('an order that somebody else ships meanwhile is noticed', () => {
  expect(hasMovedOn({ state: 'paid' }, { state: 'shipped' })).toBe(true)
  expect(hasMovedOn({ state: 'paid' }, { state: 'paid' })).toBe(false)
  expect(hasMovedOn({ state: 'shipped' }, { state: 'shipped' })).toBe(false)
})

test('an order can be shipped when it is paid, until its last piece left', () => {
  const shippable = (
    ['pending', 'paid', 'part_shipped', 'shipped', 'completed', 'closed'] as const
  ).filter(state => actionsOf({ state }).canShip)
  expect(shippable).toEqual(['paid', 'part_shipped'])
})

test('shipping begins with the order that has waited longest, and ends after the newest', () => {
  const newest = order({ id: 'newest', state: 'paid' })
  const oldest = order({ id: 'oldest', state: 'paid' })
  const queue = toShip([newest, order({ id: 'sent', state: 'shipped' }), oldest])
  expect(queue).toEqual([oldest, newest])
  expect(nextInQueue(queue, 'oldest')).toBe(newest)
  expect(nextInQueue(queue, 'newest')).toBeUndefined()
})

test('an open order shows the steps to come, a closed one has none', () => {
  expect(stepsToCome('pending')).toEqual(['paid', 'shipped', 'completed'])
  expect(stepsToCome('part_shipped')).toEqual(['shipped', 'completed'])
  expect(stepsToCome('shipped')).toEqual(['completed'])
  expect(stepsToCome('completed')).toEqual([])
  expect(stepsToCome('closed')).toEqual([])
})

test('an order number is found however it was pasted', () => {
  expect(numberQuery(' No. 2611 2200 0000 014 ')).toBe('261122000000014')
})

test('an unknown state in the address shows all orders', () => {
  expect(tabOf('lost')).toBe('all')
  expect(tabOf('paid')).toBe('paid')
})
