import { expect, test } from 'vitest'
import { type Measured, measured, netLevelOf, type Totals, totalsOf } from './numbers.ts'

const at = (atMs: number, bytes: number, frames: number | null): Totals => ({
  atMs,
  bytes,
  frames,
  widthPx: 720,
  heightPx: 1280,
  lossPart: null,
  roundTripMs: null,
  sourceFramesPerSec: null,
  isStarved: false,
  queuedBytes: 0,
})

test('what leaves the device is counted between two looks', () => {
  const now = measured(at(1_000, 100_000, 30), at(3_000, 475_000, 88))
  expect(now).toMatchObject({ bitrateKbps: 1_500, framesPerSec: 29, widthPx: 720 })
})

test('the first look knows no rate, and a fresh connection never counts backwards', () => {
  expect(measured(undefined, at(1_000, 9_000, 5))).toMatchObject({ bitrateKbps: 0 })
  expect(measured(at(1_000, 9_000, 5), at(2_000, 100, 0)).bitrateKbps).toBe(0)
})

test('bytes that wait are told as the time that they will take', () => {
  const now = measured(at(0, 0, null), { ...at(1_000, 125_000, null), queuedBytes: 250_000 })
  expect(now).toMatchObject({ bitrateKbps: 1_000, framesPerSec: null, queuedMs: 2_000 })
})

test('the totals of a peer connection are those of its video, with all bytes', () => {
  const totals = totalsOf(
    [
      { type: 'outbound-rtp', kind: 'audio', bytesSent: 1_000 },
      { type: 'outbound-rtp', kind: 'video', bytesSent: 9_000, framesEncoded: 42, frameWidth: 640 },
      { type: 'media-source', kind: 'video', framesPerSecond: 24 },
      { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.05, roundTripTime: 0.08 },
    ],
    7,
  )
  expect(totals).toMatchObject({ bytes: 10_000, frames: 42, lossPart: 0.05, roundTripMs: 80 })
  expect(totals).toMatchObject({ sourceFramesPerSec: 24, isStarved: false })
  expect(totalsOf([{ type: 'transport' }], 7)).toBeNull()
})

const fine: Measured = {
  bitrateKbps: 1_200,
  framesPerSec: 29,
  widthPx: 720,
  heightPx: 1280,
  lossPart: 0,
  roundTripMs: 40,
  sourceFramesPerSec: 30,
  isStarved: false,
  queuedMs: 0,
}
test.each([
  ['unknown', null],
  ['unknown', { ...fine, bitrateKbps: 0 }],
  ['good', fine],
  ['good', { ...fine, framesPerSec: null, lossPart: null, roundTripMs: null }],
  ['fair', { ...fine, lossPart: 0.03 }],
  ['fair', { ...fine, roundTripMs: 300 }],
  ['poor', { ...fine, lossPart: 0.2 }],
  ['poor', { ...fine, queuedMs: 4_000 }],
  ['fair', { ...fine, framesPerSec: 19 }],
  ['poor', { ...fine, framesPerSec: 6 }],
  ['good', { ...fine, framesPerSec: 2, sourceFramesPerSec: 2 }],
  ['good', { ...fine, isStarved: true }],
  ['fair', { ...fine, isStarved: true, widthPx: 360, heightPx: 640 }],
  ['poor', { ...fine, isStarved: true, widthPx: 180, heightPx: 320, bitrateKbps: 90 }],
] as const)('the network is %s', (level, now) => {
  expect(netLevelOf(now)).toBe(level)
})
