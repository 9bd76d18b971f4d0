import { type RecordingState, recordingLife } from '@kaibo/contract/media/recording-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { KeepDays, SpoolPiece } from './needs.ts'

export type RecordingRow = {
  liveId: Id
  shopId: Id
  state: RecordingState
  records: boolean
  isPublic: boolean
  mayDownload: boolean
  folder: string | null
  startedAt: Date | null
  endedAt: Date | null
  tradedAt: Date | null
  durationMs: number
  bytes: number
  holdCount: number
}

const columns = [
  'live_id as liveId',
  'shop_id as shopId',
  sql<RecordingState>`state`.as('state'),
  'records',
  'is_public as isPublic',
  'may_download as mayDownload',
  'folder',
  'started_at as startedAt',
  'ended_at as endedAt',
  'traded_at as tradedAt',
  'duration_ms as durationMs',
  'bytes',
  'hold_count as holdCount',
] as const

const recordings = (db: Db) => db.selectFrom('recording').select(columns)

export const byId = (db: Db, liveId: Id): Promise<RecordingRow | undefined> =>
  recordings(db).where('live_id', '=', liveId).executeTakeFirst()

export const byIds = (db: Db, liveIds: readonly Id[]): Promise<RecordingRow[]> =>
  recordings(db).where('live_id', '=', sql<Id>`any(${liveIds}::uuid[])`).execute()

/** Makes a row for a session that has none, and locks it until the transaction ends. */
export async function lock(tx: Tx, live: { liveId: Id; shopId: Id }): Promise<void> {
  await sql`insert into recording (live_id, shop_id) values (${live.liveId}, ${live.shopId})
    on conflict do nothing`.execute(tx)
  await sql`select from recording where live_id = ${live.liveId} for update`.execute(tx)
}

export type Setting = Pick<RecordingRow, 'records' | 'isPublic' | 'mayDownload'>

export async function set(tx: Tx, liveId: Id, setting: Partial<Setting>): Promise<void> {
  const { records = null, isPublic = null, mayDownload = null } = setting
  await sql`update recording set records = coalesce(${records}, records),
    is_public = coalesce(${isPublic}, is_public),
    may_download = coalesce(${mayDownload}, may_download) where live_id = ${liveId}`.execute(tx)
}

type LifeEvent = Parameters<typeof recordingLife.sources>[0]

/** Moves a recording where its life allows it; false when it does not. */
export async function move(tx: Tx, liveId: Id, event: LifeEvent): Promise<boolean> {
  const moved = await tx
    .updateTable('recording')
    .set({ state: recordingLife.target(event), ...(event === 'resume' && { ended_at: null }) })
    .where('live_id', '=', liveId)
    .where('state', 'in', recordingLife.sources(event))
    .returning('live_id')
    .executeTakeFirst()
  return moved !== undefined
}

export async function noteEnd(tx: Tx, liveId: Id, endedAt: Date | null): Promise<void> {
  await sql`update recording set ended_at = coalesce(${endedAt}, clock_timestamp())
    where live_id = ${liveId}`.execute(tx)
}

/** An order from a session or its replay moved. */
export async function noteTrade(tx: Tx, liveId: Id): Promise<void> {
  await sql`update recording set traded_at = clock_timestamp() where live_id = ${liveId}`.execute(
    tx,
  )
}

export type PieceRow = {
  number: number
  initNumber: number
  startedAt: Date
  durationMs: number
  bytes: number
  sha256: string
  isMoved: boolean
}

const pieceColumns = [
  'number',
  'init_number as initNumber',
  'started_at as startedAt',
  'duration_ms as durationMs',
  'bytes',
  'sha256',
  'is_moved as isMoved',
] as const

/** The longest session that is told whole: two and a half days. */
const piecesMax = 25_000

export const piecesOf = (db: Db, liveId: Id): Promise<PieceRow[]> =>
  db
    .selectFrom('recording_piece')
    .select(pieceColumns)
    .where('live_id', '=', liveId)
    .orderBy('number')
    .limit(piecesMax)
    .execute()

/** Adds pieces that are not known yet, and counts the whole anew. */
export async function addPieces(
  tx: Tx,
  { liveId, folder }: { liveId: Id; folder: string },
  pieces: readonly SpoolPiece[],
): Promise<void> {
  await sql`insert into recording_piece
    (live_id, number, init_number, started_at, duration_ms, bytes, sha256)
    select ${liveId}, (piece ->> 'number')::int, (piece ->> 'initNumber')::int,
      (piece ->> 'startedAt')::timestamptz, (piece ->> 'durationMs')::int,
      (piece ->> 'bytes')::bigint, piece ->> 'sha256'
    from jsonb_array_elements(${JSON.stringify(pieces)}::jsonb) piece
    on conflict do nothing`.execute(tx)
  await sql`update recording set folder = ${folder}, duration_ms = told.duration_ms,
      bytes = told.bytes, started_at = told.started_at
    from (select coalesce(sum(duration_ms), 0) as duration_ms, coalesce(sum(bytes), 0) as bytes,
      min(started_at) as started_at from recording_piece where live_id = ${liveId}) told
    where live_id = ${liveId}`.execute(tx)
}

/** Ended sessions whose pieces are still being counted. */
export const making = (db: Db, limit: number): Promise<{ liveId: Id; endedAt: Date | null }[]> =>
  db
    .selectFrom('recording')
    .select(['live_id as liveId', 'ended_at as endedAt'])
    .where('state', '=', 'making')
    .orderBy('ended_at')
    .limit(limit)
    .execute()

/** Those of these sessions of which nothing is known. */
export async function unknownIds(db: Db, liveIds: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from unnest(${liveIds}::uuid[]) id
    where not exists (select from recording where live_id = id and folder is not null)`.execute(db)
  return rows.map(({ id }) => id)
}

export type UnmovedPiece = Pick<PieceRow, 'number' | 'initNumber' | 'sha256'> & {
  liveId: Id
  folder: string
}

/** Pieces that lie with the media process and belong into the object store, oldest session first. */
export async function unmoved(
  db: Db,
  { after, limit }: { after: UnmovedPiece | undefined; limit: number },
): Promise<UnmovedPiece[]> {
  const { rows } = await sql<UnmovedPiece>`select piece.live_id as "liveId", folder, number,
      init_number as "initNumber", sha256
    from recording_piece piece join recording using (live_id)
    where not is_moved and state in ('making', 'ready', 'recording')
      and (piece.live_id, number) > (${after?.liveId ?? nobody}, ${after?.number ?? 0})
    order by piece.live_id, number limit ${limit}`.execute(db)
  return rows
}

/** An id before all others. */
const nobody = '00000000-0000-0000-0000-000000000000'

export async function noteMoved(tx: Tx, liveId: Id, number: number): Promise<void> {
  await sql`update recording_piece set is_moved = true
    where live_id = ${liveId} and number = ${number}`.execute(tx)
}

export async function totals(db: Db): Promise<{ keptBytes: number; waitingCount: number }> {
  const { rows } = await sql<{ keptBytes: number; waitingCount: number }>`
    select (select coalesce(sum(bytes), 0)::bigint from recording where state <> 'expired') as "keptBytes",
      (select count(*)::int from recording_piece where not is_moved) as "waitingCount"`.execute(db)
  return rows[0] ?? { keptBytes: 0, waitingCount: 0 }
}

/** Expires recordings that nothing keeps any longer, oldest first; held ones never. Says how many. */
export async function expireDue(
  tx: Tx,
  { now, days, limit }: { now: Date; days: KeepDays; limit: number },
): Promise<number> {
  // Chosen once: a plan that asks the inner query for every row would skip what it has locked itself.
  const { numAffectedRows } = await sql`with due as materialized (select live_id from recording
      where state = 'ready' and hold_count = 0
        and ended_at + make_interval(days => ${days.show}) < ${now}
        and (traded_at is null
          or greatest(ended_at, traded_at) + make_interval(days => ${days.trade}) < ${now})
      order by ended_at limit ${limit} for update skip locked)
    update recording set state = 'expired' from due
    where recording.live_id = due.live_id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Expired recordings of which files may be left. */
export const uncleared = (db: Db, limit: number): Promise<RecordingRow[]> =>
  recordings(db)
    .where('state', '=', 'expired')
    .where('is_cleared', '=', false)
    .limit(limit)
    .execute()

/** Something arrived of a recording that expired: its files go as well. */
export async function unclear(tx: Tx, liveId: Id): Promise<void> {
  await sql`update recording set is_cleared = false where live_id = ${liveId}`.execute(tx)
}

/** Forgets the pieces of an expired recording: their files are gone. */
export async function clear(tx: Tx, liveId: Id): Promise<void> {
  await sql`delete from recording_piece where live_id = ${liveId}`.execute(tx)
  await sql`update recording set is_cleared = true where live_id = ${liveId}`.execute(tx)
}

export type ListQuery = PageQuery & {
  state?: RecordingState | undefined
  shopId?: Id | undefined
  isHeld?: boolean | undefined
}

/** Replays that their shops show, newest first. */
export const pageShown = (
  db: Db,
  { shopId, ...q }: PageQuery & { shopId?: Id | undefined },
): Promise<Page<RecordingRow>> =>
  pageBy(
    recordings(db)
      .where('state', '=', 'ready')
      .where('is_public', '=', true)
      .$if(shopId !== undefined, query => query.where('shop_id', '=', shopId ?? '')),
    [
      ['ended_at', 'desc'],
      ['live_id', 'desc'],
    ],
    q,
  )

/** Recordings of which there was ever anything, newest first. */
export const page = (
  db: Db,
  { state, shopId, isHeld, ...q }: ListQuery,
): Promise<Page<RecordingRow>> =>
  pageBy(
    recordings(db)
      .where('folder', 'is not', null)
      .$if(state !== undefined, query => query.where('state', '=', state ?? ''))
      .$if(shopId !== undefined, query => query.where('shop_id', '=', shopId ?? ''))
      .$if(isHeld !== undefined, query => query.where('hold_count', isHeld ? '>' : '=', 0)),
    [
      ['created_at', 'desc'],
      ['live_id', 'desc'],
    ],
    q,
  )
