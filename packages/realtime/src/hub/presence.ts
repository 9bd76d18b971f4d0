import type { Clock } from '@kaibo/kernel/clock'
import type { Topic } from '../lanes/topic.ts'
import type { RealtimeLimits } from '../limits.ts'
import type { ControlMessage } from './control.ts'
import { createNeighbours, type PresenceRow } from './neighbours.ts'
import { type Crowd, countPeople, encodeSample, sampleOf } from './sample.ts'

/** Open subscriptions of a topic, and the distinct people (user or device ids) behind them. */
export type Presence = { readonly connectionCount: number; readonly identityCount: number }

export type PresenceBoard = {
  of(topicName: string): Presence
  /** The audience of the topic changed here. */
  touch(topic: Topic): void
  hear(message: ControlMessage): void
  /** Takes its leave of the other processes. */
  close(): void
}

type PresenceNeeds = {
  nodeId: string
  limits: RealtimeLimits
  clock: Clock
  localTopic(name: string): Topic | undefined
  localTopics(): Iterable<Topic>
  /** Tells the other processes; undefined when there are none. */
  tell: ((message: ControlMessage) => void) | undefined
  onChange: ((topicName: string, presence: Presence) => void) | undefined
}

/**
 * Who is here, in all processes. Each reports the topics whose audience changed, and a sign of life;
 * who misses a report asks for all of them. A person on several processes counts once.
 */
export function createPresence(needs: PresenceNeeds): PresenceBoard {
  const { limits, clock, nodeId, tell } = needs
  const neighbours = createNeighbours({ nodeId, limits, clock, ask: id => tell?.(askFor(id)) })
  /** Topics to announce here, and to report to the others. */
  const touched = new Set<string>()
  const unreported = new Set<string>()
  const announced = new Map<string, Presence>()
  const beatsPerRound = Math.max(1, Math.round(limits.presenceMs / limits.presenceBeatMs))
  let beatCount = 0
  let owesAll = true
  let seq = 0

  const of = (name: string): Presence => {
    const topic = needs.localTopic(name)
    const connectionCount = topic?.size ?? 0
    const identityCount = topic?.identities.size ?? 0
    const others = neighbours.at(name)
    if (others.length === 0) return { connectionCount, identityCount }
    const local: Crowd = { identityCount, sample: sampleOf(topic?.identities.keys() ?? []) }
    return {
      connectionCount: others.reduce((sum, each) => sum + each.connectionCount, connectionCount),
      identityCount: countPeople([local, ...others]),
    }
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
  const report = (names: Iterable<string>) => {
    const rows = [...names].map(name => rowOf(name, needs.localTopic(name)))
    const parts = [...chunks(rows)]
    for (const part of parts.length > 0 ? parts : [[]]) {
      const isAll = owesAll
      // Before it leaves: an answer may ask for everything again.
      owesAll = false
      tell?.({ kind: 'presence', nodeId, seq: seq++, isAll, rows: part })
    }
    unreported.clear()
  }
  const timer = setInterval(() => {
    const isWhole = ++beatCount % beatsPerRound === 0
    const gone = neighbours.forgetDead()
    for (const name of gone) touched.add(name)
    if (tell && owesAll) report([...needs.localTopics()].flatMap(present))
    else if (tell) report(isWhole ? unreported : [])
    if (isWhole || gone.length > 0) announce()
  }, limits.presenceBeatMs).unref()
  return {
    of,
    touch({ name }) {
      touched.add(name)
      if (tell) unreported.add(name)
    },
    hear(message) {
      if (message.kind === 'presence-ask') owesAll ||= message.nodeId === nodeId
      else if (message.kind === 'presence') {
        for (const name of neighbours.hear(message)) touched.add(name)
      }
    },
    close() {
      clearInterval(timer)
      owesAll = true
      if (tell) report([])
    },
  }
}

const askFor = (nodeId: string): ControlMessage => ({ kind: 'presence-ask', nodeId })

const present = ({ name, size }: Topic): string[] => (size > 0 ? [name] : [])

const rowOf = (name: string, topic: Topic | undefined): PresenceRow =>
  topic
    ? [name, topic.size, topic.identities.size, encodeSample(sampleOf(topic.identities.keys()))]
    : [name, 0, 0, '']

/** A bus message may have 8 kB with its escapes: several small rooms share one, a large one fills it. */
const rowCharsMax = 6_000

function* chunks(rows: readonly PresenceRow[]): Iterable<readonly PresenceRow[]> {
  let part: PresenceRow[] = []
  let chars = 0
  for (const row of rows) {
    const rowChars = row[0].length + row[3].length + 30
    if (part.length > 0 && chars + rowChars > rowCharsMax) {
      yield part
      part = []
      chars = 0
    }
    part.push(row)
    chars += rowChars
  }
  if (part.length > 0) yield part
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
