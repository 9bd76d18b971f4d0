import { expect, test } from 'vitest'
import { sceneOf } from './model.ts'

const here = { isOut: false }

test('who was put out sees nothing of the room, until it has ended', () => {
  expect(sceneOf({ state: 'live' }, { isOut: true })).toBe('out')
  expect(sceneOf({ state: 'ended' }, { isOut: true })).toBe('ended')
})

test('a room that is ready waits for its first picture', () => {
  expect(sceneOf({ state: 'ready' }, here)).toBe('waiting')
  expect(sceneOf({ state: 'away' }, here)).toBe('away')
})
