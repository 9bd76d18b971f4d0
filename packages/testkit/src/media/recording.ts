import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Database } from '@kaibo/db/database'
import { silentLog } from '@kaibo/db/log'
import { type Clock, systemClock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import {
  createRecordings,
  type KeepDays,
  type RecordingNeeds,
  type RecordingSpool,
  type RecordingStore,
  type Recordings,
} from '@kaibo/modules/recording'
import type { Market } from '../commerce.ts'
import { memoryStorage } from '../people.ts'
import type { Stage } from '../stage.ts'

type SpoolFolder = NonNullable<Awaited<ReturnType<RecordingSpool['find']>>>
export type SpoolPiece = SpoolFolder['pieces'][number]

/** A media process in memory, which records what it is told to. */
export type FakeSpool = RecordingSpool & {
  readonly files: Map<string, Uint8Array>
  readonly folders: Map<Id, SpoolFolder>
  state: 'ok' | 'low' | 'full'
  isDown: boolean
  /** Writes the next piece of a stream; the stream goes on. */
  record(
    liveId: Id,
    piece: { startedAt: Date; durationMs?: number; initNumber?: number },
  ): SpoolPiece
  /** The stream is over. */
  close(liveId: Id): void
}

export function createFakeSpool(): FakeSpool {
  const folders: FakeSpool['folders'] = new Map()
  const files: FakeSpool['files'] = new Map()
  const reach = () => {
    if (spool.isDown) throw new Error('the media process is down')
  }
  const spool: FakeSpool = {
    files,
    folders,
    state: 'ok',
    isDown: false,
    record(liveId, { startedAt, durationMs = 10_000, initNumber = 0 }) {
      const name = folders.get(liveId)?.name ?? randomBytes(16).toString('hex')
      const pieces = folders.get(liveId)?.pieces ?? []
      const bytes = randomBytes(100)
      const piece = {
        ...{ number: pieces.length, initNumber, startedAt: startedAt.toISOString(), durationMs },
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }
      files.set(`${name}/${piece.number}.m4s`, bytes)
      files.set(`${name}/init-${initNumber}.mp4`, Buffer.from('init'))
      folders.set(liveId, { name, isOpen: true, pieces: [...pieces, piece] })
      return piece
    },
    close(liveId) {
      const folder = folders.get(liveId)
      if (folder) folders.set(liveId, { ...folder, isOpen: false })
    },
    async find(streamId) {
      reach()
      return folders.get(streamId) ?? null
    },
    async streamIds() {
      reach()
      return [...folders.keys()]
    },
    async disk() {
      reach()
      return { state: spool.state, freeBytes: 1_000, totalBytes: 100_000 }
    },
    async get(key) {
      reach()
      return files.get(key) ?? null
    },
    pathOf: () => null,
    async remove(key) {
      reach()
      for (const name of [...files.keys()]) {
        if (name === key || name.startsWith(`${key}/`)) files.delete(name)
      }
    },
    urlOf: (key, { host }) => `http://media.${host}/replay/${key}?t=signed`,
  }
  return spool
}

/** An object store in memory. */
export const createFakeStore = (): RecordingStore & { objects: Map<string, Uint8Array> } => ({
  ...memoryStorage(),
  urlOf: async key => `https://store.example/${key}?signed`,
})

export type Keeping = { recording: Recordings; spool: FakeSpool }
type KeepingOptions = {
  clock?: Clock
  spool?: FakeSpool
  store?: RecordingStore
  keep?: KeepDays
  isOptional?: boolean
  log?: RecordingNeeds['log']
}

/** The real recordings over the rooms of a stage. */
export function createKeeping(
  database: Database,
  { market, stage }: { market: Market; stage: Stage },
  options: KeepingOptions = {},
): Keeping {
  const spool = options.spool ?? createFakeSpool()
  const recording = createRecordings({
    ...{ database, spool, live: stage.live, showcase: stage.showcase, catalog: market.catalog },
    clock: options.clock ?? systemClock,
    log: options.log ?? silentLog,
    commentsOf: stage.chat.saidIn,
    store: options.store ?? null,
    cacheDirectory: join(
      process.env.TMPDIR ?? '/tmp',
      `kaibo-cache-${randomBytes(6).toString('hex')}`,
    ),
    secret: randomBytes(32),
    originOf: host => `http://${host}`,
    isOptional: options.isOptional ?? false,
    keep: options.keep ?? { show: 60, trade: 1_096 },
  })
  return { recording, spool }
}
