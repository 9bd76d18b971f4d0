import type { Clock } from '@kaibo/kernel/clock'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestBus } from '../../test/bus.ts'
import { startHub } from '../../test/support.ts'
import type { FanoutBus } from '../bus.ts'
import type { Presence } from './presence.ts'
import { type Crowd, countPeople, decodeSample, sampleOf } from './sample.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }))
afterEach(() => vi.useRealTimers())

const clock: Clock = { now: () => new Date() }

function startWatched(bus = createTestBus().bus) {
  const changes: [string, Presence][] = []
  const world = startHub({ clock, bus, onPresenceChange: (...change) => changes.push(change) })
  return { ...world, changes }
}

test('a room counts its sockets and the people behind them', () => {
  const { hub, join } = startWatched()
  const phone = join('ann', 'live:1')
  join('ann', 'live:1')
  join('bob', 'live:1', 'live:2')
  expect(hub.presence('live:1')).toEqual({ connectionCount: 3, identityCount: 2 })
  phone.connection.unsubscribe('live:1')
  expect(hub.presence('live:1')).toEqual({ connectionCount: 2, identityCount: 2 })
  expect(hub.presence('live:3')).toEqual({ connectionCount: 0, identityCount: 0 })
})

test('changes are told at most every two seconds, and only when something changed', () => {
  const { join, changes } = startWatched()
  const ann = join('ann', 'live:1')
  join('bob', 'live:1')
  expect(changes).toEqual([])
  vi.advanceTimersByTime(10_000)
  expect(changes).toEqual([['live:1', { connectionCount: 2, identityCount: 2 }]])
  ann.connection.detach()
  join('eve', 'live:1')
  vi.advanceTimersByTime(10_000)
  expect(changes).toHaveLength(1)
})

test('in a large room one per cent is noise until it adds up', () => {
  const { join, changes } = startWatched()
  for (let n = 0; n < 400; n++) join(`viewer-${n}`, 'live:1')
  vi.advanceTimersByTime(2_000)
  for (let n = 0; n < 3; n++) {
    join(`late-${n}-a`, 'live:1')
    join(`late-${n}-b`, 'live:1')
    vi.advanceTimersByTime(2_000)
  }
  const counts = changes.map(([, { connectionCount }]) => connectionCount)
  expect(counts).toEqual([400, 406])
})

/** Several hubs on one bus, each with a line to it that can be cut, as a process dies. */
function startProcesses(count: number) {
  const { bus } = createTestBus({ isShared: true })
  return Array.from({ length: count }, () => {
    const line = { isCut: false, losesNext: false }
    const mine: FanoutBus = {
      ...bus,
      publish(topic, message) {
        if (line.losesNext || line.isCut) line.losesNext = false
        else return bus.publish(topic, message)
      },
      subscribe: handler => bus.subscribe(delivery => line.isCut || handler(delivery)),
    }
    return { ...startWatched(mine), line }
  })
}

const soonMs = 2_100

test('processes on one bus add up, and who is on two of them counts once', () => {
  const [one, two] = startProcesses(2)
  one?.join('ann', 'live:1')
  two?.join('ann', 'live:1')
  two?.join('bob', 'live:1')
  vi.advanceTimersByTime(soonMs)
  const both = { connectionCount: 3, identityCount: 2 }
  expect([one?.hub.presence('live:1'), two?.hub.presence('live:1')]).toEqual([both, both])
  expect(two?.changes.at(-1)).toEqual(['live:1', both])
})

test('people of a process that dies are gone after at most five seconds', () => {
  const [one, two] = startProcesses(2)
  one?.join('ann', 'live:1')
  two?.join('bob', 'live:1')
  vi.advanceTimersByTime(soonMs)
  expect(one?.changes.at(-1)?.[1].connectionCount).toBe(2)
  if (two) two.line.isCut = true
  vi.advanceTimersByTime(5_000)
  expect(one?.changes.at(-1)?.[1]).toEqual({ connectionCount: 1, identityCount: 1 })
})

test('a process that leaves in order takes its people along at once', () => {
  const [one, two] = startProcesses(2)
  one?.join('ann', 'live:1')
  two?.join('bob', 'live:1')
  vi.advanceTimersByTime(soonMs)
  two?.hub.close()
  expect(one?.hub.presence('live:1')).toEqual({ connectionCount: 1, identityCount: 1 })
})

test('a lost report and a process that comes late are made up for', () => {
  const [one, two, late] = startProcesses(3)
  if (late) late.line.isCut = true
  one?.join('ann', 'live:1')
  vi.advanceTimersByTime(soonMs)
  if (two) two.line.losesNext = true
  two?.join('bob', 'live:1')
  if (late) late.line.isCut = false
  vi.advanceTimersByTime(5_000)
  for (const each of [one, two, late]) {
    expect(each?.hub.presence('live:1')).toEqual({ connectionCount: 2, identityCount: 2 })
  }
})

test('more rooms than fit into one message arrive all the same', () => {
  const [one, two] = startProcesses(2)
  const rooms = Array.from({ length: 16 }, (_, n) => `live:${'r'.repeat(60)}${n}`)
  for (let n = 0; n < 30; n++) one?.join(`viewer-${n}`, ...rooms)
  vi.advanceTimersByTime(soonMs)
  for (const room of rooms) expect(two?.hub.presence(room).identityCount).toBe(30)
})

test.each([0, 0.05, 0.5, 1])(
  'of two crowds of ten thousand that share %d of their people the count is within two per cent',
  share => {
    const size = 10_000
    const crowd = (from: number): Crowd => {
      const ids = Array.from({ length: size }, (_, n) => `person-${from + n}`)
      return { identityCount: size, sample: sampleOf(ids) }
    }
    const truth = size * (2 - share)
    const counted = countPeople([crowd(0), crowd(size * (1 - share))])
    expect(Math.abs(counted - truth) / truth).toBeLessThan(0.02)
  },
)

test('no sample on the wire breaks the count', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(5_000), (text, identityCount) => {
      const count = countPeople([{ identityCount, sample: decodeSample(text) }])
      expect(count).toBeGreaterThanOrEqual(0)
      expect(count).toBeLessThanOrEqual(identityCount)
    }),
  )
})
