import type { Candidate } from './sources.ts'
import type { Loss } from './stream.ts'

/** A way that has shown pictures is tried so often before the next one gets its turn. */
const failuresMax = 3
/** So many standstills in so long, and a way does not suit this network. */
const stallsMax = 3
const stallsWithinMs = 30_000

/**
 * The ways to play one stream, best first, and what was learned about them.
 *
 * Chooses by what happened: a way that never showed a picture gives place at its first failure, one
 * that did has patience, and one that stands again and again yields to a way that adapts.
 */
export function createWays(candidates: readonly Candidate[]) {
  let at = 0
  let proven: number | undefined
  let failures = 0
  let stalls: number[] = []
  const go = (to: number) => {
    at = to
    failures = 0
    stalls = []
  }
  return {
    candidates,
    now: (): Candidate | undefined => candidates[at],
    played() {
      proven = at
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
    /** True when the picture stood too often and a way that adapts is next. */
    stalled(nowMs: number): boolean {
      stalls = [...stalls.filter(ms => nowMs - ms < stallsWithinMs), nowMs]
      if (stalls.length < stallsMax || candidates[at]?.technique === 'hls') return false
      const adaptive = candidates.findIndex(({ technique }) => technique === 'hls')
      if (adaptive < 0) return false
      go(adaptive)
      return true
    },
    /** Circumstances are new: back to the way that showed pictures last, or to the best. */
    restart: () => go(proven ?? 0),
  }
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
