import { parityProblems } from '@kaibo/ui/parity.ts'
import { expect, test } from 'vitest'
import en from './en.json'
import zh from './zh-CN.json'

test('replays speak both languages', () => {
  expect(parityProblems(zh, en)).toEqual([])
})
