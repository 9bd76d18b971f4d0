import { expect, test } from 'vitest'
import { actionsOf, hintOf } from './model.ts'

test('an unpaid order can be paid or cancelled, and nothing else', () => {
  expect(actionsOf({ state: 'pending' })).toEqual({
    canPay: true,
    canCancel: true,
    canConfirm: false,
  })
})

test('only what was shipped can be confirmed', () => {
  expect(actionsOf({ state: 'shipped' }).canConfirm).toBe(true)
  expect(actionsOf({ state: 'paid' }).canConfirm).toBe(false)
})

test('a closed order is over', () => {
  expect(actionsOf({ state: 'closed' })).toEqual({
    canPay: false,
    canCancel: false,
    canConfirm: false,
  })
})

test('a closed order says whether the buyer cancelled it or the time ran out', () => {
  expect(hintOf({ state: 'closed', closeReason: 'timeout' })).toBe('timeout')
  expect(hintOf({ state: 'closed', closeReason: 'buyer' })).toBe('closed')
  expect(hintOf({ state: 'paid', closeReason: null })).toBe('paid')
})
