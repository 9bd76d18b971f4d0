import { setImmediate as turn } from 'node:timers/promises'
import type { Delivery, FanoutBus } from '../src/bus.ts'

/** A bus in memory whose owner of the numbers can fail over to a new epoch, as a shared one may. */
export function createTestBus({ opensLate = false, isShared = false } = {}) {
  const handlers = new Set<(delivery: Delivery) => void>()
  const topics = new Map<string, { epoch: string; oseq: number }>()
  const at = (topic: string) => {
    const known = topics.get(topic) ?? { epoch: 'e0', oseq: 0 }
    topics.set(topic, known)
    return known
  }
  const emit = (delivery: Delivery) => {
    for (const handler of handlers) handler(delivery)
  }
  const bus: FanoutBus = {
    isShared,
    publish(topic, message) {
      if (message.lane !== 'ordered') return emit({ ...message, topic })
      const numbered = at(topic)
      numbered.oseq++
      emit({ ...message, ...numbered, topic, atMs: Date.now() })
    },
    open(topic) {
      const answer = () => ({ ...at(topic), recent: [] })
      return opensLate ? turn().then(answer) : answer()
    },
    close: () => undefined,
    position: topic => ({ ...at(topic) }),
    subscribe(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
  }
  return {
    bus,
    /** The next ordered item of the topic is the first of a new epoch. */
    failOver(topic: string) {
      topics.set(topic, { epoch: `${at(topic).epoch}x`, oseq: 0 })
    },
  }
}
