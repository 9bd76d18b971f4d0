import { expect, test } from 'vitest'
import { keepingOf, sizeText, wholeCase } from './model.ts'

test('sizes have two digits that count', () => {
  const sizes = [0, 900, 1_024, 1_536, 10 * 1024 ** 2, 3.25 * 1024 ** 3, 5_000 * 1024 ** 4]
  expect(sizes.map(sizeText)).toEqual([
    '0 B',
    '900 B',
    '1.0 KB',
    '1.5 KB',
    '10 MB',
    '3.3 GB',
    '5000 TB',
  ])
})

test('a hold comes before a date, and what is gone is gone', () => {
  const ready = { state: 'ready', keepUntil: '2027-01-01T00:00:00.000Z', holdCount: 0 } as const
  expect(keepingOf(ready)).toBe('until')
  expect(keepingOf({ ...ready, holdCount: 2 })).toBe('held')
  expect(keepingOf({ ...ready, keepUntil: null })).toBe('open')
  expect(keepingOf({ ...ready, state: 'expired', holdCount: 2 })).toBe('gone')
})

test('a case holds every comment once, however many rounds it takes', async () => {
  const said = (id: string, atMs: number) => ({
    atMs,
    originalText: id,
    comment: {
      ...{ id, kind: 'comment' as const, role: 'none' as const, state: 'shown' as const },
      author: { id: 'a', nickname: '小林', avatarUrl: null },
      ...{ text: id, replyTo: null, mentions: [], isAnswered: false, at: '2026-01-01T00:00:00Z' },
    },
  })
  const all = [said('a', 0), said('b', 5), said('c', 5), said('d', 9)]
  const recording = {
    ...{ liveId: 'l', shopId: 's', shopName: '', title: '', state: 'ready' as const },
    ...{ records: true, isPublic: true, mayDownload: false, startedAt: null, endedAt: null },
    ...{ durationMs: 0, bytes: 0, retention: 'show' as const, keepUntil: null, holdCount: 0 },
  }
  const asked: number[] = []
  const file = await wholeCase(async fromMs => {
    asked.push(fromMs)
    const comments = all.filter(({ atMs }) => atMs >= fromMs).slice(0, 3)
    const nextCommentsFromMs = fromMs === 0 ? 5 : null
    return {
      recording,
      madeAt: '',
      addressesUntil: '',
      pieces: [],
      products: [],
      holds: [],
      comments,
      nextCommentsFromMs,
    }
  })
  expect(asked).toEqual([0, 5])
  expect(file.comments.map(({ comment }) => comment.id)).toEqual(['a', 'b', 'c', 'd'])
})
