import { expect, test } from 'vitest'
import { adjustmentOf, signed } from './model.ts'

const level = { onHand: 10, reserved: 4 }
const draft = (direction: 'add' | 'take', countText: string, note = '盘点') => ({
  direction,
  countText,
  note,
})

test('units that are found are added to the stock on hand, with a note', () => {
  expect(adjustmentOf(draft('add', '5', ' 盘点 '), level)).toEqual({
    adjustment: { delta: 5, note: '盘点', after: { onHand: 15, reserved: 4 } },
  })
})

test('everything but what orders have reserved can be taken', () => {
  expect(adjustmentOf(draft('take', '6'), level)).toMatchObject({ adjustment: { delta: -6 } })
  expect(adjustmentOf(draft('take', '7'), level)).toEqual({ problem: 'belowReserved' })
})

test.each(['', '0', '-1', '1.5', '1000001', 'x'])('%s is no number of units', countText => {
  expect(adjustmentOf(draft('add', countText), level)).toEqual({ problem: 'countWrong' })
})

test('an adjustment says why', () => {
  expect(adjustmentOf(draft('add', '1', ' '), level)).toEqual({ problem: 'noteMissing' })
})

test('changes are written with their sign', () => {
  expect([3, -2, 0].map(signed)).toEqual(['+3', '−2', ''])
})
