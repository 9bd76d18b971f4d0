import type { FanoutStore } from './store.ts'
import { type LossyDelivery, packLossy } from './wire.ts'

type OutgoingNeeds = {
  store: FanoutStore
  nodeId: string
  payloadBytesMax: number
  warn(facts: object, message: string): void
}

const orderedPerStatementMax = 200
const orderedWaitingMax = 10_000
const lossyWaitingMax = 2_000
const collectMs = 50

type Waiting = { topic: string; json: string; done(): void; failed(error: unknown): void }

/**
 * Sends ordered items in the order in which they were published: one statement is under way at a
 * time, and what arrives meanwhile shares the next one.
 */
export function createOrderedOut({ store }: Pick<OutgoingNeeds, 'store'>) {
  let waiting: Waiting[] = []
  let isSending = false
  const drain = async () => {
    isSending = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, orderedPerStatementMax)
      waiting = waiting.slice(orderedPerStatementMax)
      try {
        await store.publish(batch)
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    isSending = false
  }
  return (topic: string, json: string): Promise<void> => {
    if (waiting.length >= orderedWaitingMax) {
      return Promise.reject(new Error('the fan-out bus is too far behind'))
    }
    return new Promise<void>((done, failed) => {
      waiting.push({ topic, json, done, failed })
      if (!isSending) void drain()
    })
  }
}

/** Collects lossy messages for a moment, so that a busy room costs twenty notices a second, not hundreds. */
export function createLossyOut({ store, nodeId, payloadBytesMax, warn }: OutgoingNeeds) {
  let waiting: LossyDelivery[] = []
  let timer: NodeJS.Timeout | undefined
  const send = async () => {
    const { payloads, lostCount } = packLossy(waiting, { nodeId, payloadBytesMax })
    waiting = []
    if (lostCount > 0) warn({ lostCount }, 'lossy messages too long for the bus')
    try {
      await store.tell(payloads)
    } catch (error) {
      warn({ error, payloadCount: payloads.length }, 'lossy messages did not reach the bus')
    }
    timer = waiting.length > 0 ? setTimeout(send, collectMs) : undefined
  }
  return {
    add(message: LossyDelivery) {
      waiting.push(message)
      if (waiting.length > lossyWaitingMax) waiting.shift()
      timer ??= setTimeout(send, collectMs)
    },
    stop: () => clearTimeout(timer),
  }
}
