import type { PatrolReason, VerdictKind } from '@kaibo/contract/media/patrol-life'
import type { EvidenceContext, EvidenceFrame } from '@kaibo/contract/media/verdict'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type VerdictRow = {
  id: Id
  liveId: Id
  shopId: Id
  hostId: Id
  kind: VerdictKind
  reason: PatrolReason
  note: string
  /** Null = the reviewer of pictures. */
  byId: Id | null
  at: Date
  seenAt: Date | null
  keepUntil: Date
  frameCount: number
}

const columns = [
  'id',
  'live_id as liveId',
  'shop_id as shopId',
  'host_id as hostId',
  sql<VerdictKind>`kind`.as('kind'),
  sql<PatrolReason>`reason`.as('reason'),
  'note',
  'by_id as byId',
  'at',
  'seen_at as seenAt',
  'keep_until as keepUntil',
  sql<number>`(select count(*) from verdict_frame where verdict_id = verdict.id)`.as('frameCount'),
] as const

const verdicts = (db: Db) => db.selectFrom('verdict').select(columns)

export type NewVerdict = Pick<
  VerdictRow,
  'id' | 'liveId' | 'shopId' | 'hostId' | 'kind' | 'reason' | 'note' | 'byId'
> & { context: EvidenceContext; keepDays: number }

/** Inserts a verdict; false when its id exists. */
export async function insert(tx: Tx, verdict: NewVerdict): Promise<boolean> {
  const row = await tx
    .insertInto('verdict')
    .values({
      id: verdict.id,
      live_id: verdict.liveId,
      shop_id: verdict.shopId,
      host_id: verdict.hostId,
      kind: verdict.kind,
      reason: verdict.reason,
      note: verdict.note,
      by_id: verdict.byId,
      context: JSON.stringify(verdict.context),
      keep_until: sql<Date>`now() + make_interval(days => ${verdict.keepDays})`,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type FrameRow = { takenAt: Date; sha256: string; jpeg: Buffer }

/** Keeps the pictures of a verdict, the one it is about first. */
export async function insertFrames(
  tx: Tx,
  verdictId: Id,
  frames: readonly FrameRow[],
): Promise<void> {
  if (frames.length === 0) return
  await tx
    .insertInto('verdict_frame')
    .values(
      frames.map(({ takenAt, sha256, jpeg }, place) => ({
        verdict_id: verdictId,
        place,
        taken_at: takenAt,
        sha256,
        jpeg,
      })),
    )
    .execute()
}

export const byId = (db: Db, id: Id): Promise<VerdictRow | undefined> =>
  verdicts(db).where('id', '=', id).executeTakeFirst()

export const page = (
  db: Db,
  { shopId, ...query }: { shopId?: Id | undefined } & PageQuery,
): Promise<Page<VerdictRow>> =>
  pageBy(
    verdicts(db).$if(shopId !== undefined, all => all.where('shop_id', '=', shopId ?? '')),
    [
      ['at', 'desc'],
      ['id', 'desc'],
    ],
    query,
  )

/** Verdicts of the last days, by shop; shops without one are missing. */
export async function countsOf(
  db: Db,
  { shopIds, days }: { shopIds: readonly Id[]; days: number },
): Promise<Map<Id, number>> {
  const { rows } = await sql<{ shopId: Id; count: number }>`
    select shop_id as "shopId", count(*) as count from verdict
    where shop_id = any(${shopIds}::uuid[]) and at > now() - make_interval(days => ${days})
    group by shop_id`.execute(db)
  return new Map(rows.map(row => [row.shopId, row.count]))
}

const noticeDays = 30
const noticesMax = 20

/** What a shop was told lately, newest first. */
export const noticesOf = (db: Db, shopId: Id): Promise<VerdictRow[]> =>
  verdicts(db)
    .where('shop_id', '=', shopId)
    .where('at', '>', sql<Date>`now() - make_interval(days => ${noticeDays})`)
    .orderBy('at', 'desc')
    .limit(noticesMax)
    .execute()

/** Somebody of the shop has read it; false when there is no such verdict. */
export async function setSeen(tx: Tx, { id, shopId }: { id: Id; shopId: Id }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('verdict')
    .set({ seen_at: sql<Date>`coalesce(seen_at, now())` })
    .where('id', '=', id)
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function contextOf(db: Db, id: Id): Promise<EvidenceContext | null> {
  const row = await db
    .selectFrom('verdict')
    .select(sql<EvidenceContext | null>`context`.as('context'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.context ?? null
}

/** The pictures of a verdict without their bytes. */
export async function frameFactsOf(db: Db, verdictId: Id): Promise<EvidenceFrame[]> {
  const rows = await db
    .selectFrom('verdict_frame')
    .select(['place', 'taken_at as takenAt', 'sha256', sql<number>`octet_length(jpeg)`.as('bytes')])
    .where('verdict_id', '=', verdictId)
    .orderBy('place')
    .execute()
  return rows.map(row => ({ ...row, takenAt: row.takenAt.toISOString() }))
}

export const frameAt = async (
  db: Db,
  { id, place }: { id: Id; place: number },
): Promise<Buffer | undefined> =>
  (
    await db
      .selectFrom('verdict_frame')
      .select('jpeg')
      .where('verdict_id', '=', id)
      .where('place', '=', place)
      .executeTakeFirst()
  )?.jpeg

const forgetMax = 200

/** Forgets evidence that need not be kept any more; the verdicts stay. Returns how many. */
export async function forget(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: Id }>`
    with old as (
      select id from verdict where keep_until < now() and context is not null
      limit ${forgetMax} for update skip locked
    ), frames as (
      delete from verdict_frame where verdict_id in (select id from old)
    )
    update verdict set context = null where id in (select id from old) returning id`.execute(tx)
  return rows.length
}
