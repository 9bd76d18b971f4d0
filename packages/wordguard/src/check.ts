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
  const hits = standing(found).map(
    ({ rank, ...hit }): Hit<List> => ({ ...hit, list: ask.lists[rank]?.name ?? 'rules' }),
  )
  return {
    verdict: severities.findLast(tier => hits.some(hit => hit.tier === tier)) ?? 'pass',
    masked: mask(ask.text, hits),
    hits: hits.slice(0, hitsMax),
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

type Standing = Found & { tier: Severity }

/**
 * What is neither lifted nor within a hit that weighs as much, in the order of the text. One sweep:
 * whatever could cover a hit begins before it or with it, so how far such ones reach is enough.
 */
function standing(found: readonly Found[]): Standing[] {
  const ordered = found.toSorted(
    (a, b) => a.from - b.from || b.to - a.to || weightOf(b.tier) - weightOf(a.tier),
  )
  const allowedTo = new Map<number, number>()
  const hitTo = new Map<Severity, number>()
  const reaches = <K>(ends: ReadonlyMap<K, number>, { to }: Found, counts: (key: K) => boolean) =>
    [...ends].some(([key, end]) => end >= to && counts(key))
  const extend = <K>(ends: Map<K, number>, key: K, { to }: Found) =>
    ends.set(key, Math.max(to, ends.get(key) ?? 0))
  const kept: Standing[] = []
  for (const each of ordered) {
    const { tier, rank } = each
    if (tier === 'allow') extend(allowedTo, rank, each)
    else if (reaches(allowedTo, each, by => tier !== 'block' || by <= rank)) continue
    else if (!reaches(hitTo, each, other => weightOf(other) >= weightOf(tier))) {
      extend(hitTo, tier, each)
      kept.push({ ...each, tier })
    }
  }
  return kept
}

/** At one place the allowance is looked at first, then the gravest. */
const weightOf = (tier: Tier): number => (tier === 'allow' ? 3 : severities.indexOf(tier))

/** Hits come in the order of the text. */
function mask(text: string, hits: readonly Hit[]): string {
  let masked = ''
  for (const { from, to, tier } of hits) {
    if (tier !== 'mask' || to <= masked.length) continue
    masked += text.slice(masked.length, from)
    masked += '*'.repeat(to - masked.length)
  }
  return masked + text.slice(masked.length)
}
