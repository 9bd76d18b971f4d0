import type { FanoutBus } from '@kaibo/realtime/bus'
import { createSharedFanout } from '@kaibo/realtime/fanout/shared'
import { type ConnectionNeeds, connectRedis } from './connection.ts'
import { createRedisStore } from './store.ts'

/** What a self-check wants to know of the server. */
export type RedisFacts = {
  readonly version: string
  /** Anything but `noeviction` may throw numbers away when memory is short. */
  readonly evictionPolicy: string
}

export type RedisFanout = FanoutBus & {
  /** Asks the server; rejects with the reason when it does not answer. */
  facts(): Promise<RedisFacts>
  stop(): Promise<void>
}

/** Redis takes far more; a payload should not hold up what comes behind it. */
const payloadBytesMax = 256 * 1024

/**
 * The bus of several processes that share a Redis: pub/sub for the lossy lanes, streams whose ids are
 * the numbers for the ordered lane. `url` is `redis[s]://…/<db>`; installations that share a server
 * differ in the database number.
 */
export function createRedisFanout({ url, log }: ConnectionNeeds): RedisFanout {
  const connection = connectRedis({ url, log })
  const channel = `kaibo:fanout:${connection.db}`
  return {
    ...createSharedFanout({
      store: createRedisStore(connection, { channel }),
      listen: onPayload => connection.listen(channel, onPayload),
      payloadBytesMax,
      log,
    }),
    async facts() {
      const info = await connection.info()
      const factOf = (name: string) => new RegExp(`^${name}:(\\S*)`, 'm').exec(info)?.[1] ?? ''
      return { version: factOf('redis_version'), evictionPolicy: factOf('maxmemory_policy') }
    },
  }
}
