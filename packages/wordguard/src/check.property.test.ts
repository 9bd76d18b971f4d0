import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { compileWords, type GuardWord, type Tier } from './word-set.ts'

// The same cases every time: a failure found here is one of the change under test.
const cases = { seed: 20_261_122, numRuns: 400 }

const parts = [
  ...['傻', '逼', '网络', '赌', '博', 'sha', 'bi', 'S', 'c', 'u', 'm', 'bag', 'ｓ', '網', '赌博'],
  ...[
    '\u200b',
    '\u0301',
    '\ufe0f',
    '\u202e',
    '👩‍👩‍👧',
    '😀',
    ' ',
    '\n',
    '，',
    '.',
    '*',
    '1',
    '３',
    '①',
  ],
  ...[
    '𠮷',
    '\ud800',
    '\udc00',
    '㎏',
    '㈠',
    'ﬃ',
    'İ',
    'ß',
    '가',
    'ا',
    'http://',
    'com',
    '微信',
    'vx',
    '+86',
  ],
]
const texts = fc
  .array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 30,
  })
  .map(list => list.join(''))
const entries = fc.array(
  fc.record({
    word: fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 4 })
      .map(list => list.join('')),
    tier: fc.constantFrom<Tier[]>('allow', 'mask', 'review', 'block'),
    scenes: fc.subarray(['chat', 'nick']),
  }),
  { maxLength: 12 },
)
const ask = (text: string, words: readonly GuardWord[]) =>
  check({
    text,
    scene: 'chat',
    lists: [{ name: 'platform', words: compileWords(words) }],
    lures: { link: 'review', contact: 'mask' },
  })

test('hits lie in the original, in order, and begin and end between characters', () => {
  fc.assert(
    fc.property(texts, entries, (text, words) => {
      const { hits } = ask(text, words)
      const isHalf = (at: number) =>
        /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
      let before = 0
      for (const { from, to } of hits) {
        expect(from).toBeGreaterThanOrEqual(before)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(text.length)
        expect(isHalf(from) || isHalf(to)).toBe(false)
        before = from
      }
    }),
    cases,
  )
})

test('stars change nothing but the masked words', () => {
  fc.assert(
    fc.property(texts, entries, (text, words) => {
      const { masked, hits } = ask(text, words)
      expect(masked).toHaveLength(text.length)
      for (const [at, unit] of text.split('').entries()) {
        const isMasked = hits.some(hit => hit.tier === 'mask' && hit.from <= at && at < hit.to)
        expect(masked[at]).toBe(isMasked ? '*' : unit)
      }
    }),
    cases,
  )
})

test('a text that is allowed as a whole passes, whatever else is listed', () => {
  fc.assert(
    fc.property(texts, entries, (text, words) => {
      const allowed: GuardWord = { word: text, tier: 'allow', scenes: [] }
      const list = { name: 'platform', words: compileWords([...words, allowed]) }
      expect(check({ text, scene: 'chat', lists: [list] }).verdict).toBe('pass')
    }),
    cases,
  )
})

test('a word is found in any company', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const text = `${before}，赌博，${after}`
      const { verdict } = ask(text, [{ word: '赌博', tier: 'block', scenes: [] }])
      expect(verdict).toBe('block')
    }),
    cases,
  )
})
