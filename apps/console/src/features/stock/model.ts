import type { MovementReason } from '@kaibo/contract/goods/stock'

export type Direction = 'add' | 'take'
type Level = { onHand: number; reserved: number }
type AdjustDraft = { direction: Direction; countText: string; note: string }

/** Longest note that the API takes, in characters. */
export const noteMax = 100
const countMax = 1_000_000

/** What an adjustment is missing; the API's own refusals come on top. */
export type AdjustProblem = 'countWrong' | 'noteMissing' | 'belowReserved'
export type Adjustment = { delta: number; note: string; after: Level }

/**
 * An adjustment of `level` as it was typed, or what is wrong with it. Nobody can take what orders
 * have reserved.
 */
export function adjustmentOf(
  draft: AdjustDraft,
  level: Level,
): { adjustment: Adjustment } | { problem: AdjustProblem } {
  const count = /^\d{1,7}$/.test(draft.countText) ? Number(draft.countText) : 0
  if (count === 0 || count > countMax) return { problem: 'countWrong' }
  const delta = draft.direction === 'add' ? count : -count
  const onHand = level.onHand + delta
  if (onHand < level.reserved) return { problem: 'belowReserved' }
  const note = draft.note.trim()
  if (note === '') return { problem: 'noteMissing' }
  return { adjustment: { delta, note, after: { ...level, onHand } } }
}

/** `+3`, `−2`; nothing for no change. */
export const signed = (delta: number): string => {
  if (delta === 0) return ''
  return delta > 0 ? `+${delta}` : `−${-delta}`
}

export const reasonTones = {
  initial: 'info',
  adjust: 'warning',
  count: 'warning',
  hold: 'plain',
  release: 'plain',
  ship: 'success',
  allot: 'info',
  return: 'info',
} as const satisfies Record<MovementReason, string>

/** `红色 · M`; nothing for goods without specs. */
export const specText = (spec: Readonly<Record<string, string>>): string =>
  Object.values(spec).join(' · ')

export type StockState = 'enough' | 'low' | 'sold_out'
export const stockStateOf = (row: { available: number; lowBelow: number }): StockState => {
  if (row.available <= 0) return 'sold_out'
  return row.available < row.lowBelow ? 'low' : 'enough'
}
export const stockTones = {
  enough: 'success',
  low: 'warning',
  sold_out: 'danger',
} as const satisfies Record<StockState, string>
