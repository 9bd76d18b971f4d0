import type { Handlers } from '@kaibo/contract/core/handlers'
import type { filesApi, StoredFile } from '@kaibo/contract/people/files'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type FilesNeeds, requireFiles, requireVideos, storePicture, urlOf } from './files.ts'
import { createHandlers } from './routes.ts'

export type { StorageProvider } from './storage.ts'
export type { FilesNeeds }

export type Files = {
  handlers: Handlers<typeof filesApi>
  /** Keeps a picture; `contentType` is what the sender claims, and is ignored. */
  store(
    actorId: Id | null,
    upload: { bytes: Uint8Array; contentType?: string },
  ): Promise<StoredFile>
  /** Throws `file.not_found` unless all of `ids` are pictures that exist. */
  requireFiles(db: Db, ids: readonly Id[]): Promise<void>
  /** The same for videos. */
  requireVideos(db: Db, ids: readonly Id[]): Promise<void>
  /** Where a browser fetches the file. */
  urlOf(id: Id): string
}

export const createFiles = (needs: FilesNeeds): Files => ({
  handlers: createHandlers(needs),
  store: (actorId, upload) => storePicture(needs, actorId, upload),
  requireFiles,
  requireVideos,
  urlOf,
})
