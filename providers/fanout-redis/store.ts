import type { OrderedEntry, Position } from '@kaibo/realtime/bus'
import { catchUpMax, type FanoutStore, type Missed } from '@kaibo/realtime/fanout/store'
import type { Connection } from './connection.ts'
import { scripts } from './scripts.ts'

const topicsPerKeepMax = 500

/**
 * The numbers of the topics in Redis. All keys carry the run id of the server: one that was restarted
 * may have forgotten the newest numbers, whatever it keeps on disk, so every topic begins anew there.
 */
export function createRedisStore(
  { redis, serverId }: Connection,
  { channel }: { channel: string },
): FanoutStore {
  const prefix = async () => `${channel}:${await serverId()}:`
  const run = async (script: string, args: readonly (string | number)[]): Promise<unknown> =>
    redis.eval(script, 1, await prefix(), ...args)
  return {
    publish: items =>
      run(scripts.publish, [channel, ...items.flatMap(({ topic, json }) => [topic, json])]),
    async open(topic, newEpoch) {
      const position = positionOf(await run(scripts.open, [topic, newEpoch]))
      if (!position) throw new Error(`topic ${topic} could not be opened`)
      return position
    },
    async recent(topic, { oseq }) {
      const from = `${Math.max(1, oseq - catchUpMax + 1)}-0`
      const rows = await redis.xrange(`${await prefix()}i:${topic}`, from, `${oseq}-0`)
      return rows.flatMap(entryOf)
    },
    async missed(known) {
      const answers = await Promise.all(
        known.map(({ topic, epoch, oseq }) => run(scripts.missed, [topic, epoch, oseq])),
      )
      return answers.flatMap((answer, at) => missedOf(known[at]?.topic ?? '', answer))
    },
    position: async topic =>
      positionOf(await redis.hmget(`${await prefix()}t:${topic}`, 'epoch', 'oseq')),
    async tell(payloads) {
      await serverId()
      await Promise.all(payloads.map(payload => redis.publish(channel, payload)))
    },
    async keep(topics) {
      for (let from = 0; from < topics.length; from += topicsPerKeepMax) {
        await run(scripts.keep, topics.slice(from, from + topicsPerKeepMax))
      }
    },
  }
}

function positionOf(answer: unknown): Position | undefined {
  const [epoch, oseq]: unknown[] = Array.isArray(answer) ? answer : []
  return typeof epoch === 'string' ? { epoch, oseq: Number(oseq) } : undefined
}

function missedOf(topic: string, answer: unknown): Missed[] {
  const position = positionOf(answer)
  if (!position || !Array.isArray(answer)) return []
  const rows: unknown[] = Array.isArray(answer[2]) ? answer[2] : []
  return [{ topic, ...position, entries: rows.flatMap(entryOf) }]
}

/** `['<oseq>-0', ['at', '<ms>', 'json', '<item>']]` */
function entryOf(row: unknown): OrderedEntry[] {
  const [id, fields]: unknown[] = Array.isArray(row) ? row : []
  const [, at, , json]: unknown[] = Array.isArray(fields) ? fields : []
  if (typeof id !== 'string' || typeof json !== 'string') return []
  return [{ oseq: Number.parseInt(id, 10), atMs: Number(at), json }]
}
