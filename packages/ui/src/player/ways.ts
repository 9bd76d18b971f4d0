import type { Candidate, Technique } from './sources.ts'
import type { Loss } from './stream.ts'

/** A way that has shown pictures is tried so often before the next one gets its turn. */
const failuresMax = 3
/**
 * So many standstills in so long, and so much of it stood, and a way does not suit this network. A host
 * whose encoder hiccups makes everybody's picture stand, but for less than a line that carries too little.
 */
const stallsMax = 3
const stoodMsMin = 1_500
const stallsWithinMs = 30_000

/** From the way that needs the best line to those that adapt to theirs. */
const needs: readonly Technique[] = ['whep', 'flv', 'hls', 'native']

/**
 * The ways to play one stream, best first, and what was learned about them.
 *
 * Chooses by what happened: a way that never showed a picture gives place at its first failure, one
 * that did has patience, and one that the network does not carry yields to a more patient one.
 */
export function createWays(candidates: readonly Candidate[]) {
  let at = 0
  let proven: number | undefined
  let failures = 0
  let stalls: { fromMs: number; untilMs?: number }[] = []
  const go = (to: number) => {
    at = to
    failures = 0
    stalls = []
  }
  return {
    candidates,
    now: (): Candidate | undefined => candidates[at],
    /** The picture moves, for the first time or again. */
    played(nowMs: number) {
      proven = at
      const last = stalls.at(-1)
      if (last) last.untilMs ??= nowMs
      failures = 0
    },
    /** True when another way is next. */
    failed(loss: Loss): boolean {
      const isProven = proven === at
      // Nothing is wrong with the way when the server has no stream any more.
      if (isProven && loss === 'gone') return false
      failures += 1
      const isSpent = loss === 'media' || !isProven || failures >= failuresMax
      if (!isSpent || candidates.length < 2) return false
      go((at + 1) % candidates.length)
      return true
    },
    /** True when the picture stood so often that this way does not suit the network. */
    stalled(nowMs: number): boolean {
      const recent = stalls.filter(({ fromMs }) => nowMs - fromMs < stallsWithinMs)
      const stoodMs = recent.reduce((sum, { fromMs, untilMs = nowMs }) => sum + untilMs - fromMs, 0)
      stalls = [...recent, { fromMs: nowMs }]
      return stalls.length >= stallsMax && stoodMs >= stoodMsMin
    },
    /** True when a way that asks less of the network is next. */
    yields(): boolean {
      const now = candidates[at]
      const lighter = now ? needs.slice(needs.indexOf(now.technique) + 1) : []
      const next = candidates.findIndex(({ technique }) => lighter.includes(technique))
      if (next < 0) return false
      go(next)
      return true
    },
    /** Circumstances are new: back to the way that showed pictures last, or to the best. */
    restart: () => go(proven ?? 0),
  }
}

/** A way that the network did not carry comes last for so long. */
const restMs = 5 * 60_000

/** Puts the ways that need a rest last; `weakAtMs` tells when each was found too much. */
export function rested(
  candidates: readonly Candidate[],
  { weakAtMs, nowMs }: { weakAtMs: ReadonlyMap<Technique, number>; nowMs: number },
): Candidate[] {
  const isWeak = ({ technique }: Candidate) =>
    nowMs - (weakAtMs.get(technique) ?? -Infinity) < restMs
  return [...candidates.filter(way => !isWeak(way)), ...candidates.filter(isWeak)]
}

export function isSameWays(some: readonly Candidate[], others: readonly Candidate[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ technique, url }, place) => {
      const other = others[place]
      return other?.technique === technique && other.url === url
    })
  )
}
