import { fail } from '@kaibo/contract/core/fail'
import type { Attitude } from '@kaibo/contract/show/attitude'

/** What somebody thinks of a room, and what they said last even if they took it back. */
export type Mark = {
  readonly mark: Attitude | null
  readonly side: Attitude | null
  readonly isFlipped: boolean
}

/** Whoever said nothing yet. */
export const noMark: Mark = { mark: null, side: null, isFlipped: false }

/**
 * One side, taken back and said again as often as one likes; the other side once (S26). Throws
 * `attitude.flipped`.
 */
export function decideMark(known: Mark, wanted: Attitude | null): Mark {
  if (wanted === null) return { ...known, mark: null }
  const isFlip = known.side !== null && known.side !== wanted
  if (isFlip && known.isFlipped) throw fail('attitude.flipped')
  return { mark: wanted, side: wanted, isFlipped: known.isFlipped || isFlip }
}

/** What a change of mind does to the totals. */
export const changeOf = (before: Mark, after: Mark): { up: number; down: number } => ({
  up: Number(after.mark === 'up') - Number(before.mark === 'up'),
  down: Number(after.mark === 'down') - Number(before.mark === 'down'),
})
