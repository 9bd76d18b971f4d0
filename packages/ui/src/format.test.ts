import { expect, test } from 'vitest'
import {
  fenParts,
  formatAgo,
  formatBasisPoints,
  formatCount,
  formatDateTime,
  formatDuration,
  formatFen,
  spokenFen,
} from './format.ts'
import { dateTagOf } from './i18n.ts'

test('whole yuan show no fen, other amounts show both digits', () => {
  expect(formatFen(128_000, 'zh-CN')).toBe('¥1,280')
  expect(formatFen(1_290, 'zh-CN')).toBe('¥12.90')
  expect(formatFen(1_290, 'en')).toBe('¥12.90')
  expect(formatFen(-5, 'en')).toBe('-¥0.05')
  expect(formatFen(0, 'zh-CN')).toBe('¥0')
})

test('a price comes apart into symbol, yuan and fen', () => {
  expect(fenParts(-1_288_050, 'zh-CN')).toEqual({
    sign: '-',
    symbol: '¥',
    whole: '12,880',
    fraction: '.50',
  })
  expect(fenParts(100, 'en').fraction).toBe('')
})

test('a price is read aloud as an amount of money, not as a symbol', () => {
  expect(spokenFen(1_290, 'zh-CN')).toContain('人民币')
  expect(spokenFen(1_290, 'en')).toBe('12.9 Chinese yuan')
})

test('counts are exact while they are small, then 万 in Chinese and K in English', () => {
  expect(formatCount(9_999, 'zh-CN')).toBe('9999')
  expect(formatCount(12_345, 'zh-CN')).toBe('1.2万')
  expect(formatCount(999, 'en')).toBe('999')
  expect(formatCount(12_345, 'en')).toBe('12.3K')
})

test('the last seven days are told as a distance, earlier days by their date', () => {
  const now = new Date('2026-03-08T12:00:00Z')
  expect(formatAgo('2026-03-08T11:59:30Z', 'zh-CN', now)).toBe('现在')
  expect(formatAgo('2026-03-08T11:57:00Z', 'zh-CN', now)).toBe('3分钟前')
  expect(formatAgo('2026-03-08T10:00:00Z', 'en', now)).toBe('2 hours ago')
  expect(formatAgo('2026-03-07T11:00:00Z', 'en', now)).toBe('yesterday')
  expect(formatAgo('2026-01-02T12:00:00Z', 'en', now)).toBe('Jan 2, 2026')
})

test('a reader from Britain gets British dates', () => {
  const tag = dateTagOf('en', ['zh-CN', 'en-gb', 'en-US'])
  expect(formatDateTime(new Date(2026, 10, 22, 14, 48), tag)).toBe('22 Nov 2026, 14:48')
  expect(dateTagOf('en', ['zh-TW', 'en', 'fr-FR'])).toBe('en')
  expect(dateTagOf('zh-CN', ['zh-TW', 'en-GB'])).toBe('zh-CN')
})

test('midnight is 00, not 24', () => {
  expect(formatDateTime(new Date(2026, 0, 2, 0, 5), 'zh-CN')).toBe('2026/01/02 00:05')
  expect(formatDateTime(new Date(2026, 0, 2, 0, 5), 'en')).toBe('Jan 2, 2026, 00:05')
})

test('running times read like a clock', () => {
  expect(formatDuration(0)).toBe('0:00')
  expect(formatDuration(247_900)).toBe('4:07')
  expect(formatDuration(3_729_000)).toBe('1:02:09')
})

test('rates are basis points', () => {
  expect(formatBasisPoints(1_250, 'en')).toBe('12.5%')
})
