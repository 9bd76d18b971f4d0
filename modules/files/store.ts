import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'

export type PictureRow = {
  id: Id
  sha256: string
  contentType: string
  byteCount: number
  widthPx: number
  heightPx: number
}

const columns = [
  'id',
  'sha256',
  'content_type as contentType',
  'byte_count as byteCount',
  'width_px as widthPx',
  'height_px as heightPx',
] as const

/** Adds the picture, or finds the row of the same bytes: parallel uploads get one row. */
export async function addPicture(
  tx: Tx,
  row: PictureRow & { createdBy: Id | null },
): Promise<PictureRow> {
  await tx
    .insertInto('files_picture')
    .values({
      id: row.id,
      sha256: row.sha256,
      content_type: row.contentType,
      byte_count: row.byteCount,
      width_px: row.widthPx,
      height_px: row.heightPx,
      created_by: row.createdBy,
    })
    .onConflict(conflict => conflict.column('sha256').doNothing())
    .execute()
  return tx
    .selectFrom('files_picture')
    .select(columns)
    .where('sha256', '=', row.sha256)
    .executeTakeFirstOrThrow()
}

type FileRow = { sha256: string; contentType: string }

/** Where a picture or a video lies. */
export async function fileById(db: Db, id: Id): Promise<FileRow | undefined> {
  const place = ['sha256', 'content_type as contentType'] as const
  return db
    .selectFrom('files_picture')
    .select(place)
    .where('id', '=', id)
    .unionAll(db.selectFrom('files_video').select(place).where('id', '=', id))
    .executeTakeFirst()
}

/** Adds the video, or finds the row of the same bytes. */
export async function addVideo(
  tx: Tx,
  row: FileRow & { id: Id; byteCount: number; createdBy: Id | null },
): Promise<{ id: Id }> {
  await tx
    .insertInto('files_video')
    .values({
      id: row.id,
      sha256: row.sha256,
      content_type: row.contentType,
      byte_count: row.byteCount,
      created_by: row.createdBy,
    })
    .onConflict(conflict => conflict.column('sha256').doNothing())
    .execute()
  return tx
    .selectFrom('files_video')
    .select('id')
    .where('sha256', '=', row.sha256)
    .executeTakeFirstOrThrow()
}

/** Those of `ids` that exist. */
export async function knownIds(db: Db, ids: readonly Id[]): Promise<Id[]> {
  const rows = await db.selectFrom('files_picture').select('id').where('id', 'in', ids).execute()
  return rows.map(row => row.id)
}

/** Those of `ids` that are videos. */
export async function knownVideoIds(db: Db, ids: readonly Id[]): Promise<Id[]> {
  const rows = await db.selectFrom('files_video').select('id').where('id', 'in', ids).execute()
  return rows.map(row => row.id)
}
