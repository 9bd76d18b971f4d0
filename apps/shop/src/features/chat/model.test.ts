import type { Comment } from '@kaibo/contract/show/chat'
import { expect, test } from 'vitest'
import {
  calledIn,
  emptyDraft,
  type HoldFacts,
  holdOf,
  isMaskedCopy,
  isToMe,
  lineOf,
  mentioned,
  piecesOf,
  restored,
} from './model.ts'

const lin = { id: 'lin', nickname: '小林', avatarUrl: null }
const lan = { id: 'lan', nickname: '阿岚', avatarUrl: null }
const comment = (id: string, change: Partial<Comment> = {}): Comment => ({
  id,
  author: lin,
  role: 'none',
  kind: 'comment',
  text: '好',
  replyTo: null,
  mentions: [],
  isAnswered: false,
  state: 'shown',
  at: `2026-03-01T12:00:0${id}.000Z`,
  ...change,
})

test('a comment is the host’s before it is mine', () => {
  expect(lineOf(comment('1'), 'lin').tone).toBe('own')
  expect(lineOf(comment('1'), undefined).tone).toBe('viewer')
  expect(lineOf(comment('1', { role: 'host' }), 'lin').tone).toBe('host')
})

test('who is answered or called by name is meant, the writer never', () => {
  const answer = comment('1', { author: lan, replyTo: { id: '0', author: lin, text: '问' } })
  expect(isToMe(answer, 'lin')).toBe(true)
  expect(isToMe(comment('1', { author: lan, mentions: [lin] }), 'lin')).toBe(true)
  expect(isToMe(comment('1', { mentions: [lin] }), 'lin')).toBe(false)
  expect(isToMe(comment('1', { author: lan }), undefined)).toBe(false)
})

test('stars are noticed, squeezed spaces are not', () => {
  expect(isMaskedCopy('加  微信 吧', '加 微信 吧')).toBe(false)
  expect(isMaskedCopy('加微信吧', '加**吧')).toBe(true)
})

test('after a reconnect the history stands in order, and what was not sent yet stays', () => {
  const rows = [lineOf(comment('1'), 'lin'), lineOf(comment('9'), 'lin', { sending: 'failed' })]
  const told = {
    history: [comment('2'), comment('4')],
    mine: [comment('3', { state: 'held' })],
    myId: 'lin',
  }
  expect(restored(rows, told).map(({ id }) => id)).toEqual(['2', '3', '4', '9'])
})

test('what I sent and the server knows meanwhile stands once', () => {
  const rows = [lineOf(comment('2'), 'lin', { sending: 'failed' })]
  const told = { history: [comment('2')], mine: [], myId: 'lin' }
  expect(restored(rows, told).map(({ id, sending }) => [id, sending])).toEqual([['2', 'sent']])
})

const free: HoldFacts = {
  settings: { slowModeSec: 10, isFollowersOnly: false, takesQuestions: true },
  role: 'none',
  mute: null,
  isFollowing: false,
  slowUntilMs: 0,
  nowMs: 1_000,
}

test('a mute stands before all else, until it is over', () => {
  const mute = { until: new Date(5_000).toISOString() }
  expect(holdOf({ ...free, mute, slowUntilMs: 9_000 })).toEqual({ why: 'muted', untilMs: 5_000 })
  expect(holdOf({ ...free, mute, nowMs: 5_000 })).toBeNull()
  expect(holdOf({ ...free, mute: { until: null } })).toEqual({ why: 'muted', untilMs: null })
})

test('slow mode and followers only hold viewers, not those who keep order', () => {
  const settings = { slowModeSec: 10, isFollowersOnly: true, takesQuestions: true }
  expect(holdOf({ ...free, settings })).toEqual({ why: 'followers' })
  const follower = { ...free, settings, isFollowing: true, slowUntilMs: 4_000 }
  expect(holdOf(follower)).toEqual({ why: 'slow', untilMs: 4_000 })
  expect(holdOf({ ...follower, role: 'moderator' })).toBeNull()
})

test('somebody is called once, and only as long as the name is in the text', () => {
  const draft = mentioned(mentioned({ ...emptyDraft, text: '看' }, lan), lan)
  expect(draft.text).toBe('看 @阿岚 @阿岚 ')
  expect(calledIn(draft)).toEqual([lan])
  expect(calledIn({ ...draft, text: '看' })).toEqual([])
})

test('names are told apart from the words around them', () => {
  expect(piecesOf('问 @阿岚 一下', [lan])).toEqual([
    { at: 0, text: '问 ', isName: false },
    { at: 2, text: '@阿岚', isName: true },
    { at: 5, text: ' 一下', isName: false },
  ])
  expect(piecesOf('问一下', [lan])).toEqual([{ at: 0, text: '问一下', isName: false }])
  const odd = { ...lan, nickname: 'a.(b' }
  expect(piecesOf('@a.(b', [odd])).toEqual([{ at: 0, text: '@a.(b', isName: true }])
})
