import { expect, test } from 'vitest'
import { spanOf, timelineOf } from './timeline.ts'

const at = (sec: number) => new Date(sec * 1_000)
/** Ten seconds, a pause of a minute, and ten seconds more. */
const timeline = timelineOf([
  { startedAt: at(100), durationMs: 10_000 },
  { startedAt: at(170), durationMs: 10_000 },
])

test('the pauses between pieces are left out', () => {
  expect(timeline.durationMs).toBe(20_000)
  expect(timeline.startsMs).toEqual([0, 10_000])
})

test('what happened in a pause, before or after is where the picture stood', () => {
  const places = [90, 104, 150, 172, 999].map(sec => timeline.replayMsOf(at(sec)))
  expect(places).toEqual([0, 4_000, 10_000, 12_000, 20_000])
})

test('a moment of the replay has its time of day', () => {
  const seconds = [0, 10_000, 10_001, 99_000].map(ms => timeline.wallClockOf(ms).getTime() / 1_000)
  expect(seconds).toEqual([100, 110, 170.001, 180])
  expect(timelineOf([]).wallClockOf(5)).toEqual(at(0))
})

test('a stretch of which nothing was recorded has no place', () => {
  expect(spanOf(timeline, { from: at(105), to: at(175) })).toEqual({ fromMs: 5_000, toMs: 15_000 })
  expect(spanOf(timeline, { from: at(120), to: at(140) })).toBeUndefined()
})
