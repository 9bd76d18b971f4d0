import type { Clock } from '@kaibo/kernel/clock'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestBus } from '../../test/bus.ts'
import { startHub } from '../../test/support.ts'
import type { Presence } from './presence.ts'

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

test('processes on one bus add up, and a dead one is forgotten', () => {
  const bus = createTestBus({ isShared: true }).bus
  const one = startWatched(bus)
  const two = startWatched(bus)
  one.join('ann', 'live:1')
  two.join('bob', 'live:1')
  vi.advanceTimersByTime(2_000)
  const both = { connectionCount: 2, identityCount: 2 }
  expect([one.hub.presence('live:1'), two.hub.presence('live:1')]).toEqual([both, both])
  two.hub.close()
  vi.advanceTimersByTime(8_000)
  expect(one.hub.presence('live:1').connectionCount).toBe(1)
  expect(one.changes.at(-1)?.[1].connectionCount).toBe(1)
})
