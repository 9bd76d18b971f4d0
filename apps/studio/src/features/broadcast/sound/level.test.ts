import { expect, test } from 'vitest'
import { isTooSilent, levelOf, silentSince } from './level.ts'

test('speech fills the meter, a whisper shows, and nothing shows nothing', () => {
  expect(levelOf(0)).toBe(0)
  expect(levelOf(0.001)).toBe(0)
  expect(levelOf(0.01)).toBeGreaterThan(0.2)
  expect(levelOf(0.1)).toBeGreaterThan(0.6)
  expect([levelOf(1), levelOf(2)]).toEqual([1, 1])
})

test('ten seconds without any sound are told, and a single sound ends them', () => {
  const quiet = (before: number | null, nowMs: number) =>
    silentSince(before, { effective: 0, nowMs })
  let since = quiet(null, 1_000)
  since = quiet(since, 10_900)
  expect(isTooSilent(since, 10_900)).toBe(false)
  expect(isTooSilent(since, 11_000)).toBe(true)
  since = silentSince(since, { effective: 0.01, nowMs: 11_100 })
  expect(isTooSilent(since, 60_000)).toBe(false)
  // The noise of an open microphone in an empty room is no silence.
  expect(silentSince(null, { effective: 0.0008, nowMs: 0 })).toBeNull()
})
