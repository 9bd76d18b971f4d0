import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { LiveState } from '@kaibo/contract/show/live'
import {
  type Ladder,
  type LatencyMode,
  type LiveCategory,
  liveLife,
  reopenSec,
} from '@kaibo/contract/show/live-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { LiveFacts } from './needs.ts'

export type LiveEvent = 'publish' | 'lose' | 'end' | 'reopen'

export type SessionRow = LiveFacts & {
  title: string
  category: LiveCategory
  latency: LatencyMode
  ladder: Ladder
  coverFileId: Id | null
  createdAt: Date
  onlineCount: number
  peakOnlineCount: number
  heartCount: number
}

const columns = [
  'id',
  'shop_id as shopId',
  'host_id as hostId',
  'title',
  sql<LiveCategory>`category`.as('category'),
  sql<LatencyMode>`latency`.as('latency'),
  sql<Ladder>`ladder`.as('ladder'),
  'cover_file_id as coverFileId',
  sql<LiveState>`state`.as('state'),
  'created_at as createdAt',
  'started_at as startedAt',
  'ended_at as endedAt',
  sql<PatrolReason | null>`stop_reason`.as('stopReason'),
  'online_count as onlineCount',
  'peak_online_count as peakOnlineCount',
  'heart_count as heartCount',
] as const

const sessions = (db: Db) => db.selectFrom('live_session').select(columns)

export type NewSession = {
  id: Id
  shopId: Id
  hostId: Id
  title: string
  category: LiveCategory
  latency?: LatencyMode | undefined
  ladder?: Ladder | undefined
  coverFileId: Id | null
  keyHash: Buffer
}

/** Inserts a session; undefined when the id exists or the shop has an open one. */
export const insert = (tx: Tx, session: NewSession): Promise<SessionRow | undefined> =>
  tx
    .insertInto('live_session')
    .values({
      id: session.id,
      shop_id: session.shopId,
      host_id: session.hostId,
      title: session.title,
      category: session.category,
      ...(session.latency && { latency: session.latency }),
      ...(session.ladder && { ladder: session.ladder }),
      cover_file_id: session.coverFileId,
      key_hash: session.keyHash,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()

export const byId = (db: Db, id: Id): Promise<SessionRow | undefined> =>
  sessions(db).where('id', '=', id).executeTakeFirst()

export const factsById = async (db: Db, id: Id): Promise<LiveFacts | null> =>
  (await factsByIds(db, [id])).get(id) ?? null

export async function factsByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, LiveFacts>> {
  const facts = (await byIds(db, ids)).map(
    ({ id, shopId, hostId, state, startedAt, endedAt, stopReason }): LiveFacts => ({
      ...{ id, shopId, hostId, state, startedAt, endedAt, stopReason },
    }),
  )
  return new Map(facts.map(each => [each.id, each]))
}

export const openOfShop = (db: Db, shopId: Id): Promise<SessionRow | undefined> =>
  sessions(db).where('shop_id', '=', shopId).where('state', '<>', 'ended').executeTakeFirst()

export const byIds = (db: Db, ids: readonly Id[]): Promise<SessionRow[]> =>
  sessions(db).where('id', '=', sql<Id>`any(${ids}::uuid[])`).execute()

/** Sessions of these shops that are on air: one per shop at most. */
export const onAirOfShops = (db: Db, shopIds: readonly Id[]): Promise<SessionRow[]> =>
  sessions(db)
    .where('shop_id', '=', sql<Id>`any(${shopIds}::uuid[])`)
    .where('state', 'in', ['live', 'away'])
    .execute()

/** Sessions with viewers' eyes on them, busiest first. */
export const onAir = (
  db: Db,
  query: { category: LiveCategory | undefined; limit: number },
): Promise<SessionRow[]> =>
  sessions(db)
    .where('state', 'in', ['live', 'away'])
    .$if(query.category !== undefined, select =>
      select.where('category', '=', query.category ?? ''),
    )
    .orderBy('online_count', 'desc')
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(query.limit)
    .execute()

export const pageOfShop = (db: Db, shopId: Id, page: PageQuery): Promise<Page<SessionRow>> =>
  pageBy(
    sessions(db).where('shop_id', '=', shopId),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )

export type Edit = {
  title?: string
  category?: LiveCategory
  latency?: LatencyMode
  ladder?: Ladder
  coverFileId?: Id
}

/** Changes an open session; undefined when there is none. */
export const edit = (
  tx: Tx,
  id: Id,
  { coverFileId, title, category, latency, ladder }: Edit,
): Promise<SessionRow | undefined> =>
  tx
    .updateTable('live_session')
    // An edit of nothing is a statement as well: what is undefined stays as it is.
    .set({ id, title, category, latency, ladder, cover_file_id: coverFileId })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returning(columns)
    .executeTakeFirst()

/** How much longer than who was cut off a host has who asked to go on. */
const returnSec = 90

const instants = {
  publish: { started_at: sql<Date>`coalesce(started_at, now())`, away_at: null },
  lose: { away_at: sql<Date>`now()` },
  end: { ended_at: sql<Date>`now()`, away_at: null, online_count: 0 },
  reopen: { ended_at: null, away_at: sql<Date>`now() + make_interval(secs => ${returnSec})` },
} as const

/** Compare-and-set along {@link liveLife}; answers with the sessions that moved. */
export async function move(tx: Tx, ids: readonly Id[], event: LiveEvent): Promise<SessionRow[]> {
  if (ids.length === 0) return []
  return tx
    .updateTable('live_session')
    .set({ state: liveLife.target(event), ...instants[event] })
    .where('id', 'in', [...ids])
    .where('state', 'in', liveLife.sources(event))
    .$if(event === 'reopen', each =>
      each
        .where('stop_reason', 'is', null)
        .where('started_at', 'is not', null)
        .where('ended_at', '>', sql<Date>`now() - make_interval(secs => ${reopenSec})`),
    )
    .returning(columns)
    .execute()
}

/** Locks rooms whose host has been away longer than the grace, leaving those others work on. */
export async function lockAway(
  tx: Tx,
  { graceSec, limit }: { graceSec: number; limit: number },
): Promise<Id[]> {
  const rows = await tx
    .selectFrom('live_session')
    .select('id')
    .where('state', '=', 'away')
    .where('away_at', '<', sql<Date>`now() - make_interval(secs => ${graceSec})`)
    .orderBy('away_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(row => row.id)
}

/** One provider carries fewer streams than this. */
const onAirMax = 10_000

const allOnAir = (db: Db): Promise<SessionRow[]> =>
  sessions(db).where('state', 'in', ['live', 'away']).limit(onAirMax).execute()

/** States of the sessions that are on air. */
export const onAirStates = async (db: Db) => statesOf(await allOnAir(db))

export const statesByIds = async (db: Db, ids: readonly Id[]): Promise<Map<Id, LiveState>> =>
  statesOf(await byIds(db, ids))

/** The shops of sessions; unknown ones are missing. */
export async function shopIdsOf(db: Db, ids: readonly Id[]): Promise<Map<Id, Id>> {
  return new Map((await byIds(db, ids)).map(({ id, shopId }) => [id, shopId]))
}

const statesOf = (rows: readonly SessionRow[]) => new Map(rows.map(row => [row.id, row.state]))

export async function noteOnline(tx: Tx, id: Id, count: number): Promise<void> {
  await tx
    .updateTable('live_session')
    .set({
      online_count: count,
      peak_online_count: sql<number>`greatest(peak_online_count, ${count})`,
    })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .execute()
}

export async function resetOnline(tx: Tx): Promise<void> {
  await tx
    .updateTable('live_session')
    .set({ online_count: 0 })
    .where('online_count', '>', 0)
    .execute()
}

/** Adds hearts to an open session; undefined when there is none. */
export async function addHearts(tx: Tx, id: Id, count: number): Promise<number | undefined> {
  const row = await tx
    .updateTable('live_session')
    .set({ heart_count: sql<number>`heart_count + ${count}` })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returning('heart_count as heartCount')
    .executeTakeFirst()
  return row?.heartCount
}

/** How many watch a session now, and at most did. */
export type Audience = Pick<SessionRow, 'id' | 'state' | 'onlineCount' | 'peakOnlineCount'>

/** Audiences of some sessions, or of all that are on air. */
export const audiences = (db: Db, which: { ids: readonly Id[] } | 'on_air'): Promise<Audience[]> =>
  which === 'on_air' ? allOnAir(db) : byIds(db, which.ids)
