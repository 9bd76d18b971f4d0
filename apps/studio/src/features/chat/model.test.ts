import { expect, test } from 'vitest'
import { afterComment, afterHistory, emptyTally, historyMax, rowOf } from './model.ts'

const ids = (from: number, count: number) =>
  Array.from(Array(count).keys(), place => `c${from + place}`)

test('comments of the history and new ones are counted once each', () => {
  let tally = afterHistory(emptyTally, ids(0, 3))
  tally = afterComment(tally, 'c3')
  tally = afterComment(tally, 'c3')
  tally = afterHistory(tally, ids(0, 4))
  expect(tally.ids.size).toBe(4)
  expect(tally.isAtLeast).toBe(false)
})

test('a full history means that there may have been more', () => {
  expect(afterHistory(emptyTally, ids(0, historyMax)).isAtLeast).toBe(true)
})

test('a full history that joins what was counted leaves nothing out', () => {
  let tally = afterHistory(emptyTally, ids(0, 20))
  tally = afterHistory(tally, ids(10, historyMax))
  expect(tally).toMatchObject({ isAtLeast: false })
  expect(tally.ids.size).toBe(60)
})

test('the words of the shop stand out', () => {
  const author = { id: 'u', nickname: '小满', avatarUrl: null }
  const comment = { id: 'c', author, role: 'host' as const, text: '你好' }
  expect(rowOf(comment)).toEqual({ id: 'c', author: '小满', text: '你好', tone: 'host' })
})
