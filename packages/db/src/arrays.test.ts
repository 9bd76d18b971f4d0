import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigints, booleans, integers, texts, uuids } from './arrays.ts'

const { database } = await testDatabase()

const readBack = async (type: string, values: Buffer) => {
  const rows = await database.query<{ read: unknown }>('', `select $1::${type} as read`, [values])
  return rows[0]?.read
}
const listOf = <T>(value: fc.Arbitrary<T>) => fc.array(fc.option(value), { maxLength: 40 })
/** PostgreSQL keeps no zero byte, and a lone surrogate is no text. */
const text = fc.string({ unit: 'grapheme' }).map(each => each.replaceAll('\0', ''))

test.each([
  ['int[]', integers, listOf(fc.integer())],
  ['bigint[]', bigints, listOf(fc.maxSafeInteger())],
  ['boolean[]', booleans, listOf(fc.boolean())],
  ['text[]', texts, listOf(text)],
  ['uuid[]', uuids, listOf(fc.uuid())],
] as const)('an array of %s arrives as it was', async (type, encode, values) => {
  await fc.assert(
    fc.asyncProperty(values as fc.Arbitrary<never[]>, async each => {
      expect(await readBack(type, encode(each))).toEqual(each)
    }),
    { numRuns: 100 },
  )
})

test('what is no id is refused before it is sent', () => {
  for (const wrong of ['', 'x', `${newId()}0`, newId().replace(/.$/, 'g'), 'é'.repeat(36)])
    expect(() => uuids([wrong])).toThrow('no id')
})
