import type { CaseFile } from '@kaibo/contract/media/recording'
import { expect, test } from 'vitest'
import { casePage } from './case-page.ts'

const hostile = '</script><img src=x onerror="alert(1)">'
const words = {
  t: (key: string, values?: object) => key + (values ? JSON.stringify(values) : ''),
  format: { duration: (ms: number) => `${ms} ms`, fen: String },
}
const piece = (number: number, init: number) => ({
  ...{ key: `ab/${number}.m4s`, initKey: `ab/init-${init}.mp4`, bytes: 2_048, durationMs: 10_000 },
  ...{ url: `https://store.example/${number}?a=1&b=2`, initUrl: 'https://store.example/init' },
  ...{ sha256: `hash-of-${number}`, startedAt: '2026-03-01T12:00:00Z', atMs: number * 10_000 },
})
const file: CaseFile = {
  recording: {
    ...{ liveId: 'live', shopId: 'shop', shopName: hostile, title: hostile, state: 'ready' },
    ...{ records: true, isPublic: true, mayDownload: false, startedAt: null, endedAt: null },
    ...{ durationMs: 30_000, bytes: 6_144, retention: 'trade', keepUntil: null, holdCount: 1 },
  },
  madeAt: '2026-03-02T00:00:00Z',
  pieces: [piece(0, 0), piece(1, 0), piece(2, 1)],
  addressesUntil: '2026-03-09T00:00:00Z',
  products: [],
  comments: [
    {
      atMs: 4_000,
      originalText: hostile,
      comment: {
        ...{ id: 'said', role: 'none', kind: 'comment', text: '***', replyTo: null },
        ...{ author: { id: 'ann', nickname: hostile, avatarUrl: null }, mentions: [] },
        ...{ isAnswered: false, state: 'removed', at: '2026-03-01T12:00:04Z' },
      },
    },
  ],
  nextCommentsFromMs: null,
  holds: [
    {
      ...{ id: 'hold', liveId: 'live', reason: hostile, placedAt: '2026-03-02T00:00:00Z' },
      ...{ placedBy: 'op', liftedAt: null, liftReason: null },
    },
  ],
}
const page = casePage(file, words)

test('a case page names every file with its hash and address, film by film', () => {
  for (const { sha256, number } of [0, 1, 2].map(at => ({ sha256: `hash-of-${at}`, number: at }))) {
    expect(page).toContain(`<code>${sha256}</code>`)
    expect(page).toContain(`https://store.example/${number}?a=1&#38;b=2`)
  }
  expect(page.match(/<h3>/g)).toHaveLength(2)
  expect(page).toContain('2026-03-09 08:00:00')
})

test('a removed comment is there as it was written, and nothing that people wrote is markup', () => {
  expect(page).toContain('&#60;/script&#62;')
  expect(page).toContain('case.state.removed')
  expect(page).not.toContain('<img')
  expect(page.match(/<\/script>/g)).toHaveLength(1)
})

test('machines find the whole case in it', () => {
  const json = /<script type="application\/json" id="case">(.*)<\/script>/s.exec(page)?.[1] ?? ''
  expect(JSON.parse(json)).toEqual(file)
})
