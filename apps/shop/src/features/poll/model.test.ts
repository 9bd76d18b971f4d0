import type { Poll } from '@kaibo/contract/show/poll'
import { expect, test } from 'vitest'
import { openPoll, optionsOf, percentsOf, withTally } from './model.ts'

const poll = (change: Partial<Poll> = {}): Poll => ({
  id: 'p',
  kind: 'vote',
  question: '先讲哪一款？',
  options: ['龙井', '普洱', '铁观音'],
  state: 'open',
  windowSec: 60,
  openedAt: '2026-03-01T12:00:00.000Z',
  closesAt: '2026-03-01T12:01:00.000Z',
  voterCount: 3,
  counts: [1, 1, 1],
  rightOption: null,
  ...change,
})

test('per cents add up to a hundred', () => {
  expect(percentsOf(poll())).toEqual([34, 33, 33])
  expect(percentsOf(poll({ counts: [0, 0, 0] }))).toEqual([0, 0, 0])
  expect(percentsOf(poll({ counts: null }))).toBeNull()
})

test('a newer count moves an open poll; old news and closed polls stay', () => {
  const tally = { pollId: 'p', voterCount: 4, counts: [2, 1, 1] }
  expect(withTally([poll()], tally)[0]?.counts).toEqual([2, 1, 1])
  expect(withTally([poll({ voterCount: 5 })], tally)[0]?.voterCount).toBe(5)
  expect(withTally([poll({ state: 'closed' })], tally)[0]?.voterCount).toBe(3)
})

test('the right answer of a quiz shows once it is closed, mine at once', () => {
  const mine = { pollId: 'p', option: 1, elapsedMs: 900, isRight: null, rank: null }
  const quiz = poll({ kind: 'quiz', counts: null, rightOption: 2 })
  expect(optionsOf(quiz, mine).map(({ isMine, isRight }) => [isMine, isRight])).toEqual([
    [false, false],
    [true, false],
    [false, false],
  ])
  expect(optionsOf({ ...quiz, state: 'closed' }, mine)[2]?.isRight).toBe(true)
})

test('the poll that runs is the one to vote in', () => {
  expect(openPoll([poll({ id: 'old', state: 'closed' }), poll()])?.id).toBe('p')
  expect(openPoll([])).toBeUndefined()
})
