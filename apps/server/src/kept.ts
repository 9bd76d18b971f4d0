import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'

type ReadByIds<D, T> = (db: D, ids: readonly Id[]) => Promise<Map<Id, T>>

export type KeptLimits = { clock: Clock; keepMs: number; entriesMax: number }

/**
 * Remembers for a moment what a read by ids found: names and pictures on rooms that everybody opens.
 * For display only: what decides anything must read. Unknown ids are asked for each time.
 */
export function keptByIds<D, T>(
  read: ReadByIds<D, T>,
  { clock, keepMs, entriesMax }: KeptLimits,
): ReadByIds<D, T> {
  const kept = new Map<Id, { value: T; untilMs: number }>()
  return async (db, ids) => {
    const nowMs = clock.now().getTime()
    const found = new Map<Id, T>()
    for (const id of ids) {
      const entry = kept.get(id)
      if (entry && entry.untilMs > nowMs) found.set(id, entry.value)
    }
    const missing = ids.filter(id => !found.has(id))
    if (missing.length === 0) return found
    if (kept.size + missing.length > entriesMax) kept.clear()
    for (const [id, value] of await read(db, missing)) {
      found.set(id, value)
      kept.set(id, { value, untilMs: nowMs + keepMs })
    }
    return found
  }
}
