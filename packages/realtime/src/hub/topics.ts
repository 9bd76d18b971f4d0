import type { Clock } from '@kaibo/kernel/clock'
import type { FanoutBus, OpenedTopic, OrderedDelivery } from '../bus.ts'
import { Topic } from '../lanes/topic.ts'
import type { RealtimeLimits } from '../limits.ts'
import type { Log } from './log.ts'
import type { Stats } from './stats.ts'

export type Topics = {
  get(name: string): Topic | undefined
  all(): Iterable<Topic>
  readonly size: number
  /** Calls `ready` with the topic: at once when it is followed, else when the bus has opened it. */
  use(name: string, then: { ready(topic: Topic): void; failed(): void }): void
  acceptOrdered(delivery: OrderedDelivery): void
  /** Lets go of topics that nobody has listened to for as long as the ring would remember. */
  expire(): void
}

type Opening = {
  readonly waiting: { ready(topic: Topic): void; failed(): void }[]
  /** Items that arrived between the bus's answer and our reading it. */
  readonly early: OrderedDelivery[]
}

type TopicsNeeds = {
  bus: FanoutBus
  limits: RealtimeLimits
  stats: Stats
  clock: Clock
  log: Log
  onOrdered(topic: Topic): void
}

/** The topics that this process follows on the bus. */
export function createTopics(needs: TopicsNeeds): Topics {
  const { bus, limits, log, clock } = needs
  const topics = new Map<string, Topic>()
  const openings = new Map<string, Opening>()

  const opened = (name: string, answer: OpenedTopic): Topic => {
    const topic = new Topic(name, answer, needs)
    topic.idleSinceMs = clock.now().getTime()
    topics.set(name, topic)
    return topic
  }
  const accept = (topic: Topic, delivery: OrderedDelivery) => {
    topic.acceptOrdered(delivery)
    if (topic.size > 0) needs.onOrdered(topic)
  }
  const wait = async (name: string, answer: Promise<OpenedTopic>) => {
    const opening: Opening = { waiting: [], early: [] }
    openings.set(name, opening)
    try {
      const topic = opened(name, await answer)
      openings.delete(name)
      for (const delivery of opening.early) accept(topic, delivery)
      for (const { ready } of opening.waiting) ready(topic)
    } catch (error) {
      openings.delete(name)
      log.warn({ topic: name, error }, 'topic could not be opened')
      for (const { failed } of opening.waiting) failed()
    }
  }
  return {
    get: name => topics.get(name),
    all: () => topics.values(),
    get size() {
      return topics.size
    },
    use(name, then) {
      const known = topics.get(name)
      if (known) return then.ready(known)
      if (!openings.has(name)) {
        if (topics.size + openings.size >= limits.topicsMax) return then.failed()
        const answer = bus.open(name)
        if (!(answer instanceof Promise)) return then.ready(opened(name, answer))
        void wait(name, answer)
      }
      openings.get(name)?.waiting.push(then)
    },
    acceptOrdered(delivery) {
      const topic = topics.get(delivery.topic)
      if (topic) return accept(topic, delivery)
      const early = openings.get(delivery.topic)?.early
      if (early && early.length < limits.ringItemsMax) early.push(delivery)
    },
    expire() {
      const nowMs = clock.now().getTime()
      for (const [name, topic] of topics) {
        topic.ring.expire(nowMs)
        if (topic.size > 0) topic.idleSinceMs = nowMs
        else if (nowMs - topic.idleSinceMs > limits.ringAgeMsMax) {
          topics.delete(name)
          bus.close(name)
        }
      }
    },
  }
}
