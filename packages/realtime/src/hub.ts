import { randomUUID } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import { invariant } from '@kaibo/kernel/invariant'
import type { Delivery, FanoutBus, LossyMessage, Position } from './bus.ts'
import { Connection, closeCodes, type Socket } from './connection.ts'
import type { ControlMessage } from './hub/control.ts'
import { createCounters, type OnCount, type Tap } from './hub/counters.ts'
import { type Log, silentLog } from './hub/log.ts'
import { createNodes, type Nodes } from './hub/nodes.ts'
import { createPresence, type Presence } from './hub/presence.ts'
import { createPressure } from './hub/pressure.ts'
import { createStats, type Stats } from './hub/stats.ts'
import { Topics } from './hub/topics.ts'
import type { Identity } from './identity.ts'
import { itemOf } from './lanes/frame.ts'
import { createSweeper } from './lanes/sweep.ts'
import { createTicker } from './lanes/tick.ts'
import type { Topic } from './lanes/topic.ts'
import { defaultLimits, type RealtimeLimits } from './limits.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

export type Hub = {
  /**
   * Numbers the item and brings it to every listener: gapless and in order, or the listener is told
   * to refetch. Resolves when it has its number; rejects when the bus is down, so publish from where
   * a retry is possible (an outbox subscriber).
   */
  publishOrdered(topic: string, item: Json): Promise<void>
  /** An event for the next tick: may be dropped, except for `echoTo`, the author's identity id. */
  publishSocial(topic: string, item: Json, options?: { echoTo?: string }): void
  /** A state for the next tick: a newer item of the same key replaces it. */
  publishLatest(topic: string, key: string, item: Json): void
  /** Counts taps; the sum reaches `onCount`, whose owner publishes the new total. */
  addCount(tap: Tap, count: number): number
  attach(socket: Socket, who: { identity: Identity }): Connection
  presence(topic: string): Presence
  readonly nodes: Nodes
  /** Read it *before* reading the data of a snapshot: deltas up to it are in the snapshot. */
  position(topic: string): Promise<Position | undefined>
  /** Closes the sockets of a session or a person, in every process. */
  revoke(whose: { sessionId: string } | { identityId: string }): void
  /** Takes a person out of one topic, in every process; the socket stays. */
  evict(topic: string, identityId: string): void
  connections(): Iterable<Connection>
  stats(): Readonly<Stats> & { connectionCount: number; topicCount: number }
  close(): void
}

export type HubNeeds = {
  bus: FanoutBus
  clock: Clock
  limits?: Partial<RealtimeLimits>
  log?: Log
  onCount?: OnCount
  onPresenceChange?: (topic: string, presence: Presence) => void
  /** Resident memory of the process. */
  rssBytes?: () => number
}

/** How often topics without listeners are looked for. */
const expireMs = 6_000

/** Topics, their two lanes, and the sockets that listen. It knows no business noun. */
export function createHub(needs: HubNeeds): Hub {
  const { bus, clock, log = silentLog, rssBytes = process.memoryUsage.rss } = needs
  const limits: RealtimeLimits = { ...defaultLimits, ...needs.limits }
  const stats = createStats()
  const connections = new Set<Connection>()
  const sweeper = createSweeper({ limits, stats, clock })
  const ticker = createTicker({ limits, clock, flush: sweeper.start })
  const soon = createSoon(topic => {
    ticker.restart(topic)
    sweeper.start(topic)
  })
  const topics = new Topics({ bus, limits, stats, clock, log, onOrdered: soon.mark })
  const counters = createCounters({ limits, clock, onCount: needs.onCount })
  const lossy = createLossyPublisher({ bus, stats, log })
  const nodes = createNodes({ isShared: bus.isShared, lossy })
  const presence = createPresence({
    nodeId: randomUUID(),
    limits,
    clock,
    localTopic: name => topics.get(name),
    localTopics: () => topics.all(),
    tell: bus.isShared ? nodes.tell : undefined,
    onChange: needs.onPresenceChange,
  })
  nodes.listen(presence.hear)
  nodes.listen(message => obey(message, connections))
  const receivers = { topics, ticker, hear: nodes.hear }
  const unsubscribe = bus.subscribe(delivery => receive(delivery, receivers))
  const expiry = setInterval(() => topics.expire(), expireMs).unref()
  const pressure = createPressure({ rssBytesMax: limits.rssBytesMax, rssBytes })
  const onDetach = (connection: Connection) => connections.delete(connection)
  const onAudience = presence.touch
  const connectionNeeds = { topics, limits, stats, clock, pressure, onAudience, onDetach }
  const jsonOf = (item: Json) => serialise(item, limits.itemBytesMax)
  return {
    publishOrdered: async (topic, item) =>
      bus.publish(topic, { lane: 'ordered', json: jsonOf(item) }),
    publishSocial: (topic, item, options) =>
      lossy(topic, { lane: 'social', json: jsonOf(item), ...options }),
    publishLatest: (topic, key, item) => lossy(topic, { lane: 'latest', key, json: jsonOf(item) }),
    addCount: counters.add,
    attach(socket, { identity }) {
      const connection = new Connection(socket, identity, connectionNeeds)
      connections.add(connection)
      return connection
    },
    presence: presence.of,
    nodes,
    position: async topic => bus.position(topic),
    revoke: whose => nodes.tell({ kind: 'revoke', ...whose }),
    evict: (topic, identityId) => nodes.tell({ kind: 'evict', topic, identityId }),
    connections: () => connections,
    stats: () => ({ ...stats, connectionCount: connections.size, topicCount: topics.size }),
    close() {
      clearInterval(expiry)
      for (const part of [sweeper, soon, ticker, counters, presence, pressure]) part.close()
      unsubscribe()
    },
  }
}

/** Collects what became due in this turn of the event loop: the ordered lane waits for nothing else. */
function createSoon(flush: (topic: Topic) => void) {
  const due = new Set<Topic>()
  let timer: NodeJS.Immediate | undefined
  return {
    mark(topic: Topic) {
      due.add(topic)
      timer ??= setImmediate(() => {
        timer = undefined
        const now = [...due]
        due.clear()
        for (const each of now) flush(each)
      })
    },
    close: () => clearImmediate(timer),
  }
}

/** For what may be lost: a bus that is down is logged and counted, never thrown at the caller. */
function createLossyPublisher({ bus, stats, log }: { bus: FanoutBus; stats: Stats; log: Log }) {
  return async (topic: string, message: LossyMessage) => {
    try {
      await bus.publish(topic, message)
    } catch (error) {
      stats.publishFailedCount++
      log.warn({ topic, lane: message.lane, error }, 'publication lost')
    }
  }
}

type Receivers = {
  topics: Pick<Topics, 'get' | 'accept'>
  ticker: { mark(topic: Topic): void }
  hear(json: string): void
}

function receive(delivery: Delivery, { topics, ticker, hear }: Receivers): void {
  if (delivery.lane === 'ordered' || delivery.lane === 'restart') topics.accept(delivery)
  else if (delivery.lane === 'control') hear(delivery.json)
  else {
    const topic = topics.get(delivery.topic)
    if (!topic || topic.size === 0) return
    if (delivery.lane === 'social') topic.addEvent(itemOf(delivery.json), delivery.echoTo)
    else topic.setLatest(delivery.key, itemOf(delivery.json))
    ticker.mark(topic)
  }
}

/** What the processes tell each other about people: who may not be here any more. */
function obey(message: ControlMessage, connections: ReadonlySet<Connection>): void {
  if (message.kind !== 'revoke' && message.kind !== 'evict') return
  for (const connection of connections) {
    const { id, sessionId } = connection.identity
    if (message.kind === 'evict') {
      if (id === message.identityId) connection.evict(message.topic)
      continue
    }
    const isMeant = message.sessionId ? sessionId === message.sessionId : id === message.identityId
    if (isMeant) connection.close(closeCodes.revoked, 'revoked')
  }
}

function serialise(item: Json, bytesMax: number): string {
  const json = JSON.stringify(item)
  // A UTF-16 unit is at most three bytes of UTF-8: the exact count is only taken when it matters.
  const isSmall = json.length * 3 <= bytesMax || Buffer.byteLength(json) <= bytesMax
  invariant(isSmall, `an item may have at most ${bytesMax} bytes`)
  return json
}
