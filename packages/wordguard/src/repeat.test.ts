import { expect, test } from 'vitest'
import { createRepeatGuard } from './repeat.ts'

let nowMs = 0
const guard = createRepeatGuard({
  clock: { now: () => new Date(nowMs) },
  sameMax: 5,
  windowMs: 60_000,
  peopleMax: 100,
})

test('the same text is taken five times a minute, however it is varied', () => {
  const variants = ['买它买它', '买它买它！！', '买 它 买 它 买它', '买它买它 2', '買它買它😀']
  for (const text of variants) expect(guard.admits('ann', text)).toBe(true)
  expect(guard.admits('ann', '买它买它买它买它')).toBe(false)
  expect(guard.admits('ann', '多少钱')).toBe(true)
  expect(guard.admits('bob', '买它买它')).toBe(true)
  nowMs += 60_000
  expect(guard.admits('ann', '买它')).toBe(true)
})

test('numbers and emoji alone are texts of their own', () => {
  for (const text of ['1', '2', '3', '4', '5', '6', '👍', '🌹'])
    expect(guard.admits('eve', text)).toBe(true)
})

test('who was silent longest is forgotten first', () => {
  const small = createRepeatGuard({
    clock: { now: () => new Date(0) },
    sameMax: 1,
    windowMs: 1_000,
    peopleMax: 2,
  })
  for (const person of ['ann', 'bob', 'cem']) small.admits(person, '你好')
  expect(small.admits('bob', '你好')).toBe(false)
  expect(small.admits('ann', '你好')).toBe(true)
})
