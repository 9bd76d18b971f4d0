import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from './fail.ts'
import { decodeCursor, encodeCursor } from './page.ts'

test('a cursor gives back the key that it was made from, in any language', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), key => {
      expect(decodeCursor(encodeCursor(key), key.length)).toEqual(key)
    }),
  )
})

test('a broken, foreign or too short cursor is refused with one code', () => {
  for (const cursor of ['', '%', 'e30', encodeCursor([1]), encodeCursor([1, 2, 3])]) {
    expect(() => decodeCursor(cursor, 2)).toThrow(new AppError('request.bad_cursor'))
  }
})
