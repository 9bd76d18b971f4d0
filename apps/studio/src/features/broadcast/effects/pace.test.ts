import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

/** Draws for some seconds on a device that needs so long for a picture of full size. */
function draw(fullMs: number, { sec, perPixel = true }: { sec: number; perPixel?: boolean }) {
  const pace = createPace()
  let nowMs = 0
  while (nowMs < sec * 1_000) {
    const tookMs = perPixel ? fullMs * pace.scale() ** 2 : fullMs
    if (pace.note(nowMs, nowMs + tookMs)) return { pace, gaveUpAtMs: nowMs }
    nowMs += 2 * tookMs
  }
  return { pace, gaveUpAtMs: null }
}

test('a quick device draws at full size', () => {
  const { pace, gaveUpAtMs } = draw(8, { sec: 20 })
  expect([pace.scale(), gaveUpAtMs]).toEqual([1, null])
  expect(pace.cost().framesPerSec).toBeCloseTo(62.5, 0)
})

test.each([
  [60, 0.75],
  [150, 0.5],
])('where a frame takes %i ms it is drawn at %f of its size, within seconds', (fullMs, scale) => {
  expect(draw(fullMs, { sec: 10 }).pace.scale()).toBe(scale)
})

test('one slow frame changes nothing', () => {
  const { pace } = draw(8, { sec: 3 })
  expect(pace.note(3_000, 3_400)).toBe(false)
  expect(pace.scale()).toBe(1)
})

test('a device that is too slow at any size is told apart within half a minute', () => {
  const { gaveUpAtMs } = draw(250, { sec: 60, perPixel: false })
  expect(gaveUpAtMs).toBeGreaterThan(4_000)
  expect(gaveUpAtMs).toBeLessThan(30_000)
})
