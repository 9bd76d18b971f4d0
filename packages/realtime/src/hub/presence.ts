import type { Clock } from '@kaibo/kernel/clock'
import type { Topic } from '../lanes/topic.ts'
import type { RealtimeLimits } from '../limits.ts'

/** Open subscriptions of a topic, and the distinct people (user or device ids) behind them. */
export type Presence = { readonly connectionCount: number; readonly identityCount: number }

/** What one process tells the others: [topic, connections, identities]. */
export type PresenceReport = readonly (readonly [string, number, number])[]

export type PresenceBoard = {
  of(topicName: string): Presence
  /** The audience of the topic changed here. */
  touch(topic: Topic): void
  handleReport(nodeId: string, report: PresenceReport): void
  close(): void
}

type PresenceNeeds = {
  limits: RealtimeLimits
  clock: Clock
  localTopic(name: string): Topic | undefined
  localTopics(): Iterable<Topic>
  /** Tells the other processes; undefined when there are none. */
  report: ((report: PresenceReport) => void) | undefined
  onChange: ((topicName: string, presence: Presence) => void) | undefined
}

/** Distinct identities are counted per process and added up: who watches on two is counted twice. */
export function createPresence(needs: PresenceNeeds): PresenceBoard {
  const { limits, clock } = needs
  const remote = new Map<string, { atMs: number; counts: Map<string, Presence> }>()
  const touched = new Set<string>()
  const announced = new Map<string, Presence>()

  const of = (name: string): Presence => {
    const topic = needs.localTopic(name)
    let connectionCount = topic?.size ?? 0
    let identityCount = topic?.identities.size ?? 0
    for (const { counts } of remote.values()) {
      connectionCount += counts.get(name)?.connectionCount ?? 0
      identityCount += counts.get(name)?.identityCount ?? 0
    }
    return { connectionCount, identityCount }
  }
  const announce = () => {
    for (const name of touched) {
      const before = announced.get(name) ?? nobody
      const now = of(name)
      const change = changeCount(before, now)
      // A change too small to tell stays on the list: the next one adds to it.
      if (change > 0 && !isWorthTelling(change, before, limits)) continue
      touched.delete(name)
      if (change === 0) continue
      if (now.connectionCount === 0) announced.delete(name)
      else announced.set(name, now)
      needs.onChange?.(name, now)
    }
  }
  const forgetDead = () => {
    const deadBeforeMs = clock.now().getTime() - limits.presenceTtlMs
    for (const [nodeId, { atMs, counts }] of remote) {
      if (atMs >= deadBeforeMs) continue
      remote.delete(nodeId)
      for (const name of counts.keys()) touched.add(name)
    }
  }
  const timer = setInterval(() => {
    forgetDead()
    needs.report?.(localReport(needs.localTopics()))
    announce()
  }, limits.presenceMs).unref()
  return {
    of,
    touch: topic => touched.add(topic.name),
    handleReport(nodeId, report) {
      const before = remote.get(nodeId)?.counts ?? new Map<string, Presence>()
      const counts = new Map<string, Presence>()
      for (const [name, connectionCount, identityCount] of report) {
        counts.set(name, { connectionCount, identityCount })
      }
      remote.set(nodeId, { atMs: clock.now().getTime(), counts })
      for (const name of before.keys()) touched.add(name)
      for (const name of counts.keys()) touched.add(name)
    },
    close: () => clearInterval(timer),
  }
}

const nobody: Presence = { connectionCount: 0, identityCount: 0 }

const changeCount = (before: Presence, now: Presence): number =>
  Math.max(
    Math.abs(now.connectionCount - before.connectionCount),
    Math.abs(now.identityCount - before.identityCount),
  )

/** Small rooms feel every person; in large ones a change below one per cent is noise. */
const isWorthTelling = (change: number, before: Presence, limits: RealtimeLimits): boolean =>
  before.connectionCount <= limits.presenceSmallRoomMax ||
  change > before.connectionCount * limits.presenceChangeRatio

function localReport(topics: Iterable<Topic>): PresenceReport {
  const report: [string, number, number][] = []
  for (const topic of topics) {
    if (topic.size > 0) report.push([topic.name, topic.size, topic.identities.size])
  }
  return report
}
