import type { Clock } from '@kaibo/kernel/clock'
import type { RealtimeLimits } from '../limits.ts'
import { createRateLimiter } from '../token-bucket.ts'

/** What is counted, and who taps. */
export type Tap = { readonly topic: string; readonly key: string; readonly identityId: string }

/** Hears the merged taps of one topic and key; it persists them and publishes the new total. */
export type OnCount = (topic: string, key: string, addedCount: number) => void

export type Counters = {
  /** Adds up to `count`, capped per identity, and says how many were accepted. */
  add(tap: Tap, count: number): number
  /** Reports what is left. */
  close(): void
}

type CountersNeeds = { limits: RealtimeLimits; clock: Clock; onCount: OnCount | undefined }

/** Merges taps: one sum per topic, key and half second, however many fingers there are. */
export function createCounters({ limits, clock, onCount }: CountersNeeds): Counters {
  const sums = new Map<string, { topic: string; key: string; addedCount: number }>()
  const taps = createRateLimiter({
    ratePerSec: limits.countPerSecMax,
    burst: limits.countPerSecMax,
    keysMax: limits.countersMax,
    clock,
  })
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    timer = undefined
    const due = [...sums.values()]
    sums.clear()
    for (const { topic, key, addedCount } of due) onCount?.(topic, key, addedCount)
  }
  return {
    add({ topic, key, identityId }, count) {
      const name = `${topic} ${key}`
      const sum = sums.get(name)
      if (!sum && sums.size >= limits.countersMax) return 0
      const accepted = taps.take(`${name} ${identityId}`, count)
      if (accepted === 0) return 0
      if (sum) sum.addedCount += accepted
      else sums.set(name, { topic, key, addedCount: accepted })
      timer ??= setTimeout(flush, limits.countFlushMs)
      return accepted
    },
    close() {
      clearTimeout(timer)
      flush()
    },
  }
}
