import type { OrderState } from '@kaibo/contract/trade/order'
import { stepsToCome } from '@kaibo/contract/trade/order-life'
import { expect, test } from 'vitest'
import { actionsOf, hintOf, stateNameOf, tabsOf } from './model.ts'

const may = (state: OrderState, isReceiptExtended = false) => {
  const receiptDueAt = state === 'shipped' ? '2026-12-02T00:00:00Z' : null
  const actions = actionsOf({ state, receiptDueAt, isReceiptExtended })
  return Object.entries(actions).flatMap(([name, isAllowed]) => (isAllowed ? name : []))
}

test('what a buyer may do follows the life of the order', () => {
  expect(may('pending')).toEqual(['canPay', 'canCancel'])
  expect(may('paid')).toEqual(['canCancel'])
  expect(may('part_shipped')).toEqual([])
  expect(may('shipped')).toEqual(['canConfirm', 'canExtend'])
  expect(may('completed')).toEqual(['canBuyAgain'])
  expect(may('closed')).toEqual(['canBuyAgain'])
})

test('the receipt is put off once', () => {
  expect(may('shipped', true)).toEqual(['canConfirm'])
})

test('a closed order says whether money comes back, the buyer cancelled it or the time ran out', () => {
  const closed = (closeReason: 'buyer' | 'timeout', paidAt: string | null = null) =>
    hintOf({ state: 'closed', closeReason, paidAt, lines: [{ isVirtual: false }] })
  expect(closed('timeout')).toBe('timeout')
  expect(closed('buyer')).toBe('closed')
  expect(closed('buyer', '2026-11-22T00:00:00Z')).toBe('refunding')
})

test('codes and bookings alone wait for no parcel', () => {
  const paid = (...kinds: boolean[]) =>
    stateNameOf({ state: 'paid', lines: kinds.map(isVirtual => ({ isVirtual })) })
  expect(paid(true, true)).toBe('paid_virtual')
  expect(paid(true, false)).toBe('paid')
})

test('the tab of parts is there only when some order needs it, and nothing is not counted', () => {
  const counts = { pending: 2, paid: 0, part_shipped: 0, shipped: 0, completed: 1, closed: 0 }
  expect(tabsOf(counts).map(tab => tab.id)).not.toContain('part_shipped')
  expect(tabsOf({ ...counts, part_shipped: 1 })).toContainEqual({ id: 'part_shipped', count: 1 })
  expect(tabsOf(counts)).toContainEqual({ id: 'pending', count: 2 })
  expect(tabsOf(counts)).toContainEqual({ id: 'paid' })
})

test('a closed order has nothing to come', () => {
  expect(stepsToCome('paid')).toEqual(['shipped', 'completed'])
  expect(stepsToCome('closed')).toEqual([])
})
