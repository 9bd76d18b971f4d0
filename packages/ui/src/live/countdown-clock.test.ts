import { expect, test } from 'vitest'
import { announcedSecond, nextTickMs, secondsLeft, timeLeft } from './countdown-clock.ts'

const endsAtMs = 1_000_000

test('a device clock that runs ahead does not end the sale early', () => {
  const aheadMs = 30_000
  expect(secondsLeft(endsAtMs, endsAtMs - 5_000 + aheadMs, -aheadMs)).toBe(5)
})

test('the last second stays on screen until the deadline itself', () => {
  expect(secondsLeft(endsAtMs, endsAtMs - 1)).toBe(1)
  expect(secondsLeft(endsAtMs, endsAtMs)).toBe(0)
  expect(secondsLeft(endsAtMs, endsAtMs + 9_000)).toBe(0)
})

test('screen readers hear 60, 10 and 0 only', () => {
  const heard: number[] = []
  for (let sec = 90; sec > 0; sec--) {
    const mark = announcedSecond(sec, sec - 1)
    if (mark !== null) heard.push(mark)
  }
  expect(heard).toEqual([60, 10, 0])
})

test('a tab that slept over several marks announces the last one', () => {
  expect(announcedSecond(300, 8)).toBe(10)
  expect(announcedSecond(300, 0)).toBe(0)
  expect(announcedSecond(0, 0)).toBeNull()
})

test('ticks fall on the seconds of the deadline', () => {
  expect(nextTickMs(endsAtMs, endsAtMs - 4_300)).toBe(300)
  expect(nextTickMs(endsAtMs, endsAtMs - 4_000)).toBe(1_000)
})

test('days are split off the clock', () => {
  expect(timeLeft(200_000)).toEqual({ days: 2, hours: 7, minutes: 33, seconds: 20 })
})
