import type { DiskState } from '@kaibo/contract/media/recording-life'
import type { Comment } from '@kaibo/contract/show/chat'
import type { Database, Db } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Live } from '@kaibo/modules/live'
import type { Showcase } from '@kaibo/modules/showcase'

/** A file of a recording, as the media process tells it; `number` makes a repeat harmless. */
export type SpoolPiece = {
  readonly number: number
  readonly initNumber: number
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly bytes: number
  readonly sha256: string
}
export type SpoolFolder = {
  readonly name: string
  /** More may follow. */
  readonly isOpen: boolean
  readonly pieces: readonly SpoolPiece[]
}
export type SpoolDisk = {
  readonly state: DiskState
  readonly freeBytes: number
  readonly totalBytes: number
}

/** Which page asks for an address, and how long it is good. */
export type Wish = { readonly host: string; readonly expiresAt: Date }

/** The slot of whoever records. Calls that reject mean that it cannot be asked now. */
export type RecordingSpool = {
  /** What was recorded of a stream; null when nothing was. */
  find(streamId: Id): Promise<SpoolFolder | null>
  /** Every stream of which something is kept. */
  streamIds(): Promise<Id[]>
  disk(): Promise<SpoolDisk>
  /** A file such as `<folder>/12.m4s`; null when it is gone. */
  get(key: string): Promise<Uint8Array | null>
  /** Where the file lies when this process can read it itself. */
  pathOf(key: string): string | null
  /** Removes a file, or a whole folder. */
  remove(key: string): Promise<void>
  /** A signed address for players. */
  urlOf(key: string, wish: Wish): string
}

/** The slot of an object store to which finished pieces move. `put` of a known key is harmless. */
export type RecordingStore = {
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | null>
  delete(key: string): Promise<void>
  /** A signed address for players, or one at a CDN. */
  urlOf(key: string, wish: Wish): Promise<string>
}

/** A comment with its time, and what its author really wrote. */
export type SaidThen = { readonly comment: Comment; readonly originalText: string }

export type RecordingNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Pick<Log, 'warn' | 'error'>
  readonly live: Pick<Live, 'facts' | 'factsByIds' | 'cardsByIds' | 'shopIdsOf'>
  readonly showcase: Pick<Showcase, 'bagOf' | 'explainsOf'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
  /** Comments of a room in a stretch of time, oldest first; hidden ones only `withHidden`. */
  commentsOf(
    db: Db,
    q: { liveId: Id; from: Date; to: Date; limit: number; withHidden: boolean },
  ): Promise<readonly SaidThen[]>
  readonly spool: RecordingSpool
  /** Null: pieces stay with the media process. */
  readonly store: RecordingStore | null
  /** Files that were fetched to be read locally. */
  readonly cacheDirectory: string
  /** Signs the addresses of playlists. */
  readonly secret: Buffer
  /** Where people reach the API who came by `host`. */
  originOf(host: string): string
  readonly keep: KeepDays
  /** Whether shops may do without a recording. */
  readonly isOptional: boolean
}

/** How long recordings are kept: after the end of a session, or after the last order from it moved. */
export type KeepDays = { readonly show: number; readonly trade: number }
