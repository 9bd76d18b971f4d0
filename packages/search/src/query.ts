import { bigramMark } from './document.ts'
import { normalise, type Run, runsOf } from './normalise.ts'
import { editDistance, foldSound, nearKeysOf, syllablesOf } from './sound.ts'
import { synonymsOf } from './synonyms.ts'

/** A word of the catalogue that a query may mean. */
export type KnownTerm = {
  readonly word: string
  readonly sound: string
  readonly initials: string
  /** In how many products; only compared. */
  readonly documentCount: number
}

/** A query before anybody knows what the catalogue has. */
export type Query = {
  readonly runs: readonly Run[]
  /** What to ask the list of terms for: any term that has one of these. */
  readonly lookUp: {
    readonly words: readonly string[]
    readonly sounds: readonly string[]
    readonly initials: readonly string[]
    readonly nearKeys: readonly string[]
  }
}

/** One word of a query: a product has to have one of its readings. */
export type Group = {
  readonly typed: string
  /** Words of the catalogue that are meant, the best first; empty when nothing is known. */
  readonly words: readonly string[]
  readonly synonyms: readonly string[]
  /** Not what was typed, but what it sounds or looks like. */
  readonly isGuess: boolean
}

const queryMax = 60
const hanRunMax = 16
const latinRunMax = 30
const spanHanMax = 8
const readingsMax = 3

/** Reads a query as typed. Long ones are cut. */
export function readQuery(text: string): Query {
  const runs = runsOf(normalise(text.slice(0, queryMax)))
  const spans = runs.flatMap(run => spansOf(run))
  const latin = runs.filter(run => run.script === 'latin').map(run => run.text)
  const unique = (values: readonly string[]) => [...new Set(values)]
  return {
    runs,
    lookUp: {
      words: unique([...spans.map(span => span.text), ...wholesOf(text)]),
      sounds: unique(spans.map(span => span.sound).filter(sound => sound.length > 1)),
      initials: unique(latin.filter(isInitials)),
      nearKeys: unique(
        latin.flatMap(word => [...nearKeysOf(word), ...nearKeysOf(foldSound(word))]),
      ),
    },
  }
}

const isInitials = (letters: string) => letters.length >= 2 && letters.length <= 8

/** Letters and digits written together may be one word: `a4`, `v60`. */
const wholesOf = (text: string) => normalise(text.slice(0, queryMax)).match(/[a-z\d]+/g) ?? []

/** `letters` is the pinyin as written or read, `sound` is what it is compared by. */
type Span = { from: number; to: number; text: string; letters: string; sound: string }

/** The parts of a run that may be words. */
function spansOf({ script, text }: Run): Span[] {
  if (script === 'han') {
    const syllables = syllablesOf(text.slice(0, hanRunMax))
    return pairsUpTo(Math.min(text.length, hanRunMax), spanHanMax).map(({ from, to }) => ({
      from,
      to,
      text: text.slice(from, to),
      ...soundOfLetters(syllables.slice(from, to).join('')),
    }))
  }
  if (script !== 'latin') return [{ from: 0, to: text.length, text, letters: '', sound: '' }]
  const run = text.slice(0, latinRunMax)
  return pairsUpTo(run.length, run.length).map(({ from, to }) => ({
    from,
    to,
    text: run.slice(from, to),
    ...soundOfLetters(run.slice(from, to)),
  }))
}

const soundOfLetters = (letters: string) => ({ letters, sound: foldSound(letters) })

const pairsUpTo = (length: number, spanMax: number) =>
  Array.from({ length }, (_, from) =>
    Array.from({ length: Math.min(spanMax, length - from) }, (_, at) => ({
      from,
      to: from + at + 1,
    })),
  ).flat()

/** What the words of a query mean, given the terms that its look-up found. */
export function understand(query: Query, terms: readonly KnownTerm[]): Group[] {
  const known = indexOf(terms)
  return joinKnown(query.runs, known).flatMap(run => {
    if (run.script === 'han') return groupsOfRun(run, known, hanCosts)
    if (run.script === 'latin') return groupsOfLatin(run, known)
    return [groupOf(run.text, [run.text], false)]
  })
}

/** Letters beside digits are one word where the catalogue has it: `a4`. */
function joinKnown(runs: readonly Run[], { byWord }: Known): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const whole = (joined.at(-1)?.text ?? '') + run.text
    if (/\d/.test(whole) && byWord.has(whole))
      joined.splice(-1, 1, { script: 'mixed', text: whole })
    else joined.push(run)
  }
  return joined
}

type Known = {
  byWord: ReadonlyMap<string, KnownTerm>
  bySound: ReadonlyMap<string, readonly KnownTerm[]>
  terms: readonly KnownTerm[]
}

function indexOf(terms: readonly KnownTerm[]): Known {
  const bySound = Map.groupBy(terms, term => term.sound)
  bySound.delete('')
  return { byWord: new Map(terms.map(term => [term.word, term])), bySound, terms }
}

function groupOf(typed: string, words: readonly string[], isGuess: boolean): Group {
  const others = new Set(words.flatMap(synonymsOf))
  for (const word of words) others.delete(word)
  return { typed, words, synonyms: [...others], isGuess }
}

/** What a reading of a part costs: fewer and longer words are better, typed ones better than guesses. */
type Costs = {
  exact(span: Span): number
  sound(span: Span, term: KnownTerm): number
  unknown: number
}
const hanCosts: Costs = {
  exact: ({ text }) => (text.length > 1 ? 1 : 2.5),
  sound: ({ text }, { word }) =>
    text.length < 2 || word.length !== text.length ? Infinity : 1.8 - 0.6 * shareSame(text, word),
  unknown: 4,
}
/** Letters are read as pinyin only where words of two syllables are found. */
const latinCosts: Costs = {
  exact: () => Infinity,
  sound: (_, { word }) => (word.length > 1 ? 1 : 3.5),
  unknown: Infinity,
}

const shareSame = (one: string, other: string) =>
  Array.from(one).filter((character, at) => character === other[at]).length / one.length

type Step = { cost: number; group: Group | null; from: number }

/** The cheapest way to read a run as words, from left to right. */
function groupsOfRun(run: Run, known: Known, costs: Costs): Group[] {
  const spansByEnd = Map.groupBy(spansOf(run), span => span.to)
  const steps: Step[] = [{ cost: 0, group: null, from: 0 }]
  const length = Math.max(0, ...spansByEnd.keys())
  for (let to = 1; to <= length; to += 1) {
    const best = (spansByEnd.get(to) ?? [])
      .map(span => {
        const step = readingOf(span, known, costs)
        return { ...step, from: span.from, cost: step.cost + (steps[span.from]?.cost ?? Infinity) }
      })
      .toSorted((a, b) => a.cost - b.cost)[0]
    steps.push(best ?? { cost: Infinity, group: null, from: to - 1 })
  }
  if ((steps[length]?.cost ?? Infinity) === Infinity) return []
  const groups: Group[] = []
  for (let to = length; to > 0; to = steps[to]?.from ?? 0) {
    const group = steps[to]?.group
    if (group) groups.unshift(group)
  }
  return joinUnknown(groups)
}

function readingOf(span: Span, known: Known, costs: Costs): { cost: number; group: Group } {
  const { text } = span
  if (known.byWord.has(text) || (text.length > 1 && synonymsOf(text).length > 0)) {
    const cost = costs.exact(span)
    if (cost < Infinity) return { cost, group: groupOf(text, [text], false) }
  }
  const readings = truest(span, known.bySound.get(span.sound) ?? [])
    .map(term => ({ term, cost: costs.sound(span, term) }))
    .filter(({ cost }) => cost < Infinity)
    .toSorted((a, b) => a.cost - b.cost || b.term.documentCount - a.term.documentCount)
    .slice(0, readingsMax)
  const [first] = readings
  if (first) {
    const words = readings.map(({ term }) => term.word)
    return { cost: first.cost, group: groupOf(text, words, true) }
  }
  const cost = span.to - span.from === 1 ? costs.unknown : Infinity
  return { cost, group: groupOf(text, [], false) }
}

/** Of words that sound alike to search, those that sound exactly so, if there are any. */
function truest({ letters }: Span, terms: readonly KnownTerm[]): readonly KnownTerm[] {
  if (terms.length < 2) return terms
  const exact = terms.filter(term => syllablesOf(term.word).join('').replace('ü', 'v') === letters)
  return exact.length > 0 ? exact : terms
}

/** Unknown characters side by side are one unknown word: its pairs of characters can be looked for. */
function joinUnknown(groups: readonly Group[]): Group[] {
  const joined: Group[] = []
  for (const group of groups) {
    const last = joined.at(-1)
    if (last && last.words.length === 0 && group.words.length === 0)
      joined.splice(-1, 1, groupOf(last.typed + group.typed, [], false))
    else joined.push(group)
  }
  return joined
}

/** Letters: a word, pinyin, initials, a word being typed, or one of those with a slip; in this order. */
function groupsOfLatin(run: Run, known: Known): Group[] {
  const { text } = run
  if (known.byWord.has(text) || synonymsOf(text).length > 0) return [groupOf(text, [text], false)]
  const asPinyin = groupsOfRun(run, known, latinCosts)
  const longCount = asPinyin.filter(group => group.words.some(word => word.length > 1)).length
  if (longCount * 2 > asPinyin.length) return asPinyin
  const byInitials = best(known.terms.filter(term => term.initials === text))
  if (byInitials.length > 0) return [groupOf(text, byInitials, true)]
  const sound = foldSound(text)
  const distanceMax = text.length < 4 ? 0 : text.length < 8 ? 1 : 2
  const near = known.terms
    .map(term => ({
      term,
      distance: Math.min(editDistance(text, term.word), editDistance(sound, term.sound)),
    }))
    .filter(({ distance }) => distance <= distanceMax)
  const closest = Math.min(...near.map(({ distance }) => distance))
  const words = best(near.filter(each => each.distance === closest).map(({ term }) => term))
  if (words.length === 0 && asPinyin.length > 0) return asPinyin
  return [groupOf(text, words, words.length > 0)]
}

const best = (terms: readonly KnownTerm[]) =>
  terms
    .toSorted((a, b) => b.documentCount - a.documentCount)
    .slice(0, readingsMax)
    .map(({ word }) => word)

/** The texts of PostgreSQL queries; null when there is nothing to look for. */
export type QueryTexts = {
  /** Every word has to be there, in one of its readings. */
  readonly strict: string
  /** Any word or part of a word: for when `strict` finds nothing. */
  readonly wide: string
  /** What was meant, without synonyms: the more of it, the higher the place. */
  readonly rank: string
}

export function queryTextsOf(groups: readonly Group[]): QueryTexts | null {
  if (groups.length === 0) return null
  const strict = groups.map(group => anyOf([...group.words, ...group.synonyms]) ?? partsOf(group))
  const wide = groups.flatMap(group =>
    [...group.words, ...group.synonyms].map(quote).concat(partsOf(group)),
  )
  const rank = groups.flatMap(group => (group.words.length > 0 ? group.words : [group.typed]))
  return {
    strict: strict.map(bracket).join(' & '),
    wide: wide.map(bracket).join(' | '),
    rank: rank.map(quote).join(' | '),
  }
}

const bracket = (text: string) => `(${text})`
const quote = (word: string) => `'${word.replaceAll("'", '')}'`
const anyOf = (words: readonly string[]) =>
  words.length > 0 ? words.map(quote).join(' | ') : undefined

/** An unknown word by its parts: pairs of characters, or its beginning. */
function partsOf({ typed }: Group): string {
  const pairs = Array.from({ length: typed.length - 1 }, (_, at) => typed.slice(at, at + 2))
  const isHan = /^\p{Script=Han}+$/u.test(typed)
  if (isHan && pairs.length > 0) return pairs.map(pair => quote(bigramMark + pair)).join(' & ')
  if (isHan) return `${quote(typed)}:* | ${quote(bigramMark + typed)}:*`
  return /^\D{2,}$/.test(typed) ? `${quote(typed)}:*` : quote(typed)
}
