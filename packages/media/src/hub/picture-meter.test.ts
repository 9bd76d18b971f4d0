import { expect, test } from 'vitest'
import { PictureMeter } from './picture-meter.ts'

/** Ten pictures a second with a key frame every second; `lateMs` tells when each arrives. */
const watch = (meter: PictureMeter, range: [number, number], lateMs: (atMs: number) => number) => {
  for (let timestampMs = range[0]; timestampMs < range[1]; timestampMs += 100) {
    const nowMs = 50_000 + timestampMs + lateMs(timestampMs)
    meter.add({ isKeyFrame: timestampMs % 1_000 === 0, timestampMs, nowMs })
  }
}

test('nothing is known of a publisher without pictures', () => {
  expect(new PictureMeter().read()).toEqual({ keyFrameGapMs: 0, delayMs: 0 })
})

test('the key frame gap is that of the last two, and grows while the next one is missing', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 3_000], () => 0)
  expect(meter.read().keyFrameGapMs).toBe(1_000)
  for (let timestampMs = 3_000; timestampMs <= 6_000; timestampMs += 100) {
    meter.add({ isKeyFrame: false, timestampMs, nowMs: timestampMs })
  }
  expect(meter.read().keyFrameGapMs).toBe(4_000)
})

test('a steady publisher with jitter has no delay', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 20_000], atMs => (atMs % 300) / 3)
  expect(meter.read().delayMs).toBeLessThan(10)
})

test('the delay grows when pictures come in slower than they are made, and goes back', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 5_000], () => 0)
  watch(meter, [5_000, 15_000], atMs => (atMs - 5_000) / 5)
  expect(meter.read().delayMs).toBeGreaterThan(1_700)
  watch(meter, [15_000, 18_000], () => 0)
  expect(meter.read().delayMs).toBe(0)
})

test('a burst at the start is not what later pictures are compared with', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 2_000], atMs => 2_000 - atMs)
  watch(meter, [2_000, 6_000], () => 0)
  expect(meter.read().delayMs).toBe(0)
})

test('a drift of the clocks is not a delay', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 3_600_000], atMs => atMs * 0.000_3)
  expect(meter.read().delayMs).toBeLessThan(5)
})

test('a new publisher begins without the delay of the old one', () => {
  const meter = new PictureMeter()
  watch(meter, [0, 5_000], atMs => atMs)
  meter.restart()
  watch(meter, [5_000, 8_000], () => 9_000)
  expect(meter.read().delayMs).toBe(0)
})
