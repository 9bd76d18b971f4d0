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
