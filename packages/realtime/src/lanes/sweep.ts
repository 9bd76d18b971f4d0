import type { Clock } from '@kaibo/kernel/clock'
import type { Stats } from '../hub/stats.ts'
import type { RealtimeLimits } from '../limits.ts'
import { type Batch, deliver, takeBatch } from './batch.ts'
import type { Subscription, Topic } from './topic.ts'

type Sweep = {
  readonly batch: Batch
  readonly audience: readonly Subscription[]
  visitedCount: number
}

export type Sweeper = {
  /** Brings what waits in the topic to its sockets. A running sweep of the topic is followed by another. */
  start(topic: Topic): void
  close(): void
}

type SweeperNeeds = { limits: RealtimeLimits; stats: Stats; clock: Clock }

/**
 * Writes in slices, so that handshakes, pings and other topics get their turn between them; topics
 * take turns. One topic has one sweep at a time, which keeps every socket's frames in order and
 * lets a backlog merge into the next frame instead of piling up.
 */
export function createSweeper({ limits, stats, clock }: SweeperNeeds): Sweeper {
  const queue: Sweep[] = []
  const running = new Set<Topic>()
  const again = new Set<Topic>()
  let timer: NodeJS.Immediate | undefined

  const begin = (topic: Topic) => {
    if (!topic.hasNews) return
    const batch = takeBatch(topic, limits, clock.now().getTime())
    running.add(topic)
    topic.sweepMs = 0
    queue.push({ batch, audience: topic.audience(), visitedCount: 0 })
    timer ??= setImmediate(turn)
  }
  const finish = ({ batch, audience }: Sweep) => {
    const { topic } = batch
    running.delete(topic)
    // Another socket is first next time; a prime step keeps the order from settling into a pattern.
    topic.sweepStart = audience.length === 0 ? 0 : (topic.sweepStart + 997) % audience.length
    if (again.delete(topic)) begin(topic)
  }
  const turn = () => {
    timer = undefined
    let left = limits.sliceSocketsMax
    while (left > 0) {
      const sweep = queue.shift()
      if (sweep === undefined) return
      left -= visit(sweep, left, { nowMs: clock.now().getTime(), stats })
      if (isDone(sweep)) finish(sweep)
      else queue.push(sweep)
    }
    if (queue.length > 0) timer ??= setImmediate(turn)
  }
  return {
    start(topic) {
      if (running.has(topic)) again.add(topic)
      else begin(topic)
    },
    close() {
      clearImmediate(timer)
      queue.length = 0
    },
  }
}

// A topic that began a new epoch has told its clients to start over: the old batch is void.
const isDone = ({ batch, audience, visitedCount }: Sweep) =>
  visitedCount >= audience.length || batch.epoch !== batch.topic.epoch

function visit(sweep: Sweep, visitsMax: number, needs: { nowMs: number; stats: Stats }): number {
  const { audience, batch } = sweep
  const startedAtMs = performance.now()
  const { topic, epoch } = batch
  const first = sweep.visitedCount
  const end = Math.min(audience.length, first + visitsMax)
  let at = (topic.sweepStart + first) % audience.length
  for (; sweep.visitedCount < end && topic.epoch === epoch; sweep.visitedCount++, at++) {
    const subscription = audience[at < audience.length ? at : at - audience.length]
    if (subscription) deliver(batch, subscription, needs)
  }
  const tookMs = performance.now() - startedAtMs
  topic.sweepMs += tookMs
  needs.stats.sliceMsMax = Math.max(needs.stats.sliceMsMax, tookMs)
  // An empty visit still costs one, or a queue of empty topics would never let go.
  return Math.max(1, sweep.visitedCount - first)
}
