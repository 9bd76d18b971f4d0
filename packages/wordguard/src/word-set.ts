import { type Automaton, createAutomaton } from './automaton.ts'
import { keyOf } from './skeleton.ts'
import { soundKeyOf } from './sound.ts'

/** allow = fine, and so is what it covers · mask = stars · review = a person looks · block = refused. */
export type Tier = 'allow' | 'mask' | 'review' | 'block'

export type GuardWord = {
  readonly word: string
  readonly tier: Tier
  /** Where it counts; none = everywhere. */
  readonly scenes: readonly string[]
}

/** Words that differ in nothing that counts, under the key that they share. */
export type Entry = { readonly key: string; readonly words: readonly GuardWord[] }

/** Words made ready to be looked for. */
export type WordSet = {
  readonly entries: readonly Entry[]
  readonly spelt: Automaton
  /** Sounds in the order of the automaton, each with the entries that have it. */
  readonly sounds: readonly (readonly Entry[])[]
  readonly soundLengths: readonly number[]
  readonly sounded: Automaton
}

/** Makes words ready; those that {@link isTooShort} should have been kept out. Seconds for millions. */
export function compileWords(words: readonly GuardWord[]): WordSet {
  const byKey = Map.groupBy(words, word => keyOf(word.word))
  byKey.delete('')
  const entries = [...byKey].map(([key, same]) => ({ key, words: same }))
  const bySound = Map.groupBy(entries.filter(isHeard), entry => soundKeyOf(entry.key) ?? '')
  bySound.delete('')
  return {
    entries,
    spelt: createAutomaton([...byKey.keys()]),
    sounds: [...bySound.values()],
    soundLengths: [...bySound.keys()].map(sound => sound.length),
    sounded: createAutomaton([...bySound.keys()]),
  }
}

/** What is allowed is allowed as written; what only gets stars is not worth guessing. */
const isHeard = ({ words }: Entry) =>
  words.some(({ tier }) => tier === 'review' || tier === 'block')
