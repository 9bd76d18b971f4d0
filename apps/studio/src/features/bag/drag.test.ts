import { expect, test } from 'vitest'
import { shiftPx, targetPlace } from './drag.ts'

const rows = [0, 1, 2, 3].map(place => ({ topPx: place * 100, heightPx: 100 }))

test('a row changes places with a neighbour when it passes its middle', () => {
  expect(targetPlace({ from: 0, rows }, 40)).toBe(0)
  expect(targetPlace({ from: 0, rows }, 60)).toBe(1)
  expect(targetPlace({ from: 3, rows }, -260)).toBe(0)
})

test('pulled beyond the list it lands at the end', () => {
  expect(targetPlace({ from: 1, rows }, 5_000)).toBe(3)
  expect(targetPlace({ from: 1, rows }, -5_000)).toBe(0)
})

test('the rows between make room', () => {
  const drag = { from: 0, to: 2, startPx: 0, pulledPx: 170, rows }
  expect([0, 1, 2, 3].map(place => shiftPx(drag, place))).toEqual([170, -100, -100, 0])
  expect(shiftPx(null, 1)).toBe(0)
})
