import type { StreamHealth } from '@kaibo/contract/show/live'
import type { PublishTrouble } from '@kaibo/contract/show/live-life'
import { expect, test } from 'vitest'
import {
  badSince,
  codecNames,
  isAlarm,
  samplesMax,
  signalOf,
  sparkline,
  troubleOf,
  withSample,
} from './model.ts'

const health = {
  state: 'live',
  bitrateKbps: 2_400,
  framesPerSec: 25,
  keyFrameGapMs: 1_000,
  delayMs: 20,
  codecs: '',
  trouble: null,
} as const

test('codecs are called what people call them', () => {
  expect(codecNames('avc1.64001f,mp4a.40.2')).toBe('H.264 · AAC')
  expect(codecNames('hvc1.1.6.L93.B0')).toBe('H.265')
  expect(codecNames('vp09.00.10.08')).toBe('vp09.00.10.08')
  expect(codecNames('')).toBe('')
})

test('a signal is good, weak, lost or not there', () => {
  expect(signalOf(health)).toBe('good')
  expect(signalOf({ ...health, bitrateKbps: 120 })).toBe('weak')
  expect(signalOf({ ...health, framesPerSec: 8 })).toBe('weak')
  expect(signalOf({ ...health, state: 'away' })).toBe('lost')
  expect(signalOf({ ...health, state: 'offline' })).toBe('none')
  expect(signalOf(undefined)).toBe('none')
})

test('a camera in low light, which sends 15 frames a second, is a good signal', () => {
  expect(signalOf({ ...health, bitrateKbps: 387, framesPerSec: 15 })).toBe('good')
  expect(signalOf({ ...health, bitrateKbps: 387, framesPerSec: 13.8 })).toBe('good')
})

test('the line keeps the newest samples and ends at the right', () => {
  let samples: number[] = []
  for (let sample = 0; sample < samplesMax + 10; sample++) samples = withSample(samples, sample)
  expect(samples).toHaveLength(samplesMax)
  expect(samples.at(-1)).toBe(samplesMax + 9)
  expect(sparkline(samples)).toMatch(/^M0\.0 .*L100\.0 10\.0$/)
  expect(sparkline([])).toBe('')
  expect(sparkline([0, 0])).toBe('')
})

test('a stream is an alarm when it has been bad for more than ten seconds, whatever was wrong', () => {
  const slow = { ...health, delayMs: 4_000 }
  const far = { ...health, keyFrameGapMs: 10_000 }
  const since = badSince(badSince(null, slow, 1_000), far, 5_000)
  expect([isAlarm(since, 11_000), isAlarm(since, 11_001)]).toEqual([false, true])
  expect(badSince(since, health, 12_000)).toBeNull()
  expect(badSince(since, undefined, 12_000)).toBeNull()
  expect(isAlarm(null, 99_000)).toBe(false)
})

test('why an encoder was refused is told until a picture comes, or a minute beside one', () => {
  const refused = (reason: PublishTrouble, agoSec: number, state: StreamHealth['state']) =>
    troubleOf({ ...health, state, trouble: { reason, agoSec } })
  expect(troubleOf(undefined)).toBeNull()
  expect(troubleOf({ ...health, trouble: null })).toBeNull()
  expect(refused('codec.video_unsupported', 400, 'offline')).toBe('codec.video_unsupported')
  expect(refused('no_picture', 5, 'away')).toBe('no_picture')
  expect(refused('already_publishing', 5, 'live')).toBe('already_publishing')
  expect(refused('already_publishing', 61, 'live')).toBeNull()
})
