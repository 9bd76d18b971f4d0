import { expect, test } from 'vitest'
import { claimStateOf, shareText } from './model.ts'

test.each([
  [2_000, '8', '20'],
  [1_500, '8.5', '15'],
  [50, '9.95', '0.5'],
])('%i basis points off are %s 折 and %s %% off', (bps, zh, en) => {
  expect(shareText({ bps, maxFen: null }, 'zh-CN')).toBe(zh)
  expect(shareText({ bps, maxFen: null }, 'en')).toBe(en)
})

test.each([
  [5, 0, 'open'],
  [5, 1, 'again'],
  [5, 2, 'claimed'],
  [0, 2, 'claimed'],
  [0, 1, 'gone'],
] as const)(
  'of %i left, with %i of at most two claimed, a coupon is %s',
  (leftCount, had, state) => {
    expect(claimStateOf({ leftCount, perPersonMax: 2 }, had)).toBe(state)
  },
)
