import { expect, test } from 'vitest'
import { createLag } from './lag.ts'

/** A player's buffer; bytes with pictures up to `endSec` arrive at `atMs`. */
function setBuffer() {
  const video = { currentTime: 0, buffered: { length: 0, end: () => 0 } }
  const lag = createLag(video)
  return {
    video,
    lag,
    arrive(endSec: number, atMs: number) {
      video.buffered = { length: 1, end: () => endSec }
      lag.arrived(atMs)
    },
  }
}

test('nothing is known before the first bytes', () => {
  expect(setBuffer().lag.behindMs(1_000)).toBeNull()
})

test('a picture is behind by what waits in the buffer', () => {
  const { lag, video, arrive } = setBuffer()
  arrive(2, 10_000)
  video.currentTime = 1.2
  expect(lag.behindMs(10_000)).toBeCloseTo(800)
})

test('what waits in queues on the way counts too', () => {
  const { lag, video, arrive } = setBuffer()
  arrive(2, 10_000)
  arrive(2.5, 12_000)
  video.currentTime = 2.5
  expect(lag.behindMs(12_000)).toBeCloseTo(1_500)
})

test('a host who was away for a while does not leave a delay behind', () => {
  const { lag, video, arrive } = setBuffer()
  arrive(2, 10_000)
  arrive(2.04, 30_000)
  video.currentTime = 1.54
  expect(lag.behindMs(30_000)).toBeCloseTo(500)
})
