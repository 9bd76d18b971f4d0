import { type Folded, fold, type Kind, kinds } from './fold.ts'

/**
 * The letters, digits and signs of a text without anything between them: what a word looks like once
 * spaces, dots and emoji that split it are gone.
 */
export type Skeleton = {
  readonly text: string
  readonly folded: Folded
  /** For each unit: the first and the last unit of the folded text that it stands for. */
  readonly firsts: readonly number[]
  readonly lasts: readonly number[]
}

/** A stretch of a skeleton, end exclusive. */
export type Stretch = { readonly from: number; readonly to: number }

export const carries = (kind: Kind | undefined): boolean =>
  kind !== undefined && kind >= kinds.letter

export function skeletonOf(folded: Folded): Skeleton {
  let text = ''
  const places: number[] = []
  for (let at = 0; at < folded.text.length; at += 1) {
    if (!carries(folded.kinds[at])) continue
    text += folded.text[at]
    places.push(at)
  }
  return { text, folded, firsts: places, lasts: places }
}

/** How a word is compared: two spellings of one word have one key. */
export const keyOf = (word: string): string => skeletonOf(fold(word)).text

const signsMin = 2
const lettersMin = 3

/** Whether a word is so short that it would be found all over. */
export function isTooShort(word: string): boolean {
  const { text, folded, firsts } = skeletonOf(fold(word))
  const hasSign = firsts.some(at => folded.kinds[at] === kinds.sign)
  return text.length < (hasSign ? signsMin : lettersMin)
}

/** Where a stretch lies in the original text. */
export const originOf = ({ folded, firsts, lasts }: Skeleton, { from, to }: Stretch): Stretch => ({
  from: folded.starts[firsts[from] ?? 0] ?? 0,
  to: folded.ends[lasts[to - 1] ?? 0] ?? 0,
})

/** More between two characters, and nobody reads them as one word. */
const gapMax = 16

/**
 * How well a stretch stands for a word: whole = as if it were written so · split = its parts could be
 * words of their own · part = it is a piece of something else.
 */
export type Fit = 'whole' | 'split' | 'part'

/** The fit of a stretch that spells `word`; a gap that the word has itself splits nothing. */
export function fitOf(skeleton: Skeleton, stretch: Stretch, word: string): Fit {
  if (isInside(skeleton, stretch)) return 'part'
  const own = gapsOf(skeletonOf(fold(word)), { from: 0, to: stretch.to - stretch.from })
  const gaps = gapsOf(skeleton, stretch)
  const foreign = gaps.filter(gap => !own.some(({ after }) => after === gap.after))
  if (foreign.some(gap => gap.length > gapMax)) return 'part'
  if (foreign.some(gap => gap.hasStop)) return 'split'
  // `s c a m` is one word, `hot el` may be two.
  const isSpelt = gaps.length === stretch.to - stretch.from - 1
  return !isSpelt && foreign.some(gap => gap.hasSpace && gap.isBetweenLetters) ? 'split' : 'whole'
}

type Gap = {
  /** Units of the stretch before it. */
  after: number
  length: number
  hasStop: boolean
  hasSpace: boolean
  isBetweenLetters: boolean
}

export function gapsOf({ folded, firsts, lasts }: Skeleton, { from, to }: Stretch): Gap[] {
  const gaps: Gap[] = []
  for (let at = from + 1; at < to; at += 1) {
    const [end, start] = [(lasts[at - 1] ?? 0) + 1, firsts[at] ?? 0]
    if (start <= end) continue
    const between = folded.kinds.slice(end, start)
    gaps.push({
      after: at - from,
      length: between.length,
      hasStop: between.includes(kinds.stop),
      hasSpace: between.includes(kinds.space),
      isBetweenLetters:
        folded.kinds[end - 1] === kinds.letter && folded.kinds[start] === kinds.letter,
    })
  }
  return gaps
}

/** Whether a stretch begins or ends in the middle of a word of letters, or of a number. */
export function isInside({ folded, firsts, lasts }: Skeleton, { from, to }: Stretch): boolean {
  const [first, last] = [firsts[from] ?? 0, lasts[to - 1] ?? 0]
  const isGlued = (inner: number, outer: number) =>
    folded.kinds[inner] === folded.kinds[outer] && isParted(folded.kinds[inner])
  const before = isApostrophe(folded.text[first - 1]) ? first - 2 : first - 1
  return isGlued(first, before) || isGlued(last, last + 1)
}

const isParted = (kind: Kind | undefined) => kind === kinds.letter || kind === kinds.digit
const isApostrophe = (character: string | undefined) => character === "'" || character === '’'
