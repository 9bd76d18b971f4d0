import { pinyin } from 'pinyin-pro'

/** How a word sounds, as search compares it. */
export type Sound = {
  /** Pinyin without tones, near sounds made one: see {@link foldSound}. */
  readonly full: string
  /** First letters of the syllables, unfolded: `ydx`. */
  readonly initials: string
}

/**
 * Makes one of what speakers and typists confuse: zh/z, ch/c, sh/s, n/l/r, h/f before u, and the endings
 * -n/-ng. Works on any stretch of pinyin, whether or not one knows where its syllables end.
 */
export const foldSound = (letters: string): string =>
  letters
    .replace(/ü|v/g, 'u')
    .replace(/([zcs])h/g, '$1')
    .replace(/ng/g, 'n')
    .replace(/[lr]/g, 'n')
    .replace(/fu/g, 'hu')

/** The pinyin of each character, without tones. */
export const syllablesOf = (word: string): string[] =>
  pinyin(word, { toneType: 'none', type: 'array' })

/** The sound of a word of Chinese characters. */
export function soundOf(word: string): Sound {
  const syllables = syllablesOf(word)
  return {
    full: foldSound(syllables.join('')),
    initials: syllables.map(syllable => syllable.charAt(0)).join(''),
  }
}

const nearLengthMin = 4
const nearLengthMax = 24

/**
 * Keys that two spellings share when one letter was dropped, added, doubled or replaced, or two
 * neighbours were exchanged: the word and every way to leave out one letter of it. Empty for words too
 * short for a safe guess.
 */
export function nearKeysOf(letters: string): string[] {
  if (letters.length < nearLengthMin || letters.length > nearLengthMax) return []
  const shorter = Array.from(letters, (_, at) => letters.slice(0, at) + letters.slice(at + 1))
  return [...new Set([letters, ...shorter])]
}

/** Letters to change, drop, add or exchange with a neighbour to get from one word to the other. */
export function editDistance(from: string, to: string): number {
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const costs = [
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      ]
      if (isSwap && row > 1 && column > 1) costs.push((before[column - 2] ?? 0) + 1)
      current.push(Math.min(...costs))
    }
    before = previous
    previous = current
  }
  return previous[to.length] ?? 0
}
