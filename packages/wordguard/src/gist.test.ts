import { expect, test } from 'vitest'
import { gistOf } from './gist.ts'

test.each([
  '买它买它买它买它',
  '买它！！',
  '买 它 买 它',
  '买它 2',
  '買它😀',
  '买\u200b它～～～',
  '买它买它买它１２',
])('%s is 买它 once more', text => {
  expect(gistOf(text)).toBe('买它')
})

test('questions about other numbers, and numbers and emoji alone, are texts of their own', () => {
  const texts = ['1号多少钱', '2号多少钱', '1', '2', '11', '👍', '🌹', '👍👍']
  expect(new Set(texts.map(gistOf)).size).toBe(texts.length)
})

test('a long text of one sign is read in no time', () => {
  expect(gistOf('哈'.repeat(2_000))).toBe('哈')
  expect(gistOf(`${'ab'.repeat(900)}c`)).toBe('abc')
})
