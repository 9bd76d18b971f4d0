import { expect, test } from 'vitest'
import {
  type Arrival,
  arrived,
  emptySky,
  type Field,
  flyingMax,
  headPx,
  moved,
  type Sky,
  tailPx,
  waitingMax,
} from './lanes.ts'

const field: Field = { widthPx: 390, laneCount: 3, lifeMs: 7_000 }
const words = (item: string, widthPx = 100): Arrival<string> => ({ item, widthPx, isOwn: false })
const mine = (item: string): Arrival<string> => ({ item, widthPx: 100, isOwn: true })
const skyWith = (...arrivals: Arrival<string>[]): Sky<string> =>
  arrivals.reduce<Sky<string>>(arrived, emptySky())

test('words cross from edge to edge in their lifetime and land', () => {
  const sky = moved(skyWith(words('a')), field, 0)
  const [flight] = sky.flying
  if (!flight) throw new Error('nothing flies')
  expect(headPx(flight, field, 0)).toBe(390)
  expect(tailPx(flight, field, 7_000)).toBeCloseTo(0)
  expect(moved(sky, field, 7_000).flying).toEqual([])
})

test('words that come together take lanes of their own, and the rest wait', () => {
  const sky = moved(skyWith(words('a'), words('b'), words('c'), words('d')), field, 0)
  expect(sky.flying.map(({ item, lane }) => [item, lane])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ])
  expect(sky.waiting.map(({ item }) => item)).toEqual(['d'])
})

test('nobody covers or overtakes the one before, whatever their widths', () => {
  const one = { ...field, laneCount: 1 }
  let sky = emptySky<string>()
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
    sky = arrived(sky, words(String(nowMs), 20 + ((nowMs * 7) % 380)))
    sky = moved(sky, one, nowMs)
    for (const [index, flight] of sky.flying.entries()) {
      const before = sky.flying[index - 1]
      if (!before) continue
      expect(headPx(flight, one, nowMs)).toBeGreaterThan(tailPx(before, one, nowMs))
    }
  }
})

test('my own words start at once, also above a crowd', () => {
  const crowd = moved(skyWith(...['a', 'b', 'c', 'd'].map(name => words(name))), field, 0)
  const sky = moved(arrived(crowd, mine('me')), field, 10)
  expect(sky.flying.at(-1)).toMatchObject({ item: 'me', bornMs: 10 })
  expect(sky.waiting.map(({ item }) => item)).toEqual(['d'])
})

test('a full sky drops its oldest for my own words only', () => {
  const wide: Field = { ...field, laneCount: flyingMax + 1 }
  const full = Array.from({ length: flyingMax + 1 }, (_, at) => words(String(at)))
  const crowded = moved(full.reduce<Sky<string>>(arrivedAtOnce, emptySky()), wide, 0)
  expect(crowded.flying).toHaveLength(flyingMax)
  expect(crowded.waiting).toHaveLength(1)
  const sky = moved(arrived(crowded, mine('me')), wide, 10)
  expect(sky.flying).toHaveLength(flyingMax)
  expect(sky.flying[0]?.item).toBe('1')
  expect(sky.flying.at(-1)?.item).toBe('me')
})

test('of a queue that grows too long the oldest words go', () => {
  const sky = skyWith(...Array.from({ length: waitingMax + 5 }, (_, at) => words(String(at))))
  expect(sky.waiting).toHaveLength(waitingMax)
  expect(sky.waiting[0]?.item).toBe('5')
})

const arrivedAtOnce = (sky: Sky<string>, arrival: Arrival<string>): Sky<string> => ({
  ...sky,
  waiting: [...sky.waiting, arrival],
})
