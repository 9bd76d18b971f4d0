import { createHash } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { StoredFile, StoredVideo } from '@kaibo/contract/people/files'
import type { Database, Db } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { decidePicture, decideVideo, storageKeyOf } from './rules.ts'
import type { StorageProvider } from './storage.ts'
import * as store from './store.ts'

export type FilesNeeds = { database: Database; storage: StorageProvider }

/** Where a browser fetches the file. */
export const urlOf = (id: Id): string => `/api/files/${id}`

/**
 * Keeps a picture; the same bytes are kept once and answer with the same id. Throws
 * `request.too_large`, `file.not_a_picture` or `file.too_many_pixels`.
 */
export async function storePicture(
  { database, storage }: FilesNeeds,
  actorId: Id | null,
  upload: { bytes: Uint8Array },
): Promise<StoredFile> {
  const picture = decidePicture(upload.bytes)
  const sha256 = createHash('sha256').update(picture.bytes).digest('hex')
  // Bytes first: a row without its file would be a broken promise, a file without a row is not.
  await storage.put(storageKeyOf(sha256, picture.contentType), picture.bytes)
  const row = await database.tx(tx =>
    store.addPicture(tx, {
      id: newId(),
      sha256,
      contentType: picture.contentType,
      byteCount: picture.bytes.byteLength,
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
      createdBy: actorId,
    }),
  )
  return toView(row)
}

/**
 * Keeps a video; the same bytes are kept once and answer with the same id. Throws
 * `request.too_large` or `file.not_a_video`.
 */
export async function storeVideo(
  { database, storage }: FilesNeeds,
  actorId: Id | null,
  { bytes }: { bytes: Uint8Array },
): Promise<StoredVideo> {
  const { contentType } = decideVideo(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await storage.put(storageKeyOf(sha256, contentType), bytes)
  const byteCount = bytes.byteLength
  const { id } = await database.tx(tx =>
    store.addVideo(tx, { id: newId(), sha256, contentType, byteCount, createdBy: actorId }),
  )
  return { id, url: urlOf(id), contentType, bytes: byteCount }
}

/** A picture or a video itself. Throws `file.not_found`. */
export async function readFile(
  { database, storage }: FilesNeeds,
  id: Id,
): Promise<{ bytes: Uint8Array; contentType: string }> {
  const row = await store.fileById(database.db, id)
  const bytes = row && (await storage.get(storageKeyOf(row.sha256, row.contentType)))
  if (!bytes) throw fail('file.not_found')
  return { bytes, contentType: row.contentType }
}

/** Checks that all these pictures exist. Throws `file.not_found`. */
export const requireFiles = (db: Db, ids: readonly Id[]): Promise<void> =>
  requireAll(ids, wanted => store.knownIds(db, wanted))

/** Checks that all these videos exist. Throws `file.not_found`. */
export const requireVideos = (db: Db, ids: readonly Id[]): Promise<void> =>
  requireAll(ids, wanted => store.knownVideoIds(db, wanted))

async function requireAll(
  ids: readonly Id[],
  knownAmong: (wanted: Id[]) => Promise<Id[]>,
): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  if ((await knownAmong(wanted)).length < wanted.length) throw fail('file.not_found')
}

const toView = (row: store.PictureRow): StoredFile => ({
  id: row.id,
  url: urlOf(row.id),
  contentType: row.contentType,
  bytes: row.byteCount,
  widthPx: row.widthPx,
  heightPx: row.heightPx,
})
