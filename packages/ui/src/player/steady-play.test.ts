import { expect, test } from 'vitest'
import { steadyPlay } from './steady-play.ts'

const play = (ticket: string, path = '/live/a.flv') => ({
  endpoints: [
    { protocol: 'flv', url: `http://media${path}?t=${ticket}`, expectedLatencyMs: 900 } as const,
  ],
  expiresAt: '2026-03-01T16:00:00.000Z',
})

test('a new ticket does not restart the picture that runs', () => {
  const running = play('old')
  expect(steadyPlay({ running, fresh: play('new'), isLost: false })).toBe(running)
})

test('a lost picture, another stream or the first one take the fresh addresses', () => {
  const fresh = play('new')
  expect(steadyPlay({ running: play('old'), fresh, isLost: true })).toBe(fresh)
  expect(steadyPlay({ running: play('old', '/live/b.flv'), fresh, isLost: false })).toBe(fresh)
  expect(steadyPlay({ running: null, fresh, isLost: false })).toBe(fresh)
  expect(steadyPlay({ running: play('old'), fresh: null, isLost: false })).toBeNull()
})
