import { expect, test } from 'vitest'
import { draftProblem, inOrder, newDraft, sharesOf } from './model.ts'

const options = (...texts: string[]) => texts.map(text => ({ id: text, text }))
const draft = { ...newDraft(), question: '喝哪种茶？', options: options('绿茶', '红茶') }

test('a vote needs a question and options that differ', () => {
  expect(draftProblem(draft)).toBeNull()
  expect(draftProblem({ ...draft, question: ' ' })).toBe('question')
  expect(draftProblem({ ...draft, options: options('绿茶', ' ') })).toBe('option')
  expect(draftProblem({ ...draft, options: options('绿茶', ' 绿茶') })).toBe('alike')
})

test('a quiz needs its right answer', () => {
  expect(draftProblem({ ...draft, kind: 'quiz' })).toBe('right')
  expect(draftProblem({ ...draft, kind: 'quiz', rightId: '红茶' })).toBeNull()
})

test('shares are of those who voted, and unknown while they would tell the answer', () => {
  expect(sharesOf({ counts: [1, 2], voterCount: 3 })).toEqual([33, 67])
  expect(sharesOf({ counts: [0, 0], voterCount: 0 })).toEqual([0, 0])
  expect(sharesOf({ counts: null, voterCount: 3 })).toBeNull()
})

test('the open poll comes first, closed ones last', () => {
  const polls = [{ state: 'closed' }, { state: 'ready' }, { state: 'open' }] as const
  expect(inOrder(polls).map(({ state }) => state)).toEqual(['open', 'ready', 'closed'])
})
