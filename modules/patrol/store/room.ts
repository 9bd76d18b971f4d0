import type { StreamFault } from '@kaibo/contract/media/patrol-life'
import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import {
  closeAfterSec,
  type KeptFinding,
  memoryDays,
  trustedShowSec,
  trustedShowsMin,
  type Watched,
} from '../rules.ts'

export type RoomRow = Watched & {
  liveId: Id
  shopId: Id
  hostId: Id
  findings: KeptFinding[]
  findingsAt: Date | null
  fault: StreamFault | null
  faultSince: Date | null
}

const columns = [
  'live_id as liveId',
  'shop_id as shopId',
  'host_id as hostId',
  'on_air_since as onAirSince',
  'is_trusted as isTrusted',
  'is_pinned as isPinned',
  'close_until as closeUntil',
  sql<KeptFinding[]>`findings`.as('findings'),
  'findings_at as findingsAt',
  sql<StreamFault | null>`fault`.as('fault'),
  'fault_since as faultSince',
] as const

/** `isClean` = without a verdict that still counts. */
type Room = { liveId: Id; shopId: Id; hostId: Id; isClean: boolean }

/** Begins to watch a room, or goes on; whether its shop is trusted is decided at the beginning. */
export async function follow(tx: Tx, { liveId, shopId, hostId, isClean }: Room): Promise<void> {
  await sql`
    insert into patrol_room (live_id, shop_id, host_id, is_trusted, picture_due, stream_due)
    select ${liveId}, ${shopId}, ${hostId}, ${isClean} and (
      select count(*) >= ${trustedShowsMin} from patrol_room
      where shop_id = ${shopId} and ended_at > now() - make_interval(days => ${memoryDays})
        and ended_at - on_air_since > make_interval(secs => ${trustedShowSec})
    ), now(), now()
    on conflict (live_id) do update set
      picture_due = coalesce(patrol_room.picture_due, now()),
      stream_due = coalesce(patrol_room.stream_due, now()), ended_at = null`.execute(tx)
}

/** There is no picture for now, or for good. */
export async function leave(tx: Tx, liveId: Id, how: { isOver: boolean }): Promise<void> {
  await tx
    .updateTable('patrol_room')
    .set({
      picture_due: null,
      stream_due: null,
      fault: null,
      fault_since: null,
      ...(how.isOver && { ended_at: sql<Date>`coalesce(ended_at, now())` }),
    })
    .where('live_id', '=', liveId)
    .execute()
}

/** A process that dies while it looks leaves its rooms to others after so long. */
const leaseSec = 10

export type ClaimedRoom = RoomRow & { lateMs: number; claimedAt: Date }

/**
 * Takes rooms whose picture is due, so that nobody else asks for it: closely watched ones before
 * others that are as late. {@link settle} gives them back.
 */
export async function claimPictures(tx: Tx, limit: number): Promise<ClaimedRoom[]> {
  const { rows } = await sql<{ liveId: Id; lateMs: number; claimedAt: Date }>`
    with due as (
      select live_id, picture_due from patrol_room where picture_due <= now()
      order by picture_due - case when is_pinned or close_until > now()
        then interval '3 seconds' else interval '0' end
      limit ${limit} for update skip locked
    )
    update patrol_room room set picture_due = now() + make_interval(secs => ${leaseSec}) from due
    where room.live_id = due.live_id
    returning room.live_id as "liveId", now() as "claimedAt",
      (extract(epoch from now() - due.picture_due) * 1000)::int as "lateMs"`.execute(tx)
  const rooms = await byIds(
    tx,
    rows.map(row => row.liveId),
  )
  return rows.flatMap(row => {
    const room = rooms.get(row.liveId)
    return room ? [{ ...room, ...row }] : []
  })
}

/** When the next picture of a room is due; not at all once its picture is gone. */
export async function settle(tx: Tx, liveId: Id, dueAt: Date): Promise<void> {
  await tx
    .updateTable('patrol_room')
    .set({ picture_due: dueAt })
    .where('live_id', '=', liveId)
    .where('picture_due', 'is not', null)
    .execute()
}

/** Takes rooms whose stream is due for a look; the next one is `everySec` later. */
export async function claimStreams(
  tx: Tx,
  { limit, everySec }: { limit: number; everySec: number },
): Promise<RoomRow[]> {
  const { rows } = await sql<{ liveId: Id }>`
    update patrol_room set stream_due = now() + make_interval(secs => ${everySec})
    where live_id in (
      select live_id from patrol_room where stream_due <= now() order by stream_due
      limit ${limit} for update skip locked)
    returning live_id as "liveId"`.execute(tx)
  return [
    ...(
      await byIds(
        tx,
        rows.map(row => row.liveId),
      )
    ).values(),
  ]
}

/** Keeps what is wrong with a stream, and since when something is. */
export async function setFault(tx: Tx, liveId: Id, fault: StreamFault | null): Promise<void> {
  await tx
    .updateTable('patrol_room')
    .set({
      fault,
      fault_since: fault === null ? null : sql<Date>`coalesce(fault_since, now())`,
    })
    .where('live_id', '=', liveId)
    .where('stream_due', 'is not', null)
    .execute()
}

export async function byIds(db: Db, ids: readonly Id[]): Promise<Map<Id, RoomRow>> {
  const rows = await db
    .selectFrom('patrol_room')
    .select(columns)
    .where('live_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.liveId, row]))
}

/** A room that is on air, locked. */
export const lockOnAir = (tx: Tx, liveId: Id): Promise<RoomRow | undefined> =>
  tx
    .selectFrom('patrol_room')
    .select(columns)
    .where('live_id', '=', liveId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

/** Rooms on one wall. */
const wallMax = 300

export const onAir = (db: Db, liveId?: Id): Promise<RoomRow[]> =>
  db
    .selectFrom('patrol_room')
    .select(columns)
    .where('ended_at', 'is', null)
    .$if(liveId !== undefined, rooms => rooms.where('live_id', '=', liveId ?? ''))
    .orderBy('on_air_since')
    .limit(wallMax)
    .execute()

export async function setFindings(
  tx: Tx,
  { liveId, findings, at }: { liveId: Id; findings: readonly KeptFinding[]; at: Date },
): Promise<void> {
  await tx
    .updateTable('patrol_room')
    .set({ findings: JSON.stringify(findings), findings_at: at })
    .where('live_id', '=', liveId)
    .execute()
}

/** Watches a room closely for some minutes. */
export async function watchClosely(tx: Tx, liveId: Id): Promise<void> {
  await tx
    .updateTable('patrol_room')
    .set({ close_until: sql<Date>`now() + make_interval(secs => ${closeAfterSec})` })
    .where('live_id', '=', liveId)
    .execute()
}

/** Watches a room closely until its end, or not any more; false when it is not on air. */
export async function pin(tx: Tx, liveId: Id, isPinned: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patrol_room')
    .set({ is_pinned: isPinned, ...(!isPinned && { close_until: null }) })
    .where('live_id', '=', liveId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type PictureRow = { id: Id; liveId: Id; takenAt: Date }
export type Picture = PictureRow & { jpeg: Buffer }

/** Pictures of one room that are kept. */
export const picturesMax = 8

/** Keeps the newest picture of a room and forgets the oldest; null when the room is over. */
export async function keepPicture(
  tx: Tx,
  { liveId, jpeg }: { liveId: Id; jpeg: Uint8Array },
): Promise<PictureRow | null> {
  const row = await tx
    .insertInto('patrol_picture')
    .columns(['id', 'live_id', 'taken_at', 'jpeg'])
    .expression(
      tx
        .selectFrom('patrol_room')
        .select([
          sql<Id>`${newId()}::uuid`.as('id'),
          'live_id',
          sql<Date>`clock_timestamp()`.as('taken_at'),
          sql<Buffer>`${Buffer.from(jpeg)}::bytea`.as('jpeg'),
        ])
        .where('live_id', '=', liveId)
        .where('ended_at', 'is', null),
    )
    .returning(['id', 'live_id as liveId', 'taken_at as takenAt'])
    .executeTakeFirst()
  await sql`delete from patrol_picture where live_id = ${liveId} and id not in (
      select id from patrol_picture where live_id = ${liveId}
      order by taken_at desc limit ${picturesMax})`.execute(tx)
  return row ?? null
}

/** The newest pictures of a room, themselves, newest first. */
export const pictures = (db: Db, liveId: Id, limit = picturesMax): Promise<Picture[]> =>
  db
    .selectFrom('patrol_picture')
    .select(['id', 'live_id as liveId', 'taken_at as takenAt', 'jpeg'])
    .where('live_id', '=', liveId)
    .orderBy('taken_at', 'desc')
    .limit(limit)
    .execute()

/** Which pictures of these rooms are kept, newest first. */
export const pictureRows = (db: Db, liveIds: readonly Id[]): Promise<PictureRow[]> =>
  db
    .selectFrom('patrol_picture')
    .select(['id', 'live_id as liveId', 'taken_at as takenAt'])
    .where('live_id', '=', sql<Id>`any(${liveIds}::uuid[])`)
    .orderBy('taken_at', 'desc')
    .execute()

export const pictureById = async (db: Db, id: Id): Promise<Buffer | undefined> =>
  (await db.selectFrom('patrol_picture').select('jpeg').where('id', '=', id).executeTakeFirst())
    ?.jpeg

const pictureKeptSec = 3_600

/** Forgets pictures of rooms that are long over, and rooms that count no more. */
export async function forget(tx: Tx): Promise<void> {
  await sql`delete from patrol_picture where live_id not in (
      select live_id from patrol_room
      where ended_at is null or ended_at > now() - make_interval(secs => ${pictureKeptSec}))`.execute(
    tx,
  )
  await sql`delete from patrol_room
      where ended_at < now() - make_interval(days => ${memoryDays})`.execute(tx)
}
