import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isId, isPublicNumber, newId, publicNumber } from './ids.ts'

test('ids are UUIDv7: valid, different, and sorted by their time', () => {
  const ids = [1_000, 2_000, 1_700_000_000_000, 1_800_000_000_000].map(newId)
  expect(ids.every(isId)).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 1_000 }, () => newId())).size).toBe(1_000)
})

test('ids of one millisecond sort in the order in which they were made', () => {
  const ids = Array.from({ length: 2_000 }, () => newId(1_800_000_000_000))
  expect(ids.every(isId)).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
})

test('a number for people begins with the day in Shanghai and ends with a check digit', () => {
  const number = publicNumber(new Date('2026-11-21T17:00:00Z'), 42)
  expect(number).toMatch(/^26112200000042\d$/)
  expect(isPublicNumber(number)).toBe(true)
})

test('a mistyped digit is always noticed, and so are nearly all swapped neighbours', () => {
  fc.assert(
    fc.property(
      fc.nat(99_999_999),
      fc.nat(14),
      fc.integer({ min: 1, max: 9 }),
      (sequence, place, shift) => {
        const number = publicNumber(new Date('2026-11-22T00:00:00Z'), sequence)
        const digit = (Number(number[place]) + shift) % 10
        expect(isPublicNumber(number.slice(0, place) + digit + number.slice(place + 1))).toBe(false)
      },
    ),
  )
})
