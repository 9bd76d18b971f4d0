import { randomUUID } from 'node:crypto'
import type { Delivery, FanoutBus } from '@kaibo/realtime/bus'
import { Following } from './following.ts'
import { createLossyOut, createOrderedOut } from './outgoing.ts'
import { createStatements, type Query } from './statements.ts'
import { channel, parsePayload } from './wire.ts'

export type PostgresFanoutNeeds = {
  database: {
    query: Query
    /** Calls back for every NOTIFY, and with an empty payload after each connection. */
    listen(channel: string, onNotify: (payload: string) => void): { close(): Promise<void> }
  }
  log: { warn(facts: object, message: string): void }
}

const keepMs = 60_000

/**
 * The bus of several processes that share a PostgreSQL. Lossy lanes ride on NOTIFY; the ordered lane
 * is numbered in a small table, which is read again after a gap or a lost connection.
 */
export function createPostgresFanout({
  database,
  log,
}: PostgresFanoutNeeds): FanoutBus & { stop(): Promise<void> } {
  const nodeId = randomUUID()
  const handlers = new Set<(delivery: Delivery) => void>()
  const statements = createStatements(database.query, channel)
  const warn = (facts: object, message: string) => log.warn(facts, message)
  const emit = (delivery: Delivery) => {
    for (const handler of handlers) handler(delivery)
  }
  const following = new Following({ statements, emit, warn })
  const publishOrdered = createOrderedOut({ statements })
  const lossy = createLossyOut({ statements, nodeId, warn })
  const listening = database.listen(channel, text => {
    const payload = parsePayload(text)
    if (text === '') void following.catchUp()
    else if (payload?.kind === 'ordered') following.handleNotice(payload.notice)
    else if (payload?.kind === 'lossy' && payload.nodeId !== nodeId) payload.messages.forEach(emit)
  })
  const keep = () =>
    statements.keep(following.topicNames).catch(error => warn({ error }, 'fan-out upkeep failed'))
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
    position: async topic => (await statements.position(topic))[0],
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
