import { expect, test } from 'vitest'
import type { Candidate } from './sources.ts'
import { createWays, rested } from './ways.ts'

const whep: Candidate = { technique: 'whep', protocol: 'whep', url: '/whep' }
const flv: Candidate = { technique: 'flv', protocol: 'flv', url: '/a.flv' }
const hls: Candidate = { technique: 'hls', protocol: 'llhls', url: '/a.m3u8' }

test('a way that never showed a picture gives place at once, and the last to the first', () => {
  const ways = createWays([whep, flv])
  expect(ways.failed('network')).toBe(true)
  expect(ways.now()).toBe(flv)
  ways.failed('gone')
  expect(ways.now()).toBe(whep)
})

test('a way that showed pictures is tried three times, then the next one', () => {
  const ways = createWays([whep, flv])
  ways.played(0)
  expect([1, 2, 3].map(() => ways.failed('network'))).toEqual([false, false, true])
  expect(ways.now()).toBe(flv)
})

test('a stream that is gone says nothing against a way that showed it', () => {
  const ways = createWays([whep, flv])
  ways.played(0)
  for (let attempt = 0; attempt < 9; attempt++) ways.failed('gone')
  expect(ways.now()).toBe(whep)
})

test('a picture that cannot be decoded is not tried the same way again', () => {
  const ways = createWays([flv, hls])
  ways.played(0)
  expect(ways.failed('media')).toBe(true)
})

test('when circumstances are new the way that showed pictures last is tried first', () => {
  const ways = createWays([whep, flv, hls])
  ways.failed('network')
  ways.played(0)
  for (let attempt = 0; attempt < 3; attempt++) ways.failed('network')
  expect(ways.now()).toBe(hls)
  ways.restart()
  expect(ways.now()).toBe(flv)
})

test.each([
  ['three standstills in half a minute mean that a way does not suit the network', 1_000, true],
  ['a host who hiccups three times is no weak line', 400, false],
])('%s', (_, stoodMs, isWeak) => {
  const ways = createWays([flv, hls])
  const verdicts = [0, 40_000, 50_000, 60_000].map(atMs => {
    const isTooMuch = ways.stalled(atMs)
    ways.played(atMs + stoodMs)
    return isTooMuch
  })
  expect(verdicts).toEqual([false, false, false, isWeak])
})

test('what the network does not carry yields to a way that asks less, to the last', () => {
  const wsflv: Candidate = { ...flv, protocol: 'wsflv' }
  const ways = createWays([whep, flv, wsflv, hls])
  const yielded = [1, 2, 3].map(() => ways.yields() && ways.now())
  expect(yielded).toEqual([flv, hls, false])
  expect(ways.now()).toBe(hls)
  expect(createWays([hls, flv]).yields()).toBe(false)
})

test('a way that was too much for the network comes last for five minutes', () => {
  const weakAtMs = new Map([['whep', 1_000] as const])
  expect(rested([whep, flv], { weakAtMs, nowMs: 300_000 })).toEqual([flv, whep])
  expect(rested([whep, flv], { weakAtMs, nowMs: 302_000 })).toEqual([whep, flv])
})
