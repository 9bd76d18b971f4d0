import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pair, pageMax, type Source, sideBySide } from './merge.ts'

const sourceOf = (keys: readonly string[]): Source<string> => ({
  keyOf: key => key,
  page: async after => keys.filter(key => after === null || key > after).slice(0, pageMax),
})

async function readAll(left: readonly string[], right: readonly string[]) {
  const pairs: Pair<string, string>[] = []
  for await (const pair of sideBySide(sourceOf(left), sourceOf(right))) pairs.push(pair)
  return pairs
}

const keys = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{1,4}$/), { maxLength: 30 })
const sorted = (list: Iterable<string>) => [...list].toSorted()

test('every key comes once, in order, with all that has it', async () => {
  await fc.assert(
    fc.asyncProperty(keys, keys, async (left, right) => {
      const pairs = await readAll(sorted(left), sorted(right))
      expect(pairs.map(pair => pair.key)).toEqual(sorted(new Set([...left, ...right])))
      for (const { key, left: l, right: r } of pairs) {
        expect([l, r]).toEqual([left.find(k => k === key), right.find(k => k === key)])
      }
    }),
  )
})

test('lists of several pages are read to their end', async () => {
  const long = Array.from({ length: 2 * pageMax }, (_, n) => String(n).padStart(6, '0'))
  expect(await readAll(long, long.slice(3))).toHaveLength(long.length)
})
