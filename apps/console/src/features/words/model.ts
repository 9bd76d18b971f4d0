import {
  type CheckedText,
  type Word,
  type WordScene,
  type WordTier,
  wordLengthMax,
  wordsPerCallMax,
} from '@kaibo/contract/show/wordlist'

/** What somebody sets: words, one per line, and what becomes of texts with them. */
export type WordsDraft = { lines: string; tier: WordTier; scenes: WordScene[]; note: string }

export const emptyDraft: WordsDraft = { lines: '', tier: 'review', scenes: [], note: '' }

export const draftOf = ({ word, tier, scenes, note }: Word): WordsDraft => ({
  lines: word,
  tier,
  scenes,
  note,
})

/** The words of a text with one on each line, each once. */
export const wordsIn = (lines: string): string[] => [
  ...new Set(
    lines
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  ),
]

/** What is wrong with the lines, or null. */
export function linesProblem(lines: string): 'none' | 'many' | 'long' | null {
  const words = wordsIn(lines)
  if (words.length === 0) return 'none'
  if (words.length > wordsPerCallMax) return 'many'
  return words.some(word => word.length > wordLengthMax) ? 'long' : null
}

export type Hit = CheckedText['hits'][number]
/** A piece of a text; `hit` is the gravest one over it. */
export type Piece = { text: string; from: number; hit: Hit | null }

const gravity = ['mask', 'review', 'block'] as const

/** A text cut where hits begin and end, so that each piece has one colour. */
export function piecesOf(text: string, hits: readonly Hit[]): Piece[] {
  const cuts = [...new Set([0, text.length, ...hits.flatMap(hit => [hit.from, hit.to])])]
  const ordered = cuts.toSorted((a, b) => a - b)
  return ordered.slice(0, -1).map((from, at) => {
    const over = hits.filter(hit => hit.from <= from && hit.to > from)
    const gravest = over.toSorted((a, b) => gravity.indexOf(b.tier) - gravity.indexOf(a.tier))
    return { text: text.slice(from, ordered[at + 1]), from, hit: gravest[0] ?? null }
  })
}
