import { join } from 'node:path'
import { createClip } from '@kaibo/modules/clip'
import { createRecordings } from '@kaibo/modules/recording'
import { originAt } from '../../config.ts'
import type { Base } from '../base.ts'
import type { Goods } from '../goods.ts'
import type { People } from '../people.ts'
import type { Providers } from '../providers.ts'
import type { Show } from '../show.ts'

export type KeepingNeeds = Pick<Goods, 'catalog'> &
  Pick<People, 'files' | 'shop'> &
  Pick<Show, 'live' | 'chat' | 'showcase'> &
  Pick<Providers, 'recordingSpool' | 'recordingStore' | 'storage'>

export type Keeping = ReturnType<typeof composeKeeping>

/** What is left of a show: its recording, and what is made of it. */
export function composeKeeping(base: Base, needs: KeepingNeeds) {
  const { database, clock, log, config, deriveKey } = base
  const { live, chat, showcase, catalog, recordingSpool, recordingStore } = needs
  const { files, shop, storage } = needs
  const recording = createRecordings({
    ...{ database, clock, log, live, showcase, catalog },
    commentsOf: chat.saidIn,
    spool: recordingSpool,
    store: recordingStore,
    cacheDirectory: join(config.KAIBO_DATA_DIR, 'cache', 'recordings'),
    secret: deriveKey('replay'),
    originOf: host => originAt(config, host),
    isOptional: config.KAIBO_RECORDING_OPTIONAL,
    keep: { show: config.KAIBO_KEEP_SHOW_DAYS, trade: config.KAIBO_KEEP_TRADE_DAYS },
  })
  const clip = createClip({
    ...{ database, log, live, shop, catalog, showcase, recording, files, storage },
    workDir: join(config.KAIBO_DATA_DIR, 'cache', 'clips'),
  })
  return { recording, clip }
}
