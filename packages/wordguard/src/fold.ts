import traditionalPairs from 'opencc-js/dict/TSCharacters'

/** What a unit of text is to somebody who looks for words. */
export const kinds = { symbol: 0, space: 1, stop: 2, letter: 3, digit: 4, sign: 5 } as const
/**
 * letter = of a script that parts its words (Latin, Cyrillic …) · sign = of one that does not (Han,
 * kana …) · stop = the end of a clause · symbol = everything else one can see, emoji among it.
 */
export type Kind = (typeof kinds)[keyof typeof kinds]

/** A text in one spelling, each unit with its place in the original. */
export type Folded = {
  readonly text: string
  /** For each UTF-16 unit: where its character begins and ends in the original, marks on it included. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly kinds: readonly Kind[]
}

/**
 * One spelling for one text: compatibility forms, capitals, traditional characters, look-alikes of
 * other scripts become the plain form; combining marks, zero-width and direction characters vanish.
 * Character by character, so that every unit knows where it came from.
 */
export function fold(text: string): Folded {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  const kindsOfUnits: Kind[] = []
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    const next = at + (code > 0xffff ? 2 : 1)
    const plain = plainOf(code)
    // Marks and zero-width characters belong to what they follow.
    if (plain.text === '' && ends.length > 0) ends[ends.length - 1] = next
    folded += plain.text
    for (const kind of plain.kinds) {
      starts.push(at)
      ends.push(next)
      kindsOfUnits.push(kind)
    }
    at = next
  }
  return { text: folded, starts, ends, kinds: kindsOfUnits }
}

type Plain = { readonly text: string; readonly kinds: readonly Kind[] }

const plainsMax = 30_000
const plains = new Map<number, Plain>()

function plainOf(code: number): Plain {
  const kept = plains.get(code)
  if (kept) return kept
  if (plains.size >= plainsMax) plains.clear()
  const text = plainTextOf(String.fromCodePoint(code))
  const plain = {
    text,
    kinds: [...text].flatMap(character =>
      Array.from({ length: character.length }, () => kindOf(character)),
    ),
  }
  plains.set(code, plain)
  return plain
}

const plainTextOf = (character: string): string =>
  [
    ...character
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}\p{DI}]/gu, '')
      .normalize('NFKC'),
  ]
    .map(part => lookAlikes.get(part.toLowerCase()) ?? part.toLowerCase())
    .map(part => simplified.get(part) ?? part)
    .join('')

function kindOf(character: string): Kind {
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(
      character,
    )
  )
    return kinds.sign
  if (/\p{L}/u.test(character)) return kinds.letter
  if (/\p{N}/u.test(character)) return kinds.digit
  if (character === '\n') return kinds.stop
  if (/[\p{Z}\p{Cc}]/u.test(character)) return kinds.space
  return /[,!?;:、。，！？；：]/u.test(character) ? kinds.stop : kinds.symbol
}

const pairsOf = (text: string): Map<string, string> =>
  new Map(
    text.split('|').flatMap(pair => {
      const [from, to] = pair.split(' ')
      return from !== undefined && to !== undefined ? [[from, to] as const] : []
    }),
  )

/** Traditional characters and their simplified form, by OpenCC. */
const simplified = pairsOf(traditionalPairs)

/** Letters that look like Latin ones. */
const lookAlikes = new Map([
  ...pairsOf(
    'а a|в b|е e|к k|м m|н h|о o|р p|с c|т t|у y|х x|і i|ѕ s|ј j|ԁ d|ԛ q|ԝ w|һ h|ɡ g|ı i|α a|β b|ε e|ι i|κ k|ν v|ο o|ρ p|τ t|υ u|χ x|ɑ a|➕ +',
  ),
  // Letters in black circles and squares decompose to nothing.
  ...[0x1f150, 0x1f170].flatMap(first =>
    Array.from(
      { length: 26 },
      (_, at) => [String.fromCodePoint(first + at), String.fromCharCode(0x61 + at)] as const,
    ),
  ),
])
