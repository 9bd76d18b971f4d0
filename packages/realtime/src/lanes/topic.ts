import type { NumberedDelivery, OpenedTopic, Position } from '../bus.ts'
import type { Stats } from '../hub/stats.ts'
import type { RealtimeLimits } from '../limits.ts'
import { refillBucket, type TokenBucket } from '../token-bucket.ts'
import type { Wire } from '../wire.ts'
import { type Item, itemOf } from './frame.ts'
import { createRing, type Ring } from './ring.ts'

/** What the lanes need to know of a socket; the connection implements it. */
export type Receiver = {
  readonly identityId: string
  readonly wire: Wire
  /** `full` takes everything, `lean` no social events, `stuck` nothing at all. */
  capacity(nowMs: number): 'full' | 'lean' | 'stuck'
  write(frame: Buffer): void
  control(message: readonly [string, ...(string | number)[]]): void
  /** Closes the socket so that its client comes back and resumes by oseq. */
  sendAway(): void
}

/** One socket's place in one topic. Exactly the ordered items up to `oseq` have been written to it. */
export type Subscription = {
  readonly receiver: Receiver
  /** Whether it is one of the people who are here. */
  readonly isCounted: boolean
  oseq: number
  isLive: boolean
}

/** Social items waiting for the tick, as one sweep takes them. */
export type Pending = {
  readonly events: readonly Item[]
  readonly latest: readonly Item[]
  /** Events that fell to the cap, for the identity that sent them. */
  readonly echoes: ReadonlyMap<string, readonly Item[]>
}

type SocialEvent = Item & { readonly echoTo: string | undefined }

/** A topic as one process sees it: its ordered lane, what waits for the tick, who listens. */
export class Topic {
  readonly name: string
  readonly ring: Ring
  readonly identities = new Map<string, number>()
  epoch: string
  /** How long the last sweep worked; the tick stretches with it. */
  sweepMs = 0
  /** When the next tick may leave, and since when nobody has listened. */
  tickDueAtMs = 0
  idleSinceMs = 0
  sweepStart = 0
  /** The newest ordered item that a sweep has taken along. */
  sweptOseq: number
  readonly #limits: RealtimeLimits
  readonly #stats: Stats
  readonly #subscriptions = new Set<Subscription>()
  readonly #budget: TokenBucket
  #audience: readonly Subscription[] | undefined
  #events: SocialEvent[] = []
  #latest = new Map<string, Item>()
  #echoes = new Map<string, Item[]>()
  #echoCount = 0

  constructor(name: string, opened: OpenedTopic, needs: { limits: RealtimeLimits; stats: Stats }) {
    this.name = name
    this.epoch = opened.epoch
    this.sweptOseq = opened.oseq
    this.#limits = needs.limits
    this.#stats = needs.stats
    this.#budget = { tokens: needs.limits.socialBurstMax, atMs: 0 }
    this.ring = createRing(needs.limits, opened.oseq - opened.recent.length)
    for (const entry of opened.recent) this.ring.push({ ...itemOf(entry.json), atMs: entry.atMs })
  }

  get position(): Position {
    return { epoch: this.epoch, oseq: this.ring.oseq }
  }

  get size(): number {
    return this.#subscriptions.size
  }

  /** Whether a sweep would bring anything. */
  get hasNews(): boolean {
    const hasSocial = this.#events.length > 0 || this.#latest.size > 0 || this.#echoes.size > 0
    return hasSocial || this.sweptOseq < this.ring.oseq
  }

  /** The listeners of this moment. The array is shared between sweeps while nobody comes or goes. */
  audience(): readonly Subscription[] {
    this.#audience ??= [...this.#subscriptions]
    return this.#audience
  }

  join(subscription: Subscription): void {
    this.#subscriptions.add(subscription)
    this.#audience = undefined
    if (!subscription.isCounted) return
    const { identityId } = subscription.receiver
    this.identities.set(identityId, (this.identities.get(identityId) ?? 0) + 1)
  }

  leave(subscription: Subscription): void {
    if (!this.#subscriptions.delete(subscription)) return
    subscription.isLive = false
    this.#audience = undefined
    if (!subscription.isCounted) return
    const { identityId } = subscription.receiver
    const left = (this.identities.get(identityId) ?? 0) - 1
    if (left > 0) this.identities.set(identityId, left)
    else this.identities.delete(identityId)
  }

  /** Takes a numbered item. A restart, also an unannounced one, sends all to the snapshot. */
  accept(delivery: NumberedDelivery): void {
    const isKnown = delivery.epoch === this.epoch && delivery.oseq <= this.ring.oseq
    if (isKnown && delivery.lane === 'ordered') return
    const isNext = delivery.epoch === this.epoch && delivery.oseq === this.ring.oseq + 1
    if (delivery.lane === 'restart' || !isNext) this.#restart(delivery)
    else this.ring.push({ ...itemOf(delivery.json), atMs: delivery.atMs })
  }

  #restart({ epoch, oseq }: Position): void {
    this.epoch = epoch
    this.ring.reset(oseq)
    this.sweptOseq = oseq
    for (const subscription of this.#subscriptions) {
      subscription.oseq = oseq
      subscription.receiver.control(['@', 'resync', this.name, epoch, oseq])
      this.#stats.resyncCount++
    }
  }

  /** Queues an event. Beyond the cap the oldest falls out; its author still gets it back. */
  addEvent(item: Item, echoTo: string | undefined): void {
    this.#events.push({ ...item, echoTo })
    if (this.#events.length > this.#limits.socialBurstMax) this.#dropOldest()
  }

  setLatest(key: string, item: Item): void {
    if (!this.#latest.has(key) && this.#latest.size >= this.#limits.latestKeysMax) {
      this.#stats.socialDroppedCount++
      return
    }
    this.#latest.set(key, item)
  }

  /** What this tick may carry; the rest is gone. */
  takePending(nowMs: number): Pending {
    const { socialPerSecMax: ratePerSec, socialBurstMax: burst } = this.#limits
    refillBucket(this.#budget, { ratePerSec, burst, nowMs })
    // A quiet room's next event never waits for a whole token: one always goes out.
    const allowed = Math.max(1, Math.floor(this.#budget.tokens))
    while (this.#events.length > allowed) this.#dropOldest()
    this.#budget.tokens = Math.max(0, this.#budget.tokens - this.#events.length)
    const pending = {
      events: this.#events,
      latest: [...this.#latest.values()],
      echoes: this.#echoes,
    }
    this.#events = []
    this.#latest.clear()
    this.#echoes = new Map()
    this.#echoCount = 0
    return pending
  }

  #dropOldest(): void {
    const event = this.#events.shift()
    if (event === undefined) return
    this.#stats.socialDroppedCount++
    if (event.echoTo === undefined || this.#echoCount >= this.#limits.echoesPerTickMax) return
    this.#echoCount++
    const echoes = this.#echoes.get(event.echoTo)
    if (echoes) echoes.push(event)
    else this.#echoes.set(event.echoTo, [event])
  }
}
