import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCommentStore } from './comment-store.ts'
import { actionsOn, keptMax, withComments } from './model.ts'
import { commentOf } from './testing.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const textsOf = (store: ReturnType<typeof createCommentStore>) =>
  store.items().map(({ text }) => text)

test('comments show in batches, the writer’s own at once', () => {
  const store = createCommentStore()
  store.push(commentOf('1'))
  expect(textsOf(store)).toEqual([])
  store.pushNow(commentOf('2'))
  expect(textsOf(store)).toEqual(['1', '2'])
  store.push(commentOf('3'))
  vi.runAllTimers()
  expect(textsOf(store)).toEqual(['1', '2', '3'])
})

test('a comment that arrives twice shows once, as it was told last', () => {
  const store = createCommentStore()
  store.pushNow(commentOf('1'))
  store.pushNow(commentOf('1', { isAnswered: true }))
  expect(store.items()).toHaveLength(1)
  expect(store.items()[0]?.isAnswered).toBe(true)
})

test('after a gap the history stands where it belongs', () => {
  const store = createCommentStore()
  store.pushNow(commentOf('1', { at: '2026-01-01T10:00:01Z' }))
  store.pushNow(commentOf('3', { at: '2026-01-01T10:00:03Z' }))
  store.restore([commentOf('2', { at: '2026-01-01T10:00:02Z' })])
  expect(textsOf(store)).toEqual(['1', '2', '3'])
})

test('removed comments go, also those that wait for their batch', () => {
  const store = createCommentStore()
  store.pushNow(commentOf('1'))
  store.push(commentOf('2'))
  store.remove(['1', '2'])
  expect(textsOf(store)).toEqual([])
})

test('a room that never stops talking keeps its newest comments', () => {
  const many = Array.from({ length: keptMax + 5 }, (_, place) => commentOf(String(place)))
  const kept = withComments([], many)
  expect(kept).toHaveLength(keptMax)
  expect(kept.at(-1)?.text).toBe(String(keptMax + 4))
})

test('a moderator keeps viewers in order, but neither staff nor themselves', () => {
  const moderator = {
    userId: 'me',
    role: 'moderator',
    assists: false,
    moderates: true,
    hosts: false,
  } as const
  expect(actionsOn(commentOf('1'), moderator)).toMatchObject({
    canPin: false,
    canRemove: true,
    canSanction: true,
    canAppoint: false,
  })
  expect(actionsOn(commentOf('1', { role: 'assistant' }), moderator).canSanction).toBe(false)
  const author = { id: 'me', nickname: '房管', avatarUrl: null }
  expect(actionsOn(commentOf('1', { author }), moderator).canSanction).toBe(false)
})

test('a host appoints viewers, and may sanction a moderator but no host', () => {
  const host = {
    userId: 'me',
    role: 'host',
    assists: true,
    moderates: true,
    hosts: true,
  } as const
  expect(actionsOn(commentOf('1'), host).canAppoint).toBe(true)
  expect(actionsOn(commentOf('1', { role: 'moderator' }), host).canSanction).toBe(true)
  expect(actionsOn(commentOf('1', { role: 'host' }), host).canSanction).toBe(false)
})
