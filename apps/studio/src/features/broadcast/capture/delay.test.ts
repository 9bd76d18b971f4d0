import { expect, test } from 'vitest'
import { delayBetween, type Glimpse, withGlimpse } from './delay.ts'

/** A scene that never repeats within the test: fields that swing at their own pace. */
const scene = (atMs: number) =>
  [0.9, 1.3, 2.1, 0.4].map(
    (pace, field) => 128 + 60 * Math.sin((atMs / 1_000) * pace + field) + 20 * Math.cos(atMs / 377),
  )
const filmed = ({ fromMs = 0, toMs = 20_000, everyMs = 100, lateMs = 0, noise = 0 }): Glimpse[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / everyMs) }, (_, place) => {
    const atMs = fromMs + place * everyMs
    const wobble = noise * Math.sin(place * 12.9898)
    return { atMs, fields: scene(atMs - lateMs).map(field => field + wobble) }
  })

test.each([120, 900, 1_480, 6_040])('a picture that comes %i ms later is found out', lateMs => {
  const viewed = filmed({ fromMs: 14_030, everyMs: 130, lateMs, noise: 4 })
  const delayMs = delayBetween(filmed({}), viewed)
  expect(Math.abs((delayMs ?? -1) - lateMs)).toBeLessThanOrEqual(100)
})

test('a still scene and a foreign picture tell nothing', () => {
  const still = filmed({}).map(glimpse => ({ ...glimpse, fields: [128, 90, 40, 7] }))
  expect(delayBetween(still, still.slice(-50))).toBeNull()
  const foreign = filmed({ fromMs: 14_000, lateMs: 400_000, noise: 60 })
  expect(delayBetween(filmed({}), foreign)).toBeNull()
  expect(delayBetween(filmed({}), filmed({ fromMs: 19_000 }))).toBeNull()
})

test('only what is recent is kept', () => {
  const kept = filmed({}).reduce<Glimpse[]>((all, next) => withGlimpse(all, next, 1_000), [])
  expect(kept.length).toBe(10)
})
