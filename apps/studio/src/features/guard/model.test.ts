import { expect, test } from 'vitest'
import { durationKey, durationsSec } from './model.ts'

test('every duration has words of its own', () => {
  expect(durationsSec.mute.map(durationKey)).toEqual(['m10', 'h1', 'd1', 'd7', 'good'])
  expect(durationsSec.ban.map(durationKey)).toEqual(['d1', 'd7', 'd30', 'good'])
})
