import { type Connect, createRealtime } from '@kaibo/client/realtime'
import { connectWebSocket } from '@kaibo/client/web-socket'
import type { Shopper } from './shopper.ts'

type Item = Readonly<Record<string, unknown>>

/** Somebody who watches with the client of the pages, and notes everything that it hands over. */
export type Viewer = {
  /** Resolves when the topic is heard. */
  hear(topic: string): Promise<void>
  /** The ordered items of a topic since the newest snapshot, in the order in which they came. */
  ordered(topic: string): readonly Item[]
  social(topic: string): readonly Item[]
  /** How often the snapshot of a topic had to be fetched, the first time included. */
  snapshotCount(topic: string): number
  tap(topic: string, count: number): void
  stop(): void
}

/** Watches through whichever of the ports answers, like behind a balancer; the first one first. */
export function watch({ client }: Pick<Shopper, 'client'>, ports: readonly number[]): Viewer {
  let attemptCount = 0
  const connect: Connect = (_url, protocols) =>
    connectWebSocket(`ws://127.0.0.1:${ports[attemptCount++ % ports.length]}/realtime`, protocols)
  const realtime = createRealtime({
    url: '',
    connect,
    getTicket: async () => (await client.realtime.ticket()).ticket,
    // Half a second at most between attempts: a test does not wait out a storm.
    random: () => 0.1,
  })
  const heard = new Map<string, { ordered: Item[]; social: Item[]; snapshotCount: number }>()
  const notesOf = (topic: string) => {
    const notes = heard.get(topic) ?? { ordered: [], social: [], snapshotCount: 0 }
    heard.set(topic, notes)
    return notes
  }
  return {
    hear: topic =>
      new Promise((resolve, reject) => {
        const notes = notesOf(topic)
        realtime.subscribe(topic, {
          onOrdered: item => void notes.ordered.push(asItem(item)),
          onSocial: item => void notes.social.push(asItem(item)),
          async onResync() {
            notes.snapshotCount++
            notes.ordered = []
            resolve()
            return undefined
          },
          onError: code => reject(new Error(`${topic}: ${code}`)),
        })
      }),
    ordered: topic => notesOf(topic).ordered,
    social: topic => notesOf(topic).social,
    snapshotCount: topic => notesOf(topic).snapshotCount,
    tap: (topic, n) => void realtime.send({ t: 'count', topic, key: 'hearts', n }),
    stop: () => realtime.stop(),
  }
}

const asItem = (item: unknown): Item =>
  typeof item === 'object' && item !== null ? { ...item } : {}
