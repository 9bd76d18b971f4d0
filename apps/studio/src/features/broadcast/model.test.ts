import { expect, test } from 'vitest'
import { type Cast, type CastEvent, retryInMs, step, triesMax, type Ways } from './model.ts'

const both: Ways = ['whip', 'ws']
const told = (...events: CastEvent[]) => events.reduce(step, { at: 'setup' } as Cast)
const start: CastEvent = { t: 'start', ways: both }
const connected: CastEvent = { t: 'connected', isAway: false }
const failed = (why: 'blocked' | 'busy' | 'offline' | 'dropped', ways = both): CastEvent => ({
  t: 'failed',
  why,
  ways,
})

test('a broadcast tries WebRTC first and is live when it is connected', () => {
  expect(told(start)).toEqual({ at: 'connecting', by: 'whip', tryNumber: 1 })
  expect(told(start, connected)).toEqual({ at: 'live', by: 'whip' })
})

test('a way that is blocked is followed by the next one, in the same try', () => {
  expect(told(start, failed('blocked'))).toEqual({ at: 'connecting', by: 'ws', tryNumber: 1 })
  expect(told(start, failed('blocked'), connected)).toEqual({ at: 'live', by: 'ws' })
})

test('the last way that is blocked, a busy stream and a lost network wait for another try', () => {
  expect(told(start, failed('blocked', ['whip']))).toMatchObject({ at: 'lost', by: 'whip' })
  expect(told(start, failed('busy'))).toMatchObject({ at: 'lost', by: 'whip', why: 'busy' })
  expect(told(start, failed('offline'))).toMatchObject({ at: 'lost', tryNumber: 1 })
})

test('a broadcast that is lost comes back by the way that worked', () => {
  const lost = told(start, failed('blocked'), connected, failed('dropped'))
  expect(lost).toEqual({ at: 'lost', by: 'ws', tryNumber: 0, why: 'dropped' })
  expect(step(lost, { t: 'retry' })).toEqual({ at: 'connecting', by: 'ws', tryNumber: 1 })
})

test('a hidden page shows the slate, also when it connects while it is hidden', () => {
  expect(told(start, connected, { t: 'away' })).toEqual({ at: 'away', by: 'whip' })
  expect(told(start, { t: 'connected', isAway: true })).toEqual({ at: 'away', by: 'whip' })
  expect(told(start, connected, { t: 'away' }, { t: 'back' })).toEqual({ at: 'live', by: 'whip' })
})

test('whatever comes late, an ended broadcast stays ended and a refused one starts only by hand', () => {
  const late: CastEvent[] = [start, connected, failed('dropped'), { t: 'retry' }, { t: 'away' }]
  expect(told(start, { t: 'ended' }, ...late)).toEqual({ at: 'ended' })
  const refused = told(start, { t: 'refused', sentence: 'no' })
  expect(late.slice(1).reduce(step, refused)).toEqual(refused)
  expect(step(refused, start)).toMatchObject({ at: 'connecting' })
})

test('tries come ever less often, never at one beat, and end', () => {
  expect([0, 1, 2, 3, 4, 30].map(tryNumber => retryInMs(tryNumber, 0))).toEqual([
    1_000, 1_000, 2_000, 4_000, 8_000, 8_000,
  ])
  expect(retryInMs(4, 0.999)).toBeLessThan(8_000)
  expect(retryInMs(triesMax, 0)).toBeNull()
})
