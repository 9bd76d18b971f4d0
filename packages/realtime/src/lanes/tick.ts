import type { Clock } from '@kaibo/kernel/clock'
import type { RealtimeLimits } from '../limits.ts'
import type { Topic } from './topic.ts'

export type Ticker = {
  /** Something social waits in the topic. */
  mark(topic: Topic): void
  /** What waited left along with an ordered item: the next tick comes a whole one later. */
  restart(topic: Topic): void
  close(): void
}

type TickerNeeds = { limits: RealtimeLimits; clock: Clock; flush(topic: Topic): void }

/** How long the social lane of a room collects before a frame leaves. */
export function tickMs(topic: Pick<Topic, 'size' | 'sweepMs'>, limits: RealtimeLimits): number {
  const bySizeMs = (topic.size * 1_000) / limits.roomWritesPerSecMax
  // Stretching with the sweep is what lets an overloaded process survive: it sends fewer, fuller frames.
  const bySweepMs = Math.min(limits.tickMsMax, topic.sweepMs / limits.sweepShareMax)
  return Math.max(limits.tickMsMin, Math.min(limits.roomTickMsMax, bySizeMs), bySweepMs)
}

/** One timer for all rooms: their wake-ups fall together, and a silent process has none. */
export function createTicker({ limits, clock, flush }: TickerNeeds): Ticker {
  const dirty = new Set<Topic>()
  let timer: NodeJS.Timeout | undefined

  // Half a step of slack: a timer that fires a little early must not cost a whole step.
  const dueAfter = (topic: Topic, nowMs: number) =>
    nowMs + tickMs(topic, limits) - limits.tickMsMin / 2
  const arm = () => {
    const stepMs = limits.tickMsMin
    // On a grid of steps, not counted from the first item: else every tick would be an item longer.
    timer ??= setTimeout(tick, stepMs - (clock.now().getTime() % stepMs))
  }
  const tick = () => {
    timer = undefined
    const nowMs = clock.now().getTime()
    for (const topic of dirty) {
      if (topic.tickDueAtMs > nowMs) continue
      dirty.delete(topic)
      topic.tickDueAtMs = dueAfter(topic, nowMs)
      flush(topic)
    }
    if (dirty.size > 0) arm()
  }
  return {
    mark(topic) {
      dirty.add(topic)
      arm()
    },
    restart(topic) {
      topic.tickDueAtMs = dueAfter(topic, clock.now().getTime())
    },
    close() {
      clearTimeout(timer)
      dirty.clear()
    },
  }
}
