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

export async function pictureById(db: Db, id: Id): Promise<PictureRow | undefined> {
  return db.selectFrom('files_picture').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Those of `ids` that exist. */
export async function knownIds(db: Db, ids: readonly Id[]): Promise<Id[]> {
  const rows = await db.selectFrom('files_picture').select('id').where('id', 'in', ids).execute()
  return rows.map(row => row.id)
}
