import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, notifyAfterCommit, type Tx } from './database.ts'
import { type Log, reasonOf, silentLog } from './log.ts'
import * as delivery from './outbox-delivery.ts'

/** A fact that modules tell each other; declared in the contract by `event(name, schema)`. */
export type DomainEvent<N extends string = string, P = unknown> = {
  readonly name: N
  /** Never set: carries the payload's type. */
  readonly payload?: P
}

/** What a module does about an event of another one. */
export type Subscriber = {
  readonly event: string
  /** Stable and unique, e.g. `ship.on_order_paid`: undelivered events are kept under this name. */
  readonly consumer: string
  handle(tx: Tx, payload: unknown, eventId: string): Promise<void>
}

const channel = 'kaibo_outbox'

/** Tells the rest of the system, exactly if `tx` commits. Delivered at least once to each subscriber. */
export async function publish<P>(
  tx: Tx,
  event: DomainEvent<string, P>,
  payload: NoInfer<P>,
): Promise<void> {
  await sql`insert into outbox_event (name, payload)
            values (${event.name}, ${JSON.stringify(payload)})`.execute(tx)
  notifyAfterCommit(tx, channel)
}

const wakeEveryMs = 20
const waking = new WeakSet<Database>()

/**
 * Wakes the delivery after statements that wrote events by `outbox_publish`: soon, and once for all
 * that ask meanwhile, because a NOTIFY is a commit of its own.
 */
export function wakeOutbox(database: Database): void {
  if (waking.has(database)) return
  waking.add(database)
  const wake = () => {
    waking.delete(database)
    database.query('outbox.wake', 'select pg_notify($1, $2)', [channel, '']).catch(() => {})
  }
  setTimeout(wake, wakeEveryMs).unref()
}

/**
 * Subscribes to an event. `handle` runs in a transaction that also marks the event as taken, so what
 * it writes happens exactly once; other effects may be repeated. `eventId` is unique per consumer
 * and event: a key for {@link once} and for idempotent calls to the outside.
 */
export const subscriber = <P>(
  event: DomainEvent<string, P>,
  { consumer, handle }: { consumer: string; handle: Handle<P> },
): Subscriber => ({
  event: event.name,
  consumer,
  // The payload was written by `publish`, which takes nothing but a P.
  handle: (tx, payload, eventId) => handle(tx, payload as P, eventId),
})

type Handle<P> = (tx: Tx, payload: P, eventId: string) => Promise<void>

/**
 * Runs `fn` the first time that `key` is seen and never again; undefined when it ran before.
 * The key is kept by the same transaction, so a crash either keeps both or none. A concurrent call
 * with the same key waits for this one to commit.
 */
export async function once<R>(tx: Tx, key: string, fn: () => Promise<R>): Promise<R | undefined> {
  const { rows } = await sql`insert into once_key (key) values (${key})
                             on conflict do nothing returning key`.execute(tx)
  return rows.length > 0 ? fn() : undefined
}

export type ParkedDelivery = { consumer: string; eventId: string; event: string; lastError: string }

export type Outbox = {
  /** Delivers what is due, at most `limit` events per consumer. Returns how much it did: 0 means idle. */
  drain(options: { limit: number }): Promise<number>
  /** Drains until {@link Outbox.stop}: at once when something is published, else every second. */
  start(): void
  /** Waits for the deliveries under way. */
  stop(): Promise<void>
  /** Deliveries that used up their attempts, oldest first. */
  parked(options: { limit: number }): Promise<ParkedDelivery[]>
  /** Gives parked deliveries new attempts. Returns how many. */
  retryParked(options: { consumer: string }): Promise<number>
  /** How far behind: events and deliveries that wait, and the age of the oldest. */
  backlog(): Promise<{ waitingCount: number; parkedCount: number; oldestAgeSec: number }>
  /** Deletes taken events that are older, and {@link once} keys after 90 days. Returns how many. */
  purge(options: { keepDays: number }): Promise<number>
}

export type OutboxNeeds = {
  database: Database
  subscribers: readonly Subscriber[]
  /** First delay after a failure; doubles each time. Default 1 s. */
  backoffMs?: number
  /** A delivery is parked after so many failures. Default 12, about an hour. */
  attemptsMax?: number
  log?: Log
}

const pollMs = 1_000
const batchMax = 100
const lanesMax = 4
/** More would keep the locks of the first event's effects for too long. */
const perTransactionMax = 20

/**
 * Delivers published events. Every process that drains must know all subscribers, because the first
 * one that sees an event decides who gets it. A consumer gets events in the order of publication,
 * one at a time in the whole installation; one that fails is set aside and tried again later.
 */
export function createOutbox(needs: OutboxNeeds): Outbox {
  const { database, log = silentLog } = needs
  const byConsumer = new Map(needs.subscribers.map(item => [item.consumer, item]))
  if (byConsumer.size < needs.subscribers.length) throw new Error('two subscribers share a name')
  const signal = createSignal()
  let loop: Promise<void> | undefined

  const deliverUpTo = async (limit: number, taker: Subscriber): Promise<number> => {
    let triedCount = 0
    while (triedCount < limit) {
      const size = Math.min(perTransactionMax, limit - triedCount)
      const tried = await delivery.deliverNext(needs, taker, size)
      if (tried === 0) break
      triedCount += tried
    }
    return triedCount
  }

  const drain = async ({ limit }: { limit: number }): Promise<number> => {
    const routedCount = await delivery.routeEvents(database, needs.subscribers, limit)
    const due = await delivery.dueConsumers(database)
    const takers = due.flatMap(consumer => byConsumer.get(consumer) ?? [])
    const lane = async () => {
      let triedCount = 0
      for (let taker = takers.pop(); taker; taker = takers.pop()) {
        triedCount += await deliverUpTo(limit, taker)
      }
      return triedCount
    }
    const triedCounts = await Promise.all(Array.from({ length: lanesMax }, lane))
    return triedCounts.reduce((sum, triedCount) => sum + triedCount, routedCount)
  }

  const run = async () => {
    const listening = database.listen(channel, signal.set)
    while (!signal.isStopped()) {
      const doneCount = await drain({ limit: batchMax }).catch(error => {
        log.error({ reason: reasonOf(error) }, 'outbox could not be drained')
        return 0
      })
      if (doneCount === 0) await signal.wait(pollMs)
    }
    await listening.close()
  }

  return {
    drain,
    start: () => {
      loop ??= run()
    },
    stop: async () => {
      signal.stop()
      await loop
    },
    parked: ({ limit }) => delivery.parkedDeliveries(database, limit),
    retryParked: ({ consumer }) => delivery.unpark(database, consumer),
    backlog: () => delivery.backlogOf(database),
    purge: ({ keepDays }) => delivery.purgeTaken(database, keepDays),
  }
}

/** A flag that ends a wait early and is not lost when it is set in between. */
function createSignal() {
  let isSet = false
  let isStopped = false
  let timer = new AbortController()
  const set = () => {
    isSet = true
    timer.abort()
  }
  return {
    set,
    isStopped: () => isStopped,
    stop: () => {
      isStopped = true
      set()
    },
    wait: async (ms: number) => {
      timer = new AbortController()
      if (!isSet) await delay(ms, undefined, { signal: timer.signal }).catch(() => {})
      isSet = isStopped
    },
  }
}
