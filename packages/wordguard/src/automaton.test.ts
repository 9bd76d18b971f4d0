import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAutomaton } from './automaton.ts'

const found = (words: readonly string[], text: string) => {
  const hits: string[] = []
  createAutomaton(words).scan(text, (word, end) => hits.push(`${end}:${words[word]}`))
  return hits.sort()
}

test('words within words and across each other are all found', () => {
  expect(found(['he', 'she', 'his', 'hers'], 'ushers')).toEqual(['4:he', '4:she', '6:hers'])
})

test('it finds what looking for each word at each place finds', () => {
  const few = fc.string({
    unit: fc.constantFrom('甲', '乙', 'a', '𠮷'),
    minLength: 1,
    maxLength: 4,
  })
  const long = fc.string({ unit: fc.constantFrom('甲', '乙', 'a', '𠮷'), maxLength: 40 })
  fc.assert(
    fc.property(fc.uniqueArray(few, { maxLength: 20 }), long, (words, text) => {
      const ends = Array.from({ length: text.length }, (_, at) => at + 1)
      const naive = ends.flatMap(end =>
        words.filter(word => text.slice(0, end).endsWith(word)).map(word => `${end}:${word}`),
      )
      expect(found(words, text)).toEqual(naive.sort())
    }),
    { seed: 20_261_122 },
  )
})

test('without words nothing is found', () => {
  expect(found([], '甲乙')).toEqual([])
})
