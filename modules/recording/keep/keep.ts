import { requirePermission, requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { LegalHold, Recording, RecordingStorage } from '@kaibo/contract/media/recording'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { clearExpired } from '../files/transfer.ts'
import type { RecordingNeeds } from '../needs.ts'
import { keepUntil, retentionOf, shortest } from '../rules.ts'
import * as store from '../store.ts'
import * as holds from './hold-store.ts'

/** What is kept of a session of my shop. Throws `live.not_found`. */
export async function recording(
  needs: RecordingNeeds,
  actor: Actor,
  { shopId, id: liveId }: { shopId: Id; id: Id },
): Promise<Recording> {
  requireShop(actor, 'live.read', shopId)
  const { db } = needs.database
  if ((await needs.live.facts(db, liveId))?.shopId !== shopId) throw fail('live.not_found')
  return viewOf(needs, db, (await store.byId(db, liveId)) ?? unkept(liveId, shopId))
}

/** What the platform decided on recordings. */
export const termsOf = ({ isOptional, keep }: RecordingNeeds) => ({
  isOptional,
  keepShowDays: keep.show,
  keepTradeDays: keep.trade,
})

/**
 * Sets whether a session is recorded, shown again and may be downloaded. Throws `live.not_found`, and
 * `recording.required` where shops may not do without a recording.
 */
export async function set(
  needs: RecordingNeeds,
  actor: Actor,
  { shopId, id: liveId, ...setting }: { shopId: Id; id: Id } & Partial<store.Setting>,
): Promise<Recording> {
  requireShop(actor, 'live.host', shopId)
  if (setting.records === false && !needs.isOptional) throw fail('recording.required')
  await needs.database.tx(async tx => {
    if ((await needs.live.facts(tx, liveId))?.shopId !== shopId) throw fail('live.not_found')
    await store.lock(tx, { liveId, shopId })
    await store.set(tx, liveId, setting)
  })
  return recording(needs, actor, { shopId, id: liveId })
}

/** Records nothing of a session, by the platform's own choice: of a demo that never ends. */
export const spare = (
  { database }: Pick<RecordingNeeds, 'database'>,
  live: { liveId: Id; shopId: Id },
): Promise<void> =>
  database.tx(async tx => {
    await store.lock(tx, live)
    await store.set(tx, live.liveId, { records: false })
  })

/** All recordings, newest first. */
export async function list(needs: RecordingNeeds, actor: Actor, query: store.ListQuery) {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const { items, next } = await store.page(db, query)
  return { items: await viewsOf(needs, db, items), next }
}

/** Where recordings lie, and whether there is room for more. */
export async function storage(needs: RecordingNeeds, actor: Actor): Promise<RecordingStorage> {
  requirePermission(actor, 'platform.read')
  const disk = await needs.spool.disk().catch(() => null)
  const { keptBytes, waitingCount } = await store.totals(needs.database.db)
  return {
    store: needs.store ? 's3' : 'media',
    disk: disk?.state ?? 'unknown',
    freeBytes: disk?.freeBytes ?? 0,
    totalBytes: disk?.totalBytes ?? 0,
    keptBytes,
    waitingCount: needs.store ? waitingCount : 0,
  }
}

/** Holds of a recording, newest first. Throws `recording.not_found`. */
export async function holdsOf(needs: RecordingNeeds, actor: Actor, liveId: Id) {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  if (!(await store.byId(db, liveId))?.folder) throw fail('recording.not_found')
  return { items: (await holds.holdsOf(db, liveId)).map(holdView) }
}

/** Keeps a recording until the hold is lifted. Throws `recording.not_found`, also when it expired. */
export async function hold(
  needs: RecordingNeeds,
  actor: Actor,
  { id: liveId, holdId, reason }: { id: Id; holdId: Id; reason: string },
): Promise<LegalHold> {
  requirePermission(actor, 'platform.manage')
  const { userId } = requireUser(actor)
  const row = await needs.database.tx(async tx => {
    const known = await store.byId(tx, liveId)
    if (!known?.folder) throw fail('recording.not_found')
    await store.lock(tx, known)
    if ((await store.byId(tx, liveId))?.state === 'expired') throw fail('recording.not_found')
    await holds.insertHold(tx, { id: holdId, liveId, reason, placedBy: userId })
    return holds.holdById(tx, holdId)
  })
  // The id of a hold of another recording says nothing about this one.
  if (row?.liveId !== liveId) throw fail('recording.not_found')
  return holdView(row)
}

/** Lifts a hold. Throws `hold.not_found`, `hold.lifted`. */
export async function liftHold(
  needs: RecordingNeeds,
  actor: Actor,
  { id, reason }: { id: Id; reason: string },
): Promise<LegalHold> {
  requirePermission(actor, 'platform.manage')
  const { userId: liftedBy } = requireUser(actor)
  return needs.database.tx(async tx => {
    const lifted = await holds.liftHold(tx, { id, liftedBy, reason })
    if (lifted) return holdView(lifted)
    throw (await holds.holdById(tx, id)) ? fail('hold.lifted') : fail('hold.not_found')
  })
}

/** Recordings that expire in one run; the next run takes the rest. */
const expireMax = 100
/** What a full disk takes at a time, before it is looked at again. */
const expireEarlyMax = 3

/** Expires what nothing keeps any longer, and removes its files. */
export async function expireDue(needs: RecordingNeeds): Promise<void> {
  const now = needs.clock.now()
  await needs.database.tx(tx => store.expireDue(tx, { now, days: needs.keep, limit: expireMax }))
  await clearExpired(needs)
}

/** A disk that fills takes the oldest recordings that the law does not ask for, and says so. */
export async function relieveDisk(needs: RecordingNeeds): Promise<void> {
  const disk = await needs.spool.disk().catch(() => null)
  if (!disk || disk.state === 'ok') return
  const { freeBytes, state } = disk
  const now = needs.clock.now()
  const expiredCount = await needs.database.tx(tx =>
    store.expireDue(tx, { now, days: shortest(needs.keep), limit: expireEarlyMax }),
  )
  needs.log.error({ state, freeBytes, expiredCount }, 'the disk of recordings is running full')
  await clearExpired(needs)
}

const unkept = (liveId: Id, shopId: Id): store.RecordingRow => ({
  liveId,
  shopId,
  state: 'none',
  records: true,
  isPublic: true,
  mayDownload: false,
  folder: null,
  startedAt: null,
  endedAt: null,
  tradedAt: null,
  durationMs: 0,
  bytes: 0,
  holdCount: 0,
})

export async function viewOf(
  needs: RecordingNeeds,
  db: Db,
  row: store.RecordingRow,
): Promise<Recording> {
  const [view] = await viewsOf(needs, db, [row])
  if (!view) throw fail('live.not_found')
  return view
}

async function viewsOf(
  { live, keep }: RecordingNeeds,
  db: Db,
  rows: readonly store.RecordingRow[],
): Promise<Recording[]> {
  const cards = await live.cardsByIds(
    db,
    rows.map(row => row.liveId),
  )
  return rows.map(({ folder: _folder, tradedAt, ...row }) => ({
    ...row,
    shopName: cards.get(row.liveId)?.shopName ?? '',
    title: cards.get(row.liveId)?.title ?? '',
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    retention: retentionOf({ tradedAt }),
    keepUntil: keepUntil({ endedAt: row.endedAt, tradedAt }, keep)?.toISOString() ?? null,
  }))
}

export const holdView = (row: holds.HoldRow): LegalHold => ({
  ...row,
  placedAt: row.placedAt.toISOString(),
  liftedAt: row.liftedAt?.toISOString() ?? null,
})
