import type { Clock } from '@kaibo/kernel/clock'
import type { FanoutBus, NumberedDelivery, OpenedTopic } from '../bus.ts'
import { Topic } from '../lanes/topic.ts'
import type { RealtimeLimits } from '../limits.ts'
import type { Log } from './log.ts'
import type { Stats } from './stats.ts'

/** What to do when a topic is followed, or cannot be. */
export type WithTopic = { ready(topic: Topic): void; failed(): void }

type Opening = {
  readonly waiting: WithTopic[]
  /** What arrived between the bus's answer and our reading it. */
  readonly early: NumberedDelivery[]
}

export type TopicsNeeds = {
  bus: FanoutBus
  limits: RealtimeLimits
  stats: Stats
  clock: Clock
  log: Log
  onOrdered(topic: Topic): void
}

/** The topics that this process follows on the bus. */
export class Topics {
  readonly #needs: TopicsNeeds
  readonly #topics = new Map<string, Topic>()
  readonly #openings = new Map<string, Opening>()

  constructor(needs: TopicsNeeds) {
    this.#needs = needs
  }

  get size(): number {
    return this.#topics.size
  }

  get(name: string): Topic | undefined {
    return this.#topics.get(name)
  }

  all(): Iterable<Topic> {
    return this.#topics.values()
  }

  /** Hands over the topic: at once when it is followed, else when the bus has opened it. */
  use(name: string, then: WithTopic): void {
    const known = this.#topics.get(name)
    const opening = this.#openings.get(name)
    if (known) then.ready(known)
    else if (opening) opening.waiting.push(then)
    else if (this.size + this.#openings.size >= this.#needs.limits.topicsMax) then.failed()
    else this.#open(name, then)
  }

  #open(name: string, then: WithTopic): void {
    const answer = this.#needs.bus.open(name)
    if (answer instanceof Promise) void this.#wait(name, answer, then)
    else then.ready(this.#add(name, answer))
  }

  async #wait(name: string, answer: Promise<OpenedTopic>, first: WithTopic): Promise<void> {
    const opening: Opening = { waiting: [first], early: [] }
    this.#openings.set(name, opening)
    try {
      const topic = this.#add(name, await answer)
      for (const delivery of opening.early) topic.accept(delivery)
      for (const { ready } of opening.waiting) ready(topic)
    } catch (error) {
      this.#needs.log.warn({ topic: name, error }, 'topic could not be opened')
      for (const { failed } of opening.waiting) failed()
    } finally {
      this.#openings.delete(name)
    }
  }

  #add(name: string, opened: OpenedTopic): Topic {
    const topic = new Topic(name, opened, this.#needs)
    topic.idleSinceMs = this.#needs.clock.now().getTime()
    this.#topics.set(name, topic)
    return topic
  }

  accept(delivery: NumberedDelivery): void {
    const topic = this.#topics.get(delivery.topic)
    if (topic) {
      topic.accept(delivery)
      if (topic.size > 0) this.#needs.onOrdered(topic)
      return
    }
    const early = this.#openings.get(delivery.topic)?.early
    if (early && early.length < this.#needs.limits.ringItemsMax) early.push(delivery)
  }

  /** Lets go of topics that nobody has listened to for as long as the ring would remember. */
  expire(): void {
    const { bus, clock, limits } = this.#needs
    const nowMs = clock.now().getTime()
    for (const [name, topic] of this.#topics) {
      topic.ring.expire(nowMs)
      if (topic.size > 0) topic.idleSinceMs = nowMs
      else if (nowMs - topic.idleSinceMs > limits.ringAgeMsMax) {
        this.#topics.delete(name)
        bus.close(name)
      }
    }
  }
}
