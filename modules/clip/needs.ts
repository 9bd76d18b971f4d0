import type { ReplayState } from '@kaibo/contract/media/recording-life'
import type { Database, Db } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Files, StorageProvider } from '@kaibo/modules/files'
import type { Live } from '@kaibo/modules/live'
import type { Shops } from '@kaibo/modules/shop'

/** Explanations of a product on the replay's time line. */
export type Explained = { productId: Id; title: string; fromMs: number; toMs: number }

/**
 * A stretch of a recording in one file of fragmented MP4 that begins with a key frame, and the header
 * without which it cannot be read. A new header means a new publisher or another format.
 */
export type Piece = { initKey: string; key: string; atMs: number; durationMs: number }

/** A slot: what is kept of a session, filled by `recording`. Private replays can be cut as well. */
export type Footage = {
  replayOf(
    db: Db,
    liveId: Id,
  ): Promise<{ state: ReplayState; durationMs: number; explains: readonly Explained[] }>
  /** Pieces that touch a stretch of the replay's time line, oldest first. */
  piecesOf(db: Db, span: { liveId: Id; fromMs: number; toMs: number }): Promise<readonly Piece[]>
  /** The bytes behind a key; null when they are gone. */
  read(key: string): Promise<Uint8Array | null>
  /** Those of these sessions whose videos viewers may keep. */
  downloadableOf(db: Db, liveIds: readonly Id[]): Promise<ReadonlySet<Id>>
}

export type ClipNeeds = {
  readonly database: Database
  readonly log: Log
  readonly live: Pick<Live, 'facts'>
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
  readonly files: Pick<Files, 'store' | 'urlOf'>
  /** Where the clips themselves lie: unlike files they can be removed. */
  readonly storage: StorageProvider
  readonly footage: Footage
  /** Scratch of the cutting; wiped with every clip. */
  readonly workDir: string
}
