import type { LiveState } from '@kaibo/contract/live'
import { type LiveCategory, liveLife } from '@kaibo/contract/live-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type SessionRow = {
  id: Id
  shop_id: Id
  host_id: Id
  title: string
  category: string
  cover_file_id: Id | null
  state: string
  created_at: Date
  started_at: Date | null
  ended_at: Date | null
  online_count: number
  peak_online_count: number
  heart_count: number
}

const columns = [
  'id',
  'shop_id',
  'host_id',
  'title',
  'category',
  'cover_file_id',
  'state',
  'created_at',
  'started_at',
  'ended_at',
  'online_count',
  'peak_online_count',
  'heart_count',
] as const

export type NewSession = {
  id: Id
  shopId: Id
  hostId: Id
  title: string
  category: LiveCategory
  coverFileId: Id | null
  keyHash: Buffer
}

/** Inserts a session; undefined when the id exists or the shop has an open one. */
export function insert(tx: Tx, session: NewSession): Promise<SessionRow | undefined> {
  return tx
    .insertInto('live_session')
    .values({
      id: session.id,
      shop_id: session.shopId,
      host_id: session.hostId,
      title: session.title,
      category: session.category,
      cover_file_id: session.coverFileId,
      key_hash: session.keyHash,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()
}

export const byId = (db: Db, id: Id): Promise<SessionRow | undefined> =>
  db.selectFrom('live_session').select(columns).where('id', '=', id).executeTakeFirst()

export const openOfShop = (db: Db, shopId: Id): Promise<SessionRow | undefined> =>
  db
    .selectFrom('live_session')
    .select(columns)
    .where('shop_id', '=', shopId)
    .where('state', '<>', 'ended')
    .executeTakeFirst()

export const byKeyHash = (db: Db, keyHash: Buffer): Promise<SessionRow | undefined> =>
  db
    .selectFrom('live_session')
    .select(columns)
    .where('key_hash', '=', keyHash)
    .where('state', '<>', 'ended')
    .executeTakeFirst()

/** Sessions with viewers' eyes on them, busiest first. */
export function onAir(
  db: Db,
  query: { category?: LiveCategory | undefined; limit: number },
): Promise<SessionRow[]> {
  let select = db.selectFrom('live_session').select(columns).where('state', 'in', ['live', 'away'])
  if (query.category) select = select.where('category', '=', query.category)
  return select
    .orderBy('online_count', 'desc')
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(query.limit)
    .execute()
}

export const pageOfShop = (db: Db, shopId: Id, page: PageQuery): Promise<Page<SessionRow>> =>
  pageBy(
    db.selectFrom('live_session').select(columns).where('shop_id', '=', shopId),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )

type Edit = { title?: string; category?: LiveCategory; cover_file_id?: Id; key_hash?: Buffer }

/** Changes an open session; undefined when there is none, or it has ended. */
export const edit = (tx: Tx, id: Id, set: Edit): Promise<SessionRow | undefined> =>
  tx
    .updateTable('live_session')
    .set(set)
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returning(columns)
    .executeTakeFirst()

/** Compare-and-set along {@link liveLife}; undefined when the session is not in a state for `event`. */
export function move(
  tx: Tx,
  id: Id,
  event: 'publish' | 'lose' | 'end',
): Promise<SessionRow | undefined> {
  const target: LiveState = liveLife.target(event)
  return tx
    .updateTable('live_session')
    .set({
      state: target,
      started_at:
        event === 'publish' ? sql<Date>`coalesce(started_at, now())` : sql<Date>`started_at`,
      away_at: event === 'lose' ? sql<Date>`now()` : null,
      ...(event === 'end' ? { ended_at: sql<Date>`now()`, online_count: 0 } : {}),
    })
    .where('id', '=', id)
    .where('state', 'in', liveLife.sources(event))
    .returning(columns)
    .executeTakeFirst()
}

/** Rooms whose host has been away longer than the grace, oldest first. */
export async function awayLongerThan(
  db: Db,
  query: { graceSec: number; limit: number },
): Promise<Id[]> {
  const rows = await db
    .selectFrom('live_session')
    .select('id')
    .where('state', '=', 'away')
    .where('away_at', '<', sql<Date>`now() - make_interval(secs => ${query.graceSec})`)
    .orderBy('away_at')
    .limit(query.limit)
    .execute()
  return rows.map(row => row.id)
}

export async function noteOnline(db: Db, id: Id, count: number): Promise<void> {
  await db
    .updateTable('live_session')
    .set({
      online_count: count,
      peak_online_count: sql<number>`greatest(peak_online_count, ${count})`,
    })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .execute()
}

/** No process counts viewers yet: what the last one left is not true any more. */
export async function resetOnline(db: Db): Promise<void> {
  await db
    .updateTable('live_session')
    .set({ online_count: 0 })
    .where('online_count', '>', 0)
    .execute()
}

/** Adds hearts to an open session and returns its total; undefined when it has ended. */
export async function addHearts(db: Db, id: Id, count: number): Promise<number | undefined> {
  const row = await db
    .updateTable('live_session')
    .set({ heart_count: sql<number>`heart_count + ${count}` })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returning('heart_count')
    .executeTakeFirst()
  return row?.heart_count
}
