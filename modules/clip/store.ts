import {
  type ClipFailure,
  type ClipMode,
  type ClipState,
  clipLife,
  type DownloadState,
} from '@kaibo/contract/media/clip-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type ClipRow = {
  id: Id
  liveId: Id
  shopId: Id
  productId: Id | null
  title: string
  fromMs: number
  toMs: number
  mode: ClipMode
  state: ClipState
  failure: ClipFailure | null
  downloadState: DownloadState
  attemptCount: number
  durationMs: number | null
  byteCount: number | null
  posterFileId: Id | null
  publishedAt: Date | null
  createdAt: Date
}

const clips = (db: Db) =>
  db
    .selectFrom('clip')
    .select([
      'id',
      'live_id as liveId',
      'shop_id as shopId',
      'product_id as productId',
      'title',
      'from_ms as fromMs',
      'to_ms as toMs',
      'attempt_count as attemptCount',
      'duration_ms as durationMs',
      'byte_count as byteCount',
      'poster_file_id as posterFileId',
      'published_at as publishedAt',
      'created_at as createdAt',
      sql<ClipMode>`mode`.as('mode'),
      sql<ClipState>`state`.as('state'),
      sql<ClipFailure | null>`failure`.as('failure'),
      sql<DownloadState>`download_state`.as('downloadState'),
    ])

export const clipById = (db: Db, id: Id): Promise<ClipRow | undefined> =>
  clips(db).where('id', '=', id).executeTakeFirst()

/** The clips of a session in the order of its time line. */
export const clipsOfLive = (db: Db, liveId: Id): Promise<ClipRow[]> =>
  clips(db).where('live_id', '=', liveId).orderBy('from_ms').orderBy('id').limit(200).execute()

type Shown = { shopId?: Id; liveId?: Id; productId?: Id }

/** Published clips, newest first. */
export function pageOfPublished(db: Db, of: Shown, page: PageQuery): Promise<Page<ClipRow>> {
  let query = clips(db).where('published_at', 'is not', null).where('state', '=', 'ready')
  if (of.shopId) query = query.where('shop_id', '=', of.shopId)
  if (of.liveId) query = query.where('live_id', '=', of.liveId)
  if (of.productId) query = query.where('product_id', '=', of.productId)
  return pageBy(
    query,
    [
      ['published_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )
}

/** Clips of a session are added one after the other, so that they can be counted. */
export async function lockLive(tx: Tx, liveId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('clip ' || ${liveId}, 0))`.execute(tx)
}

export type NewClip = Pick<
  ClipRow,
  'id' | 'liveId' | 'shopId' | 'productId' | 'title' | 'fromMs' | 'toMs' | 'mode'
>

export async function insertClip(tx: Tx, clip: NewClip): Promise<void> {
  await tx
    .insertInto('clip')
    .values({
      id: clip.id,
      live_id: clip.liveId,
      shop_id: clip.shopId,
      product_id: clip.productId,
      title: clip.title,
      from_ms: clip.fromMs,
      to_ms: clip.toMs,
      mode: clip.mode,
    })
    .execute()
}

type Owned = { id: Id; shopId: Id }
export type ClipEdit = {
  title?: string | undefined
  productId?: Id | null | undefined
  isPublished?: boolean | undefined
}

/** Changes what is given and leaves the rest; a clip that is published again keeps its place. */
export async function editClip(tx: Tx, { id, shopId }: Owned, edit: ClipEdit): Promise<void> {
  const { title, productId, isPublished } = edit
  await tx
    .updateTable('clip')
    .set(row => ({
      title: title ?? row.ref('title'),
      product_id: productId === undefined ? row.ref('product_id') : productId,
      published_at:
        isPublished === undefined
          ? row.ref('published_at')
          : isPublished
            ? sql<Date>`coalesce(published_at, clock_timestamp())`
            : null,
    }))
    .where('id', '=', id)
    .where('shop_id', '=', shopId)
    .execute()
}

/** Puts a failed clip back into the queue. */
export async function queueAgain(tx: Tx, { id, shopId }: Owned, mode: ClipMode): Promise<void> {
  await tx
    .updateTable('clip')
    .set({ state: clipLife.target('again'), mode, failure: null, attempt_count: 0 })
    .where('id', '=', id)
    .where('shop_id', '=', shopId)
    .where('state', 'in', clipLife.sources('again'))
    .execute()
}

/** Asks for a copy for viewers, unless one was asked for; one that failed is made once more. */
export async function queueDownload(tx: Tx, id: Id): Promise<void> {
  await sql`update clip set download_state = 'making', attempt_count = 0, lease_until = null
    where id = ${id} and state = 'ready' and download_state in ('none', 'failed')`.execute(tx)
}

export async function deleteClip(tx: Tx, { id, shopId }: Owned): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('clip')
    .where('id', '=', id)
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
