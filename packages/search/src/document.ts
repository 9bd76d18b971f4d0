import { normalise, runsOf } from './normalise.ts'
import { bigramsOf, wordsOf } from './segment.ts'
import { nearKeysOf, type Sound, soundOf } from './sound.ts'

/** What can be searched of a product. */
export type DocumentTexts = {
  readonly title: string
  readonly subtitle: string
  /** The name of its brand, in every language that has one. */
  readonly brands: readonly string[]
  /** Its category and those above, likewise. */
  readonly categories: readonly string[]
  readonly tags: readonly string[]
}

/** A word of the catalogue, as misspelt and half-typed queries find it. */
export type Term = {
  readonly word: string
  /** Brands and categories are suggested before words of titles. */
  readonly kind: 'brand' | 'category' | 'word'
  readonly sound: string
  readonly initials: string
  /** See {@link nearKeysOf}; of the letters of the word, or of its sound. */
  readonly nearKeys: readonly string[]
}

export type SearchableDocument = {
  /** Text of a `tsvector`: A title and brand, B categories, C tags, D subtitle and pairs of characters. */
  readonly vector: string
  readonly terms: readonly Term[]
}

/** Sign before a pair of characters, so that it is not taken for a word. */
export const bigramMark = '_'

/** What is stored for a product. */
export function readDocument(texts: DocumentTexts): SearchableDocument {
  const { title, subtitle, brands, categories, tags } = texts
  const named = (name: string) => [compact(name), ...wordsOf(name)]
  const byWeight = {
    A: [...wordsOf(title), ...brands.flatMap(named)],
    B: categories.flatMap(named),
    C: tags.flatMap(named),
    D: [...wordsOf(subtitle), ...bigramsOf(title).map(pair => bigramMark + pair)],
  }
  const weightsByWord = new Map<string, Set<string>>()
  for (const [weight, words] of Object.entries(byWeight))
    for (const word of words) {
      weightsByWord.set(word, (weightsByWord.get(word) ?? new Set()).add(weight))
    }
  const names = new Map<string, Term['kind']>(categories.map(name => [compact(name), 'category']))
  for (const brand of brands) names.set(compact(brand), 'brand')
  const words = [...weightsByWord.keys()].filter(isTerm)
  return {
    vector: vectorOf(weightsByWord),
    terms: words.map(word => termOf(word, names.get(word) ?? 'word')),
  }
}

/** A name as one word: what a shopper types without its spaces and dots. */
const compact = (name: string) =>
  runsOf(normalise(name))
    .map(run => run.text)
    .join('')

const isTerm = (word: string) => !word.startsWith(bigramMark) && !/^[\d.]*$/.test(word)

const vectorOf = (weightsByWord: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...weightsByWord]
    .filter(([word]) => word !== '')
    .map(([word, weights]) => `'${word}':${[...weights].map((each, at) => at + 1 + each).join()}`)
    .join(' ')

function termOf(word: string, kind: Term['kind']): Term {
  const { full, initials } = keptSoundOf(word)
  return { word, kind, sound: full, initials, nearKeys: nearKeysOf(full || word) }
}

const soundsMax = 50_000
const sounds = new Map<string, Sound>()
const silent: Sound = { full: '', initials: '' }

/** Finding a sound costs thirty microseconds, and catalogues repeat their words. */
function keptSoundOf(word: string): Sound {
  const kept = sounds.get(word)
  if (kept) return kept
  const sound = /\p{Script=Han}/u.test(word) ? soundOf(word) : silent
  if (sounds.size >= soundsMax) sounds.clear()
  sounds.set(word, sound)
  return sound
}
