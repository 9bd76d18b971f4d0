import type { FanoutBus } from '@kaibo/realtime/bus'
import { createSharedFanout } from '@kaibo/realtime/fanout/shared'
import { channel, createPostgresStore, type Query } from './store.ts'

export type PostgresFanoutNeeds = {
  database: {
    query: Query
    /** Calls back for every NOTIFY, and with an empty payload after each connection. */
    listen(channel: string, onNotify: (payload: string) => void): { close(): Promise<void> }
  }
  log: { warn(facts: object, message: string): void }
}

/** PostgreSQL refuses payloads of 8 000 bytes and more. */
const payloadBytesMax = 7_900

/** The bus of several processes that share a PostgreSQL: small unlogged tables and NOTIFY. */
export const createPostgresFanout = ({
  database,
  log,
}: PostgresFanoutNeeds): FanoutBus & { stop(): Promise<void> } =>
  createSharedFanout({
    store: createPostgresStore(database.query),
    listen: onPayload => database.listen(channel, onPayload),
    payloadBytesMax,
    log,
  })
