import { join } from 'node:path'
import type { StorageProvider } from '@kaibo/modules/files'
import type { RecordingSpool, RecordingStore } from '@kaibo/modules/recording'
import { playBase } from '@kaibo/providers/live-embedded'
import { createRecordEmbedded } from '@kaibo/providers/record-embedded'
import { createStorageDisk } from '@kaibo/providers/storage-disk'
import { createStorageS3 } from '@kaibo/providers/storage-s3'
import { type Config, mediaControlUrl, recordingsDir } from '../../config.ts'
import type { Base } from '../base.ts'

export type Stores = {
  /** Of what people upload. */
  readonly storage: StorageProvider
  readonly recordingSpool: RecordingSpool
  /** Null: recordings stay with the media process. */
  readonly recordingStore: RecordingStore | null
  /** From where players fetch recordings, for a page that was reached at `host`. */
  recordingOrigins(host: string): string[]
}

/** Where files and recordings lie, as the settings say. */
export function composeStores({ config, mediaSecret }: Base): Stores {
  const { KAIBO_MEDIA_URL: mediaUrl, KAIBO_MEDIA_PORT: mediaPort } = config
  const originOf = (host: string) => playBase({ mediaUrl, mediaPort }, host)
  const isFar = config.KAIBO_RECORDINGS_STORE === 's3'
  return {
    storage:
      config.KAIBO_FILES_STORE === 's3'
        ? createStorageS3({ ...bucketOf(config), prefix: 'files/', publicUrl: '' })
        : createStorageDisk({ directory: join(config.KAIBO_DATA_DIR, 'files') }),
    recordingSpool: createRecordEmbedded({
      secret: mediaSecret,
      controlUrl: mediaControlUrl(config),
      originOf,
      directory: recordingsDir(config),
    }),
    recordingStore: isFar
      ? createStorageS3({
          ...bucketOf(config),
          prefix: 'recordings/',
          publicUrl: config.KAIBO_RECORDINGS_URL,
        })
      : null,
    recordingOrigins: host => [
      originOf(host),
      ...(isFar ? [config.KAIBO_RECORDINGS_URL || config.KAIBO_S3_URL] : []),
    ],
  }
}

const bucketOf = (config: Config) => ({
  url: config.KAIBO_S3_URL,
  region: config.KAIBO_S3_REGION,
  bucket: config.KAIBO_S3_BUCKET,
  keyId: config.KAIBO_S3_KEY_ID,
  secret: config.KAIBO_S3_SECRET,
})
