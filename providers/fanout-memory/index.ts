import { randomBytes } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { Delivery, FanoutBus } from '@kaibo/realtime/bus'

type Numbered = { readonly epoch: string; oseq: number; followerCount: number }

/**
 * The bus of one process: it numbers items as they are published and hands them on at once.
 * A topic has a number only while somebody follows it; followed again, it begins a new epoch,
 * so that nobody resumes across the hole.
 */
export function createMemoryFanout({ clock }: { clock: Clock }): FanoutBus {
  const topics = new Map<string, Numbered>()
  const handlers = new Set<(delivery: Delivery) => void>()
  const emit = (delivery: Delivery) => {
    for (const handler of handlers) handler(delivery)
  }
  return {
    isShared: false,
    publish(topic, message) {
      if (message.lane !== 'ordered') return emit({ ...message, topic })
      const numbered = topics.get(topic)
      if (!numbered) return
      numbered.oseq++
      const { epoch, oseq } = numbered
      emit({ lane: 'ordered', topic, epoch, oseq, atMs: clock.now().getTime(), json: message.json })
    },
    open(topic) {
      const numbered = topics.get(topic) ?? { epoch: newEpoch(), oseq: 0, followerCount: 0 }
      numbered.followerCount++
      topics.set(topic, numbered)
      return { epoch: numbered.epoch, oseq: numbered.oseq, recent: [] }
    },
    close(topic) {
      const numbered = topics.get(topic)
      if (numbered && --numbered.followerCount === 0) topics.delete(topic)
    },
    position(topic) {
      const numbered = topics.get(topic)
      return numbered && { epoch: numbered.epoch, oseq: numbered.oseq }
    },
    subscribe(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
  }
}

/** Short, for every frame carries it; 48 random bits are enough to tell one restart from another. */
const newEpoch = () => randomBytes(6).toString('base64url')
