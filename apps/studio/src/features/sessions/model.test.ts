import { expect, test } from 'vitest'
import { airedMs, sessionActions, splitSessions } from './model.ts'

test.each(['ready', 'live', 'away'] as const)('a session that is %s can be worked on', state => {
  expect(sessionActions({ state })).toEqual({
    isOpen: true,
    canEnd: true,
    canRenewKey: true,
    canEditBag: true,
    hasRecap: false,
  })
})

test('an ended session has a recap and nothing else', () => {
  expect(sessionActions({ state: 'ended' })).toEqual({
    isOpen: false,
    canEnd: false,
    canRenewKey: false,
    canEditBag: false,
    hasRecap: true,
  })
})

test('the open session stands apart from the ended ones', () => {
  const ended = { state: 'ended' } as const
  const away = { state: 'away' } as const
  expect(splitSessions([away, ended, ended])).toEqual({ open: away, ended: [ended, ended] })
  expect(splitSessions([ended])).toEqual({ open: undefined, ended: [ended] })
})

test('time on air runs until the end, or until now', () => {
  const startedAt = '2026-03-01T12:00:00.000Z'
  const nowMs = Date.parse('2026-03-01T13:00:00.000Z')
  expect(airedMs({ startedAt, endedAt: '2026-03-01T12:30:00.000Z' }, nowMs)).toBe(1_800_000)
  expect(airedMs({ startedAt, endedAt: null }, nowMs)).toBe(3_600_000)
  expect(airedMs({ startedAt: null, endedAt: null }, nowMs)).toBeNull()
})
