import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'

/**
 * A list of streams that may not be asked for often: null in between, and when it cannot be had.
 * Clouds tell by callbacks who begins and leaves; their lists only heal what got lost.
 */
export function seldom(
  { clock, everyMs }: { clock: Clock; everyMs: number },
  list: () => Promise<readonly Id[]>,
): () => Promise<ReadonlySet<Id> | null> {
  let nextMs = 0
  return async () => {
    const nowMs = clock.now().getTime()
    if (nowMs < nextMs) return null
    nextMs = nowMs + everyMs
    return list().then(
      ids => new Set(ids),
      () => null,
    )
  }
}
