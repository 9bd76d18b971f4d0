import type { Id } from '@kaibo/kernel/ids'

/** Whether a product is not (or no longer) in the bag. */
export const leavesBag = (productId: Id, productIds: readonly Id[]): boolean =>
  !productIds.includes(productId)

/** Whole seconds of an explanation; one that still runs is counted up to now. */
export function explainSeconds(
  mark: { started_at: Date; ended_at: Date | null },
  now: Date,
): number {
  const endMs = (mark.ended_at ?? now).getTime()
  return Math.max(0, Math.round((endMs - mark.started_at.getTime()) / 1_000))
}
