import type { Clock } from '@kaibo/kernel/clock'

/**
 * Reads at most once per key and `keepMs`, whoever asks meanwhile; what failed is not kept. For
 * numbers that may be so old.
 */
export function createKept<T>(options: {
  clock: Clock
  keepMs: number
  entriesMax: number
}): (key: string, read: () => Promise<T>) => Promise<T> {
  const { clock, keepMs, entriesMax } = options
  const kept = new Map<string, { untilMs: number; value: Promise<T> }>()
  return (key, read) => {
    const nowMs = clock.now().getTime()
    const known = kept.get(key)
    if (known && known.untilMs > nowMs) return known.value
    if (kept.size >= entriesMax) kept.clear()
    const entry = { untilMs: nowMs + keepMs, value: read() }
    kept.set(key, entry)
    entry.value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key)
    })
    return entry.value
  }
}
