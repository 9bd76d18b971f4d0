import type { Database } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Files, StorageProvider } from '@kaibo/modules/files'
import type { Live } from '@kaibo/modules/live'
import type { Recordings } from '@kaibo/modules/recording'
import type { Shops } from '@kaibo/modules/shop'
import type { Showcase } from '@kaibo/modules/showcase'

export type ClipNeeds = {
  readonly database: Database
  readonly log: Log
  readonly live: Pick<Live, 'facts'>
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
  readonly showcase: Pick<Showcase, 'explainsOf'>
  readonly recording: Pick<Recordings, 'factsByIds' | 'piecesOf' | 'spansOf' | 'fileOf'>
  readonly files: Pick<Files, 'store' | 'urlOf'>
  /** Where the clips themselves lie: unlike files they can be removed. */
  readonly storage: StorageProvider
  /** Scratch of the cutting; wiped with every clip. */
  readonly workDir: string
}
