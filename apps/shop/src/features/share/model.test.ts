import { shareWindowMs } from '@kaibo/contract/people/share-link'
import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import {
  codePath,
  type Entry,
  entered,
  parsedEntries,
  shareIdIn,
  sourceIn,
  unclaimed,
} from './model.ts'

const shareId = newId()
const entry = (shopId: string, changes: Partial<Entry> = {}): Entry => ({
  shareId,
  liveId: `live of ${shopId}`,
  shopId,
  atMs: 1_000,
  isMine: false,
  ...changes,
})

test('an address carries a link, or nothing that can be one', () => {
  expect(shareIdIn(`?s=${shareId}`)).toBe(shareId)
  for (const search of ['', '?s=', '?s=<script>', `?t=${shareId}`])
    expect(shareIdIn(search)).toBeNull()
})

test('the last link by which a device came to a shop counts, each shop by itself', () => {
  const later = entry('a', { shareId: newId(), atMs: 2_000 })
  const entries = entered(entered(entered([], entry('a')), entry('b')), later)
  expect(entries).toEqual([later, entry('b')])
  expect(sourceIn(entries, { shopId: 'a', nowMs: 3_000 })).toEqual({
    kind: 'link',
    id: later.shareId,
  })
  expect(
    entered(
      Array.from({ length: 50 }, (_, at) => entry(`${at}`)),
      later,
    ),
  ).toHaveLength(50)
})

test('a link counts for seven days, and for its own shop', () => {
  const fromShop = { kind: 'shop', id: null }
  const entries = [entry('a')]
  const lastMs = 1_000 + shareWindowMs - 1
  expect(sourceIn(entries, { shopId: 'a', nowMs: lastMs })).toEqual({ kind: 'link', id: shareId })
  expect(sourceIn(entries, { shopId: 'a', nowMs: lastMs + 1 })).toEqual(fromShop)
  expect(sourceIn(entries, { shopId: 'b', nowMs: 1_000 })).toEqual(fromShop)
  expect(sourceIn(entries, { shopId: undefined, nowMs: 1_000 })).toEqual(fromShop)
})

test('who signs in claims the links of before, each once and as long as it counts', () => {
  const [fresh, mine] = [entry('a'), entry('b', { isMine: true })]
  expect(unclaimed([fresh, mine], 2_000)).toEqual([fresh])
  expect(unclaimed([fresh, mine], 1_000 + shareWindowMs)).toEqual([])
})

test('what cannot be read is nothing', () => {
  for (const text of [null, '{', '{}', '[1]', '[{"shareId":"x","shopId":"a","atMs":1}]'])
    expect(parsedEntries(text)).toEqual([])
  expect(parsedEntries(JSON.stringify([entry('a'), null]))).toEqual([entry('a')])
})

test('a code is drawn by runs of dark modules, row by row', () => {
  const rows = [
    [true, true, false],
    [false, false, true],
  ]
  expect(codePath(rows)).toBe('M0 0h2v1h-2zM2 1h1v1h-1z')
})
