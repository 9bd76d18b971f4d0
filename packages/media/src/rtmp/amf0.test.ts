import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AmfValue, decodeAmf, encodeAmf, encodeEcmaArray } from './amf0.ts'

const value = fc.letrec<{ any: AmfValue }>(tie => ({
  any: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'amf' },
    fc.double(),
    fc.boolean(),
    fc.string(),
    fc.constant(null),
    fc.constant(undefined),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('any'), { maxLength: 4, depthIdentifier: 'amf' }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('any'), { maxKeys: 4, depthIdentifier: 'amf' }),
  ),
})).any

test('every value survives being written and read', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), values => {
      expect(decodeAmf(encodeAmf(...values))).toEqual(values)
    }),
  )
})

test('a string longer than 64 KiB survives', () => {
  const long = '开播'.repeat(20_000)
  expect(decodeAmf(encodeAmf(long))).toEqual([long])
})

test('an ECMA array reads as the object it was made from', () => {
  expect(decodeAmf(encodeEcmaArray({ width: 1280, height: 720 }))).toEqual([
    { width: 1280, height: 720 },
  ])
})

test('arbitrary bytes are read or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      try {
        decodeAmf(Buffer.from(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('values nested without end are refused', () => {
  const strictArrayOfOne = Buffer.from([10, 0, 0, 0, 1])
  const bomb = Buffer.concat(Array.from({ length: 10_000 }, () => strictArrayOfOne))
  expect(() => decodeAmf(bomb)).toThrow('nested too deeply')
})

test('a key that names a prototype stays a plain key', () => {
  const [object] = decodeAmf(
    Buffer.concat([
      Buffer.from([3, 0, 9]),
      Buffer.from('__proto__'),
      Buffer.from([3, 0, 1]),
      Buffer.from('x'),
      Buffer.from([1, 1, 0, 0, 9, 0, 0, 9]),
    ]),
  )
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
  expect('x' in Object(object)).toBe(false)
})
