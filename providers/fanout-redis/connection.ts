import { once } from 'node:events'
import { Redis } from 'ioredis'

export type ConnectionNeeds = {
  url: string
  log: { warn(facts: object, message: string): void }
}

export type Connection = {
  /** Who answers: a restarted or another server has another run id. Rejects when none does. */
  serverId(): Promise<string>
  readonly redis: Redis
  readonly db: number
  /** Calls back for every payload of the channel, and with an empty one after each connection. */
  listen(channel: string, onPayload: (payload: string) => void): { close(): Promise<void> }
  /** One round trip of a connection that exists; rejects with the reason. */
  info(): Promise<string>
}

const retryMsMax = 1_000

/**
 * A command fails at once when its connection does: the caller knows whether it may be repeated.
 * What waited in a queue could reach another server than the one it was meant for.
 */
const options = {
  connectTimeout: 3_000,
  commandTimeout: 5_000,
  keepAlive: 10_000,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  retryStrategy: (times: number) => Math.min(times * 50, retryMsMax),
}

/** Two connections, for commands and for what is told, each of which comes back by itself. */
export function connectRedis({ url, log }: ConnectionNeeds): Connection {
  const redis = new Redis(url, options)
  const ears = new Redis(url, options)
  warnOncePerOutage(redis, log)
  // The ears live and die with the commands; one outage is one line in the log.
  ears.on('error', () => {})
  let server = nextServer(redis)
  redis.on('close', () => {
    server = nextServer(redis)
    // After a failover the ears could still hang on a server that nobody talks to any more.
    if (ears.status === 'ready') ears.disconnect(true)
  })
  return {
    redis,
    db: redis.options.db ?? 0,
    serverId: () => server,
    info: async () => {
      await server
      return redis.info()
    },
    listen(channel, onPayload) {
      ears.on('message', (_channel, payload) => onPayload(payload))
      const begin = async () => {
        try {
          await ears.subscribe(channel)
          onPayload('')
        } catch {
          // The connection is gone again; the next one begins anew.
        }
      }
      ears.on('ready', begin)
      if (ears.status === 'ready') void begin()
      return {
        async close() {
          ears.disconnect()
          redis.disconnect()
        },
      }
    },
  }
}

/** The run id of the server that the connection reaches next. */
function nextServer(redis: Redis): Promise<string> {
  const gone = new AbortController()
  redis.once('close', () => gone.abort())
  const answer = once(redis, 'ready', { signal: gone.signal }).then(async () => {
    const runId = /^run_id:(\w+)/m.exec(await redis.info('server'))?.[1]
    if (runId === undefined) throw new Error('the server does not tell its run id')
    return runId
  })
  // Whoever asks hears of it.
  answer.catch(() => {})
  return answer
}

function warnOncePerOutage(redis: Redis, log: ConnectionNeeds['log']): void {
  let isDown = false
  redis.on('ready', () => {
    isDown = false
  })
  redis.on('error', error => {
    if (!isDown) log.warn({ error }, 'the fan-out over Redis is cut off')
    isDown = true
  })
}
