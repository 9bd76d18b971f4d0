import { expect, test } from 'vitest'
import { LagMeter } from './load.ts'

/** Ticks of so many seconds, each second with one tick that is late by this much. */
const watch = (latestMs: readonly number[]): number => {
  const meter = new LagMeter()
  for (const lateMs of latestMs) {
    for (let tick = 0; tick < 9; tick++) meter.note(1)
    meter.note(lateMs)
  }
  return meter.lagMs
}

test('lag is what shows in each of the last three seconds', () => {
  expect(watch([300, 250, 280])).toBe(250)
  expect(watch([300, 250, 280, 5, 5, 5])).toBe(5)
})

test('one long pause is no load, and neither is what was seen for a moment', () => {
  expect(watch([2, 900, 3])).toBe(2)
  expect(watch([500, 500])).toBe(0)
})

test('a loop that stands still is noticed without waiting for ticks that never come', () => {
  const meter = new LagMeter()
  for (let at = 0; at < 3; at++) meter.note(1_500)
  expect(meter.lagMs).toBe(1_500)
})
