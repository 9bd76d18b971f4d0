import { expect, test } from 'vitest'
import { changeOf, decideMark, noMark } from './rules.ts'

const said = (...wanted: Parameters<typeof decideMark>[1][]) => wanted.reduce(decideMark, noMark)

test('one side may be taken back and said again, the other side once', () => {
  expect(said('up')).toEqual({ mark: 'up', side: 'up', isFlipped: false })
  expect(said('up', null, 'up')).toEqual({ mark: 'up', side: 'up', isFlipped: false })
  expect(said('up', 'down')).toEqual({ mark: 'down', side: 'down', isFlipped: true })
  expect(said('up', 'down', null, 'down')).toMatchObject({ mark: 'down' })
  expect(() => said('up', 'down', 'up')).toThrow('attitude.flipped')
})

test('taking it back in between does not hide a flip', () => {
  expect(said('down', null, 'up')).toEqual({ mark: 'up', side: 'up', isFlipped: true })
  expect(() => said('down', null, 'up', null, 'down')).toThrow('attitude.flipped')
})

test('who never said anything has nothing to take back', () => {
  expect(said(null)).toEqual(noMark)
  expect(said(null, 'up', 'down')).toMatchObject({ isFlipped: true })
})

test('a flip moves both totals', () => {
  expect(changeOf(noMark, said('up'))).toEqual({ up: 1, down: 0 })
  expect(changeOf(said('up'), said('up', 'down'))).toEqual({ up: -1, down: 1 })
  expect(changeOf(said('down'), said('down', null))).toEqual({ up: 0, down: -1 })
  expect(changeOf(said('up'), said('up', 'up'))).toEqual({ up: 0, down: 0 })
})
