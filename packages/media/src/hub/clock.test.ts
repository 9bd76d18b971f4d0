import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamClock } from './clock.ts'

test('time starts at zero and keeps the distances of the publisher', () => {
  const clock = new StreamClock()
  const times = [5_000, 5_033, 5_067].map(ms => clock.next('video', ms))
  expect(times).toEqual([0, 33, 67])
})

test('a reconnected publisher goes on one frame after the last', () => {
  const clock = new StreamClock()
  clock.next('video', 0)
  clock.next('audio', 1_000)
  clock.restart()
  expect(clock.next('video', 77_000)).toBe(1_040)
  expect(clock.next('video', 77_033)).toBe(1_073)
})

test('a publisher that sets its clock back or far ahead makes no gap', () => {
  const clock = new StreamClock()
  clock.next('video', 10_000)
  expect(clock.next('video', 0)).toBe(40)
  expect(clock.next('video', 900_000)).toBe(80)
})

test('the wrap of 32-bit time is a step like any other', () => {
  const clock = new StreamClock()
  clock.next('video', 0xffffffff - 9)
  expect(clock.next('video', 10)).toBe(20)
})

test('no track ever runs backwards, whatever the publisher sends', () => {
  const packet = fc.record({
    track: fc.constantFrom('audio' as const, 'video' as const),
    timestampMs: fc.oneof(fc.nat(20_000), fc.integer({ min: 0, max: 0xffffffff })),
    isReconnect: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(packet), packets => {
      const clock = new StreamClock()
      const last = { audio: 0, video: 0 }
      for (const { track, timestampMs, isReconnect } of packets) {
        if (isReconnect) clock.restart()
        const at = clock.next(track, timestampMs)
        expect(at).toBeGreaterThanOrEqual(last[track])
        last[track] = at
      }
    }),
  )
})

/** Three seconds of 25 pictures and 40 sounds a second, dated by `dateMs`; stream times by track. */
const run = (clock: StreamClock, dateMs: (track: 'audio' | 'video', atMs: number) => number) => {
  const times = { audio: [] as number[], video: [] as number[] }
  for (let atMs = 0; atMs < 3_000; atMs += 5) {
    if (atMs % 25 === 0) times.audio.push(clock.next('audio', dateMs('audio', atMs) >>> 0))
    if (atMs % 40 === 0) times.video.push(clock.next('video', dateMs('video', atMs) >>> 0))
  }
  return times
}

const spanOf = (times: readonly number[]): number => (times.at(-1) ?? 0) - (times[0] ?? 0)

test('tracks whose clocks began apart run at their own pace, side by side', () => {
  const times = run(new StreamClock(), (track, atMs) => atMs + (track === 'audio' ? 900_000 : 0))
  expect(spanOf(times.video)).toBe(2_960)
  expect(spanOf(times.audio)).toBe(2_975)
  expect(Math.abs((times.video[0] ?? 0) - (times.audio[0] ?? 0))).toBeLessThanOrEqual(40)
})

test.each([
  ['back by less than a second', -900],
  ['back to the beginning', -50_000],
  ['an hour ahead', 3_600_000],
])('sound and picture stay together when a publisher sets its clock %s', (_, jumpMs) => {
  const clock = new StreamClock()
  const { audio, video } = run(clock, (_track, atMs) => 50_000 + atMs + (atMs < 1_500 ? 0 : jumpMs))
  const apart = (time: number) => Math.min(...audio.map(other => Math.abs(other - time)))
  expect(Math.max(...video.map(apart))).toBeLessThanOrEqual(25)
  expect(spanOf(video)).toBeLessThan(3_100)
  const steps = video.slice(1).map((time, at) => time - (video[at] ?? 0))
  expect(Math.min(...steps)).toBeGreaterThan(0)
})

test('sound that comes late, because its encoder started slowly, keeps its place at the picture', () => {
  const clock = new StreamClock()
  for (let atMs = 0; atMs <= 3_000; atMs += 40) clock.next('video', atMs)
  expect(clock.next('audio', 500)).toBe(500)
  expect(clock.next('audio', 521)).toBe(521)
  expect(clock.seamCount).toBe(1)
})

test('sound from before the first picture is no clock of its own', () => {
  const clock = new StreamClock()
  clock.next('video', 1_000)
  const times = [400, 600, 800, 1_000, 1_200].map(atMs => clock.next('audio', atMs))
  expect(times).toEqual([0, 0, 0, 0, 200])
  expect(clock.seamCount).toBe(1)
})

test('sound that was off for a minute comes back where the picture is', () => {
  const clock = new StreamClock()
  clock.next('audio', 0)
  for (let atMs = 0; atMs <= 60_000; atMs += 40) clock.next('video', atMs)
  expect(clock.next('audio', 60_010)).toBe(60_010)
  expect(clock.seamCount).toBe(1)
})
