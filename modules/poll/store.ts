import type { PollKind, PollState } from '@kaibo/contract/show/poll'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { sql } from 'kysely'
import { type PollEvent, type PollPlan, pollLife } from './rules.ts'

export type PollRow = {
  id: Id
  liveId: Id
  shopId: Id
  kind: PollKind
  question: string
  options: string[]
  rightOption: number | null
  windowSec: number
  state: PollState
  openedAt: Date | null
  closesAt: Date | null
  /** One number per option. */
  counts: number[]
  /** The clock that rings the bell. */
  now: Date
}

const polls = (db: Db) =>
  db.selectFrom('poll').select([
    'id',
    'live_id as liveId',
    'shop_id as shopId',
    sql<PollKind>`kind`.as('kind'),
    'question',
    'options',
    'right_option as rightOption',
    'window_sec as windowSec',
    sql<PollState>`state`.as('state'),
    'opened_at as openedAt',
    'closes_at as closesAt',
    sql<number[]>`array(select vote_count from poll_tally
        where poll_id = poll.id order by option)`.as('counts'),
    sql<Date>`clock_timestamp()`.as('now'),
  ])

/** The clock that rings the bells. */
export async function clock(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return must(rows[0], 'a time').now
}

export const pollById = (db: Db, id: Id): Promise<PollRow | undefined> =>
  polls(db).where('id', '=', id).executeTakeFirst()

export const pollsByIds = (db: Db, ids: readonly Id[]): Promise<PollRow[]> =>
  polls(db).where('id', '=', sql<Id>`any(${ids}::uuid[])`).execute()

/** Polls of a room, newest first. */
export const pollsOfRoom = (
  db: Db,
  { liveId, states, limit }: { liveId: Id; states: readonly PollState[]; limit: number },
): Promise<PollRow[]> =>
  polls(db)
    .where('live_id', '=', liveId)
    .where('state', 'in', [...states])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** What hosts do with the polls of a room they do one after the other, its end included. */
export async function lockRoom(tx: Tx, liveId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('poll ' || ${liveId}, 0))`.execute(tx)
}

type NewPoll = PollPlan & { id: Id; liveId: Id; shopId: Id }

export async function insertPoll(tx: Tx, poll: NewPoll): Promise<void> {
  await tx
    .insertInto('poll')
    .values({
      id: poll.id,
      live_id: poll.liveId,
      shop_id: poll.shopId,
      kind: poll.kind,
      question: poll.question,
      options: [...poll.options],
      right_option: poll.rightOption,
      window_sec: poll.windowSec,
    })
    .execute()
  await sql`insert into poll_tally (poll_id, option)
    select ${poll.id}, generate_series(0, ${poll.options.length - 1}::int)`.execute(tx)
}

const instants = {
  open: {
    opened_at: sql<Date>`clock_timestamp()`,
    closes_at: sql<Date>`clock_timestamp() + make_interval(secs => window_sec)`,
  },
  close: { closes_at: sql<Date>`least(closes_at, greatest(opened_at, clock_timestamp()))` },
} as const

/** Compare-and-set along {@link pollLife}; false when the poll is elsewhere. Waits for votes under way. */
export async function movePoll(tx: Tx, id: Id, event: PollEvent): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('poll')
    .set({ state: pollLife.target(event), ...instants[event] })
    .where('id', '=', id)
    .where('state', 'in', pollLife.sources(event))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Drops a poll that was never open; false when there is none. */
export async function deleteReady(tx: Tx, { id, liveId }: { id: Id; liveId: Id }) {
  const { numDeletedRows } = await tx
    .deleteFrom('poll')
    .where('id', '=', id)
    .where('live_id', '=', liveId)
    .where('state', '=', 'ready')
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Open polls whose bell rang so long ago that every vote received before it is written. */
export async function duePolls(
  db: Db,
  { settleMs, limit }: { settleMs: number; limit: number },
): Promise<{ id: Id; liveId: Id }[]> {
  const { rows } = await sql<{ id: Id; liveId: Id }>`
    select id, live_id as "liveId" from poll
    where state = 'open' and closes_at < clock_timestamp() - ${settleMs} * interval '1 ms'
    order by closes_at limit ${limit}`.execute(db)
  return rows
}
