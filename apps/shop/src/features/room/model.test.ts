import { expect, test } from 'vitest'
import { sceneOf, steadyPlay } from './model.ts'

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

const here = { isOut: false }

test('who was put out sees nothing of the room, until it has ended', () => {
  expect(sceneOf({ state: 'live' }, { isOut: true })).toBe('out')
  expect(sceneOf({ state: 'ended' }, { isOut: true })).toBe('ended')
})

test('a room that is ready waits for its first picture', () => {
  expect(sceneOf({ state: 'ready' }, here)).toBe('waiting')
  expect(sceneOf({ state: 'away' }, here)).toBe('away')
})
