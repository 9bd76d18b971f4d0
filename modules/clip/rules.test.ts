import { clipMsMax } from '@kaibo/contract/media/clip-life'
import { newId } from '@kaibo/kernel/ids'
import { expect, test } from 'vitest'
import { audioKbps, clipBytesMax, decideSpan, runsOf, suggestionsOf, videoKbpsOf } from './rules.ts'

const explain = (fromMs: number, toMs: number, productId = newId()) => ({
  productId,
  title: '龙井',
  fromMs,
  toMs,
})

test.each([
  ['shorter than a second', 0, 999],
  ['longer than three minutes', 0, clipMsMax + 1],
  ['beyond the end', 599_000, 600_001],
  ['backwards', 5_000, 2_000],
])('a clip that is %s is refused', (_, fromMs, toMs) => {
  expect(() => decideSpan({ fromMs, toMs }, { durationMs: 600_000 })).toThrow('clip.span_invalid')
})

test('a clip may last from a second to three minutes, up to the very end', () => {
  for (const [fromMs, toMs] of [
    [0, 1_000],
    [420_000, 600_000],
  ] as const)
    expect(() => decideSpan({ fromMs, toMs }, { durationMs: 600_000 })).not.toThrow()
})

test('explanations that no clip shows are worth cutting, and long ones are made to fit', () => {
  const [tea, cup] = [explain(0, 400_000), explain(500_000, 530_000)]
  expect(suggestionsOf([tea, cup], [])).toEqual([{ ...tea, toMs: clipMsMax }, cup])
})

test('what is too short to say anything is not suggested', () => {
  expect(suggestionsOf([explain(0, 2_000)], [])).toEqual([])
})

test('what a clip shows for the most part is not suggested again, what it touches still is', () => {
  const tea = explain(10_000, 20_000)
  const clip = (fromMs: number, toMs: number) => ({ productId: null, fromMs, toMs })
  expect(suggestionsOf([tea], [clip(9_000, 19_000)])).toEqual([])
  expect(suggestionsOf([tea], [clip(0, 12_000)])).toEqual([tea])
})

test('footage is cut where its header changes', () => {
  const piece = (initKey: string, atMs: number) => ({ initKey, key: '', atMs, durationMs: 10 })
  const runs = runsOf([piece('a', 0), piece('a', 10), piece('b', 20), piece('a', 30)])
  expect(runs.map(run => [run.initKey, run.pieces.length])).toEqual([
    ['a', 2],
    ['b', 1],
    ['a', 1],
  ])
})

test.each([1_000, 60_000, clipMsMax])(
  'what is encoded of %i ms weighs less than is allowed',
  ms => {
    expect(((videoKbpsOf(ms) + audioKbps) * ms) / 8).toBeLessThan(clipBytesMax)
    expect(videoKbpsOf(ms)).toBeGreaterThan(500)
  },
)
