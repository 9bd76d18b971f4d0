import { luresIn } from './contact.ts'
import { findWords, readingsOf } from './find.ts'
import { type Folded, fold } from './fold.ts'
import type { Stretch } from './skeleton.ts'
import type { Tier, WordSet } from './word-set.ts'

/** What becomes of a text with such a hit, mildest first. */
export const severities = ['mask', 'review', 'block'] as const
export type Severity = (typeof severities)[number]

export type Hit<List extends string = string> = Stretch & {
  /** As it stands in the list; empty for links and contact details. */
  readonly word: string
  readonly tier: Severity
  /** The list it is from; `rules` for links and contact details. */
  readonly list: List | 'rules'
  readonly kind: 'word' | 'sound' | 'look' | 'link' | 'contact'
}

export type Checked<List extends string = string> = {
  readonly verdict: 'pass' | Severity
  /** The text with stars for the words that are to be masked: as long as before, and alike elsewhere. */
  readonly masked: string
  /** In the order of the text; `from` and `to` are indices of the original. */
  readonly hits: Hit<List>[]
}

export type GuardAsk<List extends string = string> = {
  readonly text: string
  readonly scene: string
  /**
   * By authority, highest first. What a list allows is lifted from every list; but what a list
   * blocks is lifted only by itself or one before it.
   */
  readonly lists: readonly { readonly name: List; readonly words: WordSet }[]
  /** What becomes of links and contact details; left out = fine. */
  readonly lures?: { readonly link?: Severity; readonly contact?: Severity }
}

const hitsMax = 50

/**
 * What becomes of a text. What was found by its sound, by its look or across the end of a clause may
 * be an accident: it is for review, never blocked. Linear in the text; callers bound its length.
 */
export function check<const List extends string>(ask: GuardAsk<List>): Checked<List> {
  const folded = fold(ask.text)
  const found = [...wordsFound(folded, ask), ...luresFound(folded, ask)]
  const allowed = found.filter(each => each.tier === 'allow')
  const hits = found.flatMap((each): Hit<List>[] => {
    const { tier, rank, ...hit } = each
    if (tier === 'allow' || allowed.some(by => lifts(by, each))) return []
    return [{ ...hit, tier, list: ask.lists[rank]?.name ?? 'rules' }]
  })
  const kept = withoutCovered(hits)
  return {
    verdict: severities.findLast(tier => kept.some(hit => hit.tier === tier)) ?? 'pass',
    masked: mask(ask.text, kept),
    hits: kept.slice(0, hitsMax),
  }
}

type Found = Omit<Hit, 'tier' | 'list'> & { tier: Tier; rank: number }

function wordsFound(folded: Folded, { scene, lists }: GuardAsk): Found[] {
  const readings = readingsOf(folded)
  return lists.flatMap(({ words }, rank) =>
    findWords(readings, words, scene).map(found => ({ ...found, rank })),
  )
}

function luresFound(folded: Folded, { lists, lures }: GuardAsk): Found[] {
  if (!lures) return []
  return luresIn(folded).flatMap(({ kind, ...place }) => {
    const tier = lures[kind]
    return tier ? [{ ...place, kind, tier, word: '', rank: lists.length }] : []
  })
}

const covers = (outer: Stretch, inner: Stretch): boolean =>
  outer.from <= inner.from && outer.to >= inner.to

const lifts = (allowed: Found, hit: Found): boolean =>
  covers(allowed, hit) && (hit.tier !== 'block' || allowed.rank <= hit.rank)

const severityOf = ({ tier }: Hit): number => severities.indexOf(tier)

/** Each place once: what lies within a hit that weighs as much is left out. */
function withoutCovered<H extends Hit>(hits: readonly H[]): H[] {
  const kept: H[] = []
  const ordered = hits.toSorted(
    (a, b) => severityOf(b) - severityOf(a) || a.from - b.from || b.to - a.to,
  )
  for (const hit of ordered) if (!kept.some(outer => covers(outer, hit))) kept.push(hit)
  return kept.toSorted((a, b) => a.from - b.from || a.to - b.to)
}

function mask(text: string, hits: readonly Hit[]): string {
  let masked = text
  for (const { from, to, tier } of hits)
    if (tier === 'mask') masked = masked.slice(0, from) + '*'.repeat(to - from) + masked.slice(to)
  return masked
}
