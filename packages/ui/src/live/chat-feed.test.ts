import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ChatRow, chatBatchMs, createChatFeed } from './chat-feed.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const row = (id: number): ChatRow => ({ id: String(id), author: 'Ann', text: `hello ${id}` })
const idsOf = (rows: readonly ChatRow[]): string[] => rows.map(({ id }) => id)

test('a burst of comments is drawn once', () => {
  const feed = createChatFeed()
  const draw = vi.fn()
  feed.subscribe(draw)
  for (let id = 1; id <= 20; id++) feed.push(row(id))
  expect(feed.rows()).toHaveLength(0)
  vi.advanceTimersByTime(chatBatchMs)
  expect(feed.rows()).toHaveLength(20)
  expect(draw).toHaveBeenCalledTimes(1)
})

test('only the newest fifty rows are kept', () => {
  const feed = createChatFeed()
  for (let id = 1; id <= 130; id++) feed.push(row(id))
  vi.advanceTimersByTime(chatBatchMs)
  expect(feed.rows()).toHaveLength(50)
  expect(feed.rows()[0]?.id).toBe('81')
  expect(feed.rows().at(-1)?.id).toBe('130')
})

test('my own comment shows at once, after those that came before it', () => {
  const feed = createChatFeed()
  feed.push(row(1))
  feed.pushNow(row(2))
  expect(idsOf(feed.rows())).toEqual(['1', '2'])
})

test('a comment that is delivered again appears once', () => {
  const feed = createChatFeed()
  feed.pushNow(row(1))
  feed.push(row(1))
  feed.push(row(2))
  feed.push(row(2))
  vi.advanceTimersByTime(chatBatchMs)
  expect(idsOf(feed.rows())).toEqual(['1', '2'])
})

test('a moderated comment goes away, also one that was still waiting', () => {
  const feed = createChatFeed()
  feed.pushNow(row(1))
  feed.push(row(2))
  feed.remove(({ id }) => id === '1' || id === '2')
  vi.advanceTimersByTime(chatBatchMs)
  expect(feed.rows()).toEqual([])
})

test('what becomes of a comment shows in its place, also while it waits', () => {
  const feed = createChatFeed()
  feed.pushNow(row(1))
  feed.push(row(2))
  for (const id of ['1', '2']) feed.change(id, row => ({ ...row, text: `${row.text}!` }))
  vi.advanceTimersByTime(chatBatchMs)
  expect(feed.rows().map(({ text }) => text)).toEqual(['hello 1!', 'hello 2!'])
})

test('a snapshot replaces everything', () => {
  const feed = createChatFeed()
  feed.push(row(1))
  feed.reset([row(7), row(8)])
  vi.advanceTimersByTime(chatBatchMs)
  expect(idsOf(feed.rows())).toEqual(['7', '8'])
})
