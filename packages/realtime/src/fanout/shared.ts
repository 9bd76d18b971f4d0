import { randomUUID } from 'node:crypto'
import type { Delivery, FanoutBus } from '../bus.ts'
import { Following } from './following.ts'
import { createLossyOut, createOrderedOut } from './outgoing.ts'
import type { FanoutStore } from './store.ts'
import { parsePayload } from './wire.ts'

export type SharedFanoutNeeds = {
  store: FanoutStore
  /** Calls back for every payload that is told, and with an empty one after each connection. */
  listen(onPayload: (payload: string) => void): { close(): Promise<void> }
  payloadBytesMax: number
  log: { warn(facts: object, message: string): void }
}

const keepMs = 60_000

/**
 * The bus of several processes over whatever they share. Lossy lanes ride on payloads that may be
 * lost; the ordered lane is numbered in the store, which is read again after a gap, after a lost
 * connection and, for what went wrong unseen, every minute.
 */
export function createSharedFanout(
  needs: SharedFanoutNeeds,
): FanoutBus & { stop(): Promise<void> } {
  const { store, payloadBytesMax, log } = needs
  const nodeId = randomUUID()
  const handlers = new Set<(delivery: Delivery) => void>()
  const warn = (facts: object, message: string) => log.warn(facts, message)
  const emit = (delivery: Delivery) => {
    for (const handler of handlers) handler(delivery)
  }
  const following = new Following({ store, emit, warn })
  const publishOrdered = createOrderedOut({ store })
  const lossy = createLossyOut({ store, nodeId, payloadBytesMax, warn })
  const listening = needs.listen(text => {
    const payload = parsePayload(text)
    if (text === '') void following.catchUp()
    else if (payload?.kind === 'ordered') following.handleNotice(payload.notice)
    else if (payload?.kind === 'lossy' && payload.nodeId !== nodeId) payload.messages.forEach(emit)
  })
  const keep = async () => {
    try {
      await store.keep(following.topicNames)
      await following.catchUp()
    } catch (error) {
      warn({ error }, 'fan-out upkeep failed')
    }
  }
  const timer = setInterval(keep, keepMs).unref()
  return {
    isShared: true,
    publish(topic, message) {
      if (message.lane === 'ordered') return publishOrdered(topic, message.json)
      // Own sockets need not wait for the round trip; the ordered lane must, for its numbers.
      emit({ ...message, topic })
      lossy.add({ ...message, topic })
    },
    open: topic => following.open(topic),
    close: topic => following.close(topic),
    position: topic => store.position(topic),
    subscribe(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    async stop() {
      clearInterval(timer)
      lossy.stop()
      following.stop()
      await listening.close()
    },
  }
}
