import { expect, test } from 'vitest'
import { filterIds, filters, graded, type Rgb } from './filters.ts'

const colours: Rgb[] = [
  [0, 0, 0],
  [1, 1, 1],
  [0.85, 0.6, 0.5],
  [0.1, 0.4, 0.9],
  [0.5, 0.5, 0.5],
]

test('there are at least six looks, and no two of them agree on skin', () => {
  const skins = filterIds.map(id => graded([0.85, 0.6, 0.5], filters[id], 1).join())
  expect(filterIds.length).toBeGreaterThanOrEqual(6)
  expect(new Set(skins).size).toBe(filterIds.length)
})

test.each(filterIds)('%s at no strength changes nothing, and never leaves the range', id => {
  for (const colour of colours) {
    expect(graded(colour, filters[id], 0)).toEqual(colour)
    for (const value of graded(colour, filters[id], 1)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
    }
  }
})

test('ink has no colour, harvest is warmer and celadon is cooler than the picture', () => {
  const warmth = ([red, , blue]: Rgb) => red - blue
  const [red, green, blue] = graded([0.9, 0.3, 0.2], filters.ink, 1)
  expect([red.toFixed(3), green.toFixed(3)]).toEqual([green.toFixed(3), blue.toFixed(3)])
  const grey: Rgb = [0.5, 0.5, 0.5]
  expect(warmth(graded(grey, filters.harvest, 1))).toBeGreaterThan(0.05)
  expect(warmth(graded(grey, filters.celadon, 1))).toBeLessThan(-0.02)
})
