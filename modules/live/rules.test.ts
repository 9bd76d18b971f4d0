import { type LiveState, liveStates } from '@kaibo/contract/show/live'
import { liveLife } from '@kaibo/contract/show/live-life'
import { newId } from '@kaibo/kernel/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideSteps, durationSec, hashStreamKey, newStreamKey } from './rules.ts'

test('a stream key has 32 random characters and never comes twice', () => {
  const keys = Array.from({ length: 500 }, newStreamKey)
  for (const key of keys) expect(key).toMatch(/^sk_[0-9A-Za-z]{32}$/)
  expect(new Set(keys).size).toBe(500)
  expect(hashStreamKey('sk_a').toString('hex')).not.toContain('sk_a')
})

test.each<[LiveState | 'unknown', boolean, string]>([
  ['ready', false, ''],
  ['ready', true, 'publish'],
  ['live', false, 'lose'],
  ['live', true, ''],
  ['away', false, ''],
  ['away', true, 'publish'],
  ['ended', false, ''],
  ['ended', true, 'cut'],
  ['unknown', true, 'cut'],
])('a session that is %s, picture: %s → %s', (state, hasPicture, step) => {
  const id = newId()
  const sessions = new Map(state === 'unknown' ? [] : [[id, state]])
  const steps = decideSteps(sessions, new Set(hasPicture ? [id] : []))
  expect(steps).toEqual(step ? [{ id, do: step }] : [])
})

test('after the steps sessions and pictures agree, and nothing is left to do', () => {
  const session = fc.tuple(fc.constantFrom(...liveStates), fc.boolean())
  fc.assert(
    fc.property(fc.array(session, { maxLength: 12 }), list => {
      const ids = list.map(() => newId())
      const states = new Map(list.map(([state], index) => [ids[index] ?? '', state]))
      const pictures = new Set(ids.filter((_, index) => list[index]?.[1]))
      for (const { id, do: step } of decideSteps(states, pictures)) {
        if (step === 'cut') pictures.delete(id)
        else states.set(id, liveLife.next(states.get(id) ?? '', step) ?? 'ended')
      }
      expect(decideSteps(states, pictures)).toEqual([])
      for (const [id, state] of states) expect(state === 'live').toBe(pictures.has(id))
    }),
  )
})

test('a session without a picture lasted no time', () => {
  const at = (sec: number) => new Date(sec * 1_000)
  expect(durationSec(null, at(100))).toBe(0)
  expect(durationSec(at(10), at(100.4))).toBe(90)
  expect(durationSec(at(10), at(9))).toBe(0)
})
