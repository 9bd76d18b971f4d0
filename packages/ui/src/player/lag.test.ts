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
      return lag.arrived(atMs)
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

/** For so long bytes come every 250 ms, with so many seconds of pictures for a second. */
function feed(line: number, { forSec }: { forSec: number }) {
  const { arrive } = setBuffer()
  const at = (sec: number) => arrive(sec * line, 10_000 + sec * 1_000)
  return Array.from({ length: forSec * 4 }, (_, tick) => at(tick / 4)).includes(true)
}

test('a line that carries a quarter of the stream is found out in seconds', () => {
  expect(feed(1, { forSec: 60 })).toBe(false)
  expect(feed(0.25, { forSec: 6 })).toBe(true)
})

test('a hiccup, and a clock that stood for two seconds, are no narrow line', () => {
  const { arrive } = setBuffer()
  const arrivals = [
    arrive(2, 10_000),
    arrive(2.1, 12_500),
    arrive(4.9, 12_900),
    ...Array.from({ length: 40 }, (_, tick) => arrive(5 + tick / 4, 15_500 + tick * 250)),
  ]
  expect(arrivals).not.toContain(true)
})
