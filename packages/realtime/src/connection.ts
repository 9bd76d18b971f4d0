import type { Clock } from '@kaibo/kernel/clock'
import type { Position } from './bus.ts'
import type { Pressure } from './hub/pressure.ts'
import type { Stats } from './hub/stats.ts'
import type { Topics } from './hub/topics.ts'
import { type Identity, uncountedRole } from './identity.ts'
import { envelopeFrames, type Item } from './lanes/frame.ts'
import type { Receiver, Subscription, Topic } from './lanes/topic.ts'
import type { RealtimeLimits } from './limits.ts'
import type { Wire } from './wire.ts'

/**
 * The raw socket behind an upgraded connection or an event stream. Frames come framed: `write`
 * hands the bytes on as they are. `close` says why when it can and destroys the socket soon after.
 */
export type Socket = {
  readonly wire: Wire
  write(bytes: Buffer): void
  readonly writableLength: number
  close(code: number, reason: string): void
}

/** Close codes of our own; clients treat each of them differently. */
export const closeCodes = {
  goingAway: 1001,
  policy: 1008,
  revoked: 4401,
  resync: 4408,
  silent: 4410,
} as const

type ConnectionNeeds = {
  topics: Topics
  limits: RealtimeLimits
  stats: Stats
  clock: Clock
  pressure: Pick<Pressure, 'isHigh'>
  onAudience(topic: Topic): void
  onDetach(connection: Connection): void
}

/** One client. The gateway feeds it with what arrives; topics write through it. */
export class Connection implements Receiver {
  readonly identity: Identity
  readonly wire: Wire
  readonly #socket: Socket
  readonly #needs: ConnectionNeeds
  /** A few at most, and ten thousand connections have one each: a list is smaller than a map. */
  #subscriptions: readonly { readonly topic: Topic; readonly subscription: Subscription }[] = []
  /** Topics that are being opened, with the attempt that counts; made when it is needed. */
  #opening: Map<string, object> | undefined
  /** How often this client lost a topic: a permission that was asked for before is to be asked anew. */
  #evictionCount = 0
  #isOpen = true
  /** Bytes queued after the last write, and since when that queue has not shrunk (0: no queue). */
  #queuedBytes = 0
  #stuckSinceMs = 0

  constructor(socket: Socket, identity: Identity, needs: ConnectionNeeds) {
    this.#socket = socket
    this.wire = socket.wire
    this.identity = identity
    this.#needs = needs
  }

  get identityId(): string {
    return this.identity.id
  }

  get evictionCount(): number {
    return this.#evictionCount
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get topicNames(): readonly string[] {
    return this.#subscriptions.map(({ topic }) => topic.name)
  }

  isSubscribed(topicName: string): boolean {
    return this.#subscriptions.some(({ topic }) => topic.name === topicName)
  }

  /**
   * Starts listening. The answer is `["@","sub",topic,epoch,oseq]`: everything after `oseq` follows.
   * With `resume` inside the ring that is the client's own position; with a `resume` that cannot be
   * honoured the answer is `resync`, and the client refetches its snapshot. Who is not counted hears
   * the same.
   */
  subscribe(topicName: string, resume?: Position, isCounted = true): void {
    if (!this.#isOpen) return
    this.#opening ??= new Map()
    const opening = this.#opening
    const isNew = !this.isSubscribed(topicName) && !opening.has(topicName)
    const count = this.#subscriptions.length + opening.size
    if (isNew && count >= this.#needs.limits.topicsPerConnectionMax) {
      this.control(['@', 'error', 'topic.too_many', topicName])
      return
    }
    const attempt = {}
    opening.set(topicName, attempt)
    const settle = (act: () => void) => {
      if (opening.get(topicName) !== attempt) return
      opening.delete(topicName)
      if (opening.size === 0) this.#opening = undefined
      act()
    }
    this.#needs.topics.use(topicName, {
      ready: topic => settle(() => this.#join(topic, resume, isCounted)),
      failed: () => settle(() => this.control(['@', 'error', 'topic.unavailable', topicName])),
    })
  }

  #join(topic: Topic, resume: Position | undefined, isCounted: boolean): void {
    this.#leave(topic.name)
    const { limits, stats } = this.#needs
    const { epoch } = topic
    const missed = resume?.epoch === epoch ? topic.ring.after(resume.oseq) : undefined
    // A replay that would not fit into the queue is dearer than a snapshot.
    const canResume = missed !== undefined && bytesOf(missed) <= limits.queueBytesMax
    const oseq = canResume ? topic.ring.oseq - missed.length : topic.ring.oseq
    this.control(['@', resume && !canResume ? 'resync' : 'sub', topic.name, epoch, oseq])
    if (resume) stats[canResume ? 'resumedCount' : 'resyncCount']++
    if (canResume && missed.length > 0) {
      const replay = { topic: topic.name, epoch, oseqFrom: oseq + 1, ordered: missed, social: [] }
      this.write(envelopeFrames(replay, { ...limits, wire: this.wire }))
    }
    if (!this.#isOpen) return
    const subscription: Subscription = {
      receiver: this,
      isCounted: isCounted && !this.identity.roles.includes(uncountedRole),
      oseq: topic.ring.oseq,
      isLive: true,
    }
    topic.join(subscription)
    this.#subscriptions = [...this.#subscriptions, { topic, subscription }]
    this.#needs.onAudience(topic)
  }

  unsubscribe(topicName: string): void {
    this.#opening?.delete(topicName)
    this.#leave(topicName)
  }

  /** The topic is no longer this client's to hear; the rest stays. */
  evict(topicName: string): void {
    this.#evictionCount++
    if (!this.isSubscribed(topicName) && !this.#opening?.has(topicName)) return
    this.unsubscribe(topicName)
    this.control(['@', 'error', 'topic.forbidden', topicName])
  }

  #leave(topicName: string): void {
    const known = this.#subscriptions.find(({ topic }) => topic.name === topicName)
    if (!known) return
    this.#subscriptions = this.#subscriptions.filter(each => each !== known)
    known.topic.leave(known.subscription)
    this.#needs.onAudience(known.topic)
  }

  capacity(nowMs: number): 'full' | 'lean' | 'stuck' {
    const { leanQueueBytes, queueBytesMax, stallMsMax } = this.#needs.limits
    const queued = this.#socket.writableLength
    if (queued === 0) {
      if (this.#stuckSinceMs !== 0) this.handleDrain()
      return 'full'
    }
    if (queued < this.#queuedBytes || this.#stuckSinceMs === 0) this.#stuckSinceMs = nowMs
    this.#queuedBytes = queued
    if (queued > queueBytesMax || nowMs - this.#stuckSinceMs > stallMsMax) return 'stuck'
    return queued > leanQueueBytes || this.#needs.pressure.isHigh() ? 'lean' : 'full'
  }

  write(frame: Buffer): void {
    if (!this.#isOpen) return
    this.#socket.write(frame)
    this.#needs.stats.framesWrittenCount++
    this.#needs.stats.bytesWrittenCount += frame.length
    if (this.#queuedBytes > 0) this.#queuedBytes = this.#socket.writableLength
  }

  /** A control message; a socket that is stuck is sent away instead, for its queue has a bound. */
  control(message: readonly [string, ...(string | number)[]]): void {
    if (this.capacity(this.#needs.clock.now().getTime()) === 'stuck') this.sendAway()
    else this.write(this.wire.text(JSON.stringify(message)))
  }

  ping(): void {
    this.write(this.wire.ping)
  }

  sendAway(): void {
    this.#needs.stats.slowClosedCount++
    this.close(closeCodes.resync, 'resync')
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return
    this.detach()
    this.#socket.close(code, reason)
  }

  /** The socket's queue is empty again. */
  handleDrain(): void {
    this.#queuedBytes = 0
    this.#stuckSinceMs = 0
  }

  /** Leaves every topic; the connection is of no use afterwards. */
  detach(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#opening?.clear()
    for (const topicName of this.topicNames) this.#leave(topicName)
    this.#needs.onDetach(this)
  }
}

const bytesOf = (items: readonly Item[]): number =>
  items.reduce((bytes, item) => bytes + item.bytes, 0)
