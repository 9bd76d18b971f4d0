import type { ReplayComment, ReplayProduct } from '@kaibo/contract/media/recording'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import {
  backlogMax,
  bagOf,
  chapterAt,
  chaptersOf,
  isPreviewIn,
  neighbour,
  replayPath,
  saidBetween,
  startMsIn,
  ticketIn,
  windowMs,
  windowsAt,
} from './model.ts'

type Span = { fromMs: number; toMs: number }
const product = (id: string, number: number | null, ...explains: Span[]): ReplayProduct => ({
  ...{ number, explains },
  product: {
    ...{ id, title: id, shopId: 'shop', subtitle: '', pictureUrl: null, state: 'on_shelf' },
    ...{ priceFromFen: fen(100), priceToFen: fen(100), available: 5, skuCount: 1 },
    ...{ strikeFen: null, categoryId: null, brandId: null, isVirtual: false },
  },
})
const author = { id: 'ann', nickname: 'Ann', avatarUrl: null }
const comment = (atMs: number): ReplayComment => ({
  atMs,
  comment: {
    ...{ id: String(atMs), author, role: 'none', kind: 'comment', text: '', replyTo: null },
    ...{ mentions: [], isAnswered: false, state: 'shown', at: '2026-03-01T12:00:00.000Z' },
  },
})

const tea = product('tea', 2, { fromMs: 0, toMs: 10_000 }, { fromMs: 60_000, toMs: 70_000 })
const cup = product('cup', 1, { fromMs: 20_000, toMs: 40_000 })
const gone = product('gone', null, { fromMs: 50_000, toMs: 55_000 })
const chapters = chaptersOf([tea, cup, gone])

test('explanations are chapters in the order of the show, a product explained twice is two', () => {
  expect(chapters.map(({ title, fromMs }) => `${title} ${fromMs}`)).toEqual([
    'tea 0',
    'cup 20000',
    'gone 50000',
    'tea 60000',
  ])
})

test('a moment belongs to what was explained then, or to nothing', () => {
  expect(chapterAt(chapters, 25_000)?.title).toBe('cup')
  expect(chapterAt(chapters, 15_000)).toBeUndefined()
})

test('next and previous lead to the beginnings of chapters', () => {
  expect(neighbour(chapters, 25_000, 'next')).toBe(50_000)
  expect(neighbour(chapters, 25_000, 'previous')).toBe(20_000)
  expect(neighbour(chapters, 21_000, 'previous')).toBe(0)
  expect(neighbour(chapters, 65_000, 'next')).toBeUndefined()
})

test('the bag is in the order of its numbers, without what left it', () => {
  const bag = bagOf([tea, cup, gone], chapterAt(chapters, 25_000))
  expect(bag.items.map(({ number }) => number)).toEqual([1, 2])
  expect(bag.explaining?.item.product.id).toBe('cup')
  expect(bagOf([tea, cup, gone], chapterAt(chapters, 52_000)).explaining).toBeNull()
})

test('comments are fetched by the minute, the next one shortly before it comes', () => {
  const durationMs = 3 * windowMs
  expect(windowsAt(10_000, durationMs)).toEqual([0])
  expect(windowsAt(windowMs - 5_000, durationMs)).toEqual([0, 1])
  expect(windowsAt(durationMs - 1, durationMs)).toEqual([2])
})

test('what was said appears when its moment comes, once', () => {
  const comments = [1_000, 2_000, 3_000].map(comment)
  const { isJump, said } = saidBetween(comments, { fromMs: 1_000, atMs: 2_500 })
  expect([isJump, said.map(each => each.atMs)]).toEqual([false, [2_000]])
})

test('a jump shows what was said shortly before, wherever it leads', () => {
  const comments = Array.from({ length: 40 }, (_, at) => comment(at * 100))
  for (const fromMs of [null, 60_000]) {
    const { isJump, said } = saidBetween(comments, { fromMs, atMs: 3_050 })
    expect(isJump).toBe(true)
    expect(said).toHaveLength(backlogMax)
    expect(said.at(-1)?.atMs).toBe(3_000)
  }
})

test('an address leads to a moment and back', () => {
  expect(replayPath('a', 12_345.6)).toBe('/live/a/replay?at=12345')
  expect(startMsIn('?at=12345')).toBe(12_345)
  for (const wrong of ['', '?at=-5', '?at=x', '?at=1e99']) expect(startMsIn(wrong)).toBe(0)
})

test('a shop looks at what it hides by an address of its own', () => {
  expect([isPreviewIn('?preview'), isPreviewIn('?at=5&preview=1'), isPreviewIn('?at=5')]).toEqual([
    true,
    true,
    false,
  ])
  expect(ticketIn('http://a/api/live/1/replay/index.m3u8?t=18.x')).toBe('18.x')
  expect([ticketIn(undefined), ticketIn('http://a/b')]).toEqual([undefined, undefined])
})
