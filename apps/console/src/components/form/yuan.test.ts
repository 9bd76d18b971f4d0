import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCount, parsePercent, parseYuan, yuanText } from './yuan.ts'

test.each([
  ['12.9', 1290],
  ['12.90', 1290],
  ['0.29', 29],
  ['1.10', 110],
  ['80', 8000],
  ['80.', 8000],
  [' ¥1,299.50 ', 129950],
  ['￥１２．５', 1250],
  ['10000000', 1_000_000_000],
])('%s yuan are understood', (typed, amount) => {
  expect(parseYuan(typed)).toBe(amount)
})

test.each(['', '.5', '12.345', '-1', '1e3', '12元', '10000000.01', '12.3.4'])(
  '%s is no price',
  typed => {
    expect(parseYuan(typed)).toBeNull()
  },
)

test('every price survives being shown and typed again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), amount => {
      expect(parseYuan(yuanText(amount))).toBe(amount)
    }),
  )
})

test('counts and percents are read as they are typed', () => {
  expect(
    ['12', ' 1,200 ', '１２', '', '1.5', '-3', '1000001'].map(typed => parseCount(typed)),
  ).toEqual([12, 1200, 12, null, null, null, null])
  expect(['12', '12.5%', '100', '100.01', 'x'].map(parsePercent)).toEqual([
    1200,
    1250,
    10_000,
    null,
    null,
  ])
})
