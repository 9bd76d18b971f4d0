import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import { reasonOf, silentLog } from './log.ts'
import type { OutboxNeeds, ParkedDelivery, Subscriber } from './outbox.ts'

const backoffMs = 1_000
const backoffMaxMs = 15 * 60_000
const attemptsMax = 12
const errorLengthMax = 1_000
const purgeMax = 5_000
/** Payment providers repeat a notification for days; a key must outlive that by far. */
const onceKeepDays = 90

/** Turns published events into one delivery per subscriber. Returns how many events. */
export async function routeEvents(
  database: Database,
  subscribers: readonly Subscriber[],
  limit: number,
): Promise<number> {
  const rows = await database.query(
    'outbox-route',
    `with fresh as (
       select seq, name from outbox_event where routed_at is null
       order by seq limit $3 for update skip locked
     ), made as (
       insert into outbox_delivery (consumer, event_seq)
       select taker.consumer, fresh.seq
       from fresh join unnest($1::text[], $2::text[]) as taker (event, consumer)
         on taker.event = fresh.name
     )
     update outbox_event e set routed_at = now() from fresh where e.seq = fresh.seq
     returning e.seq`,
    [subscribers.map(item => item.event), subscribers.map(item => item.consumer), limit],
  )
  return rows.length
}

/** Consumers that have something to take now. */
export async function dueConsumers(database: Database): Promise<string[]> {
  const rows = await database.query<{ consumer: string }>(
    'outbox-due',
    `select distinct consumer from outbox_delivery
     where parked_at is null and due_at <= now()`,
    [],
  )
  return rows.map(row => row.consumer)
}

type Delivery = { event_seq: number; payload: unknown }

/**
 * Delivers the consumer's next due events, several in one transaction to spare commits. When one of
 * them fails all are undone and taken one at a time, so that only the culprit is set aside.
 * Returns how many were tried: 0 when none is due or another process is at it.
 */
export async function deliverNext(
  needs: OutboxNeeds,
  taker: Subscriber,
  limit: number,
): Promise<number> {
  let claimed: Delivery[] = []
  try {
    await needs.database.tx(async tx => {
      claimed = await claimNext(tx, taker.consumer, limit)
      for (const { event_seq, payload } of claimed) {
        await taker.handle(tx, payload, eventIdOf(taker.consumer, event_seq))
      }
      await sql`delete from outbox_delivery where consumer = ${taker.consumer}
                and event_seq = any(${claimed.map(item => item.event_seq)})`.execute(tx)
    })
    return claimed.length
  } catch (error) {
    const [first] = claimed
    if (!first) throw error
    if (claimed.length === 1) {
      await setAside(needs, taker, { eventSeq: first.event_seq, reason: reasonOf(error) })
      return 1
    }
    let triedCount = 0
    for (const _ of claimed) triedCount += await deliverNext(needs, taker, 1)
    return triedCount
  }
}

const eventIdOf = (consumer: string, eventSeq: number) => `${consumer}:${eventSeq}`

async function claimNext(tx: Tx, consumer: string, limit: number): Promise<Delivery[]> {
  // One process at a time per consumer keeps its events in order.
  const turn = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`outbox:${consumer}`}, 0)) as ours`.execute(
    tx,
  )
  if (!turn.rows[0]?.ours) return []
  const { rows } = await sql<Delivery>`
    select d.event_seq, e.payload
    from outbox_delivery d join outbox_event e on e.seq = d.event_seq
    where d.consumer = ${consumer} and d.parked_at is null and d.due_at <= now()
    order by d.event_seq limit ${limit} for update of d skip locked`.execute(tx)
  return rows
}

async function setAside(
  needs: OutboxNeeds,
  { consumer, event }: Subscriber,
  failure: { eventSeq: number; reason: string },
): Promise<void> {
  const { database, log = silentLog } = needs
  log.warn({ consumer, event, ...failure }, 'an event could not be delivered')
  await database.query(
    'outbox-set-aside',
    `update outbox_delivery set
       attempt_count = attempt_count + 1,
       due_at = now() + least($3 * 2 ^ attempt_count, $4) * interval '1 millisecond',
       parked_at = case when attempt_count + 1 >= $5 then now() end,
       last_error = $6
     where consumer = $1 and event_seq = $2`,
    [
      consumer,
      failure.eventSeq,
      needs.backoffMs ?? backoffMs,
      backoffMaxMs,
      needs.attemptsMax ?? attemptsMax,
      failure.reason.slice(0, errorLengthMax),
    ],
  )
}

export async function parkedDeliveries(
  database: Database,
  limit: number,
): Promise<ParkedDelivery[]> {
  const rows = await database.query<Omit<ParkedDelivery, 'eventId'> & { seq: number }>(
    'outbox-parked',
    `select d.consumer, e.seq, e.name as event, coalesce(d.last_error, '') as "lastError"
     from outbox_delivery d join outbox_event e on e.seq = d.event_seq
     where d.parked_at is not null order by d.parked_at limit $1`,
    [limit],
  )
  return rows.map(({ seq, ...row }) => ({ ...row, eventId: eventIdOf(row.consumer, seq) }))
}

export async function unpark(database: Database, consumer: string): Promise<number> {
  const rows = await database.query(
    'outbox-unpark',
    `update outbox_delivery set parked_at = null, attempt_count = 0, due_at = now()
     where consumer = $1 and parked_at is not null returning 1`,
    [consumer],
  )
  return rows.length
}

type Backlog = { waitingCount: number; parkedCount: number; oldestAgeSec: number }

export async function backlogOf(database: Database): Promise<Backlog> {
  const [backlog] = await database.query<Backlog>(
    'outbox-backlog',
    `with waiting as (
       select seq, created_at from outbox_event where routed_at is null
       union
       select e.seq, e.created_at from outbox_delivery d join outbox_event e on e.seq = d.event_seq
       where d.parked_at is null
     )
     select count(*) as "waitingCount",
            coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestAgeSec",
            (select count(*) from outbox_delivery where parked_at is not null) as "parkedCount"
     from waiting`,
    [],
  )
  return backlog ?? { waitingCount: 0, parkedCount: 0, oldestAgeSec: 0 }
}

export async function purgeTaken(database: Database, keepDays: number): Promise<number> {
  const events = await database.query(
    'outbox-purge',
    `delete from outbox_event where seq in (
       select e.seq from outbox_event e
       where e.routed_at < now() - $1 * interval '1 day'
         and not exists (select from outbox_delivery d where d.event_seq = e.seq)
       limit $2)
     returning 1`,
    [keepDays, purgeMax],
  )
  const keys = await database.query(
    'once-purge',
    `delete from once_key where key in (
       select key from once_key where created_at < now() - $1 * interval '1 day' limit $2)
     returning 1`,
    [onceKeepDays, purgeMax],
  )
  return events.length + keys.length
}
