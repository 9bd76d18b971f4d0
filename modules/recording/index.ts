import type { Handlers } from '@kaibo/contract/core/handlers'
import type { ReplaySpan } from '@kaibo/contract/media/recording'
import type { recordingApi } from '@kaibo/contract/media/recording-api'
import { spanOf, timelineOf } from '@kaibo/contract/media/timeline'
import { liveMoved } from '@kaibo/contract/show/live'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { type OrderMoved, orderCompleted, orderPaid } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { fileOf } from './files/local-files.ts'
import { moveAway } from './files/transfer.ts'
import { finishDue, pieceTold, type RecordedPiece, scan, sessionMoved } from './intake.ts'
import { check } from './keep/check.ts'
import { expireDue, relieveDisk, spare } from './keep/keep.ts'
import type { RecordingNeeds } from './needs.ts'
import { shownIdsOf } from './replay.ts'
import { createHandlers } from './routes.ts'
import { initKey, pieceKey } from './rules.ts'
import * as store from './store.ts'

export type { RecordedPiece } from './intake.ts'
export type {
  KeepDays,
  RecordingNeeds,
  RecordingSpool,
  RecordingStore,
  SaidThen,
  SpoolFolder,
} from './needs.ts'

/** A file of a recording and its place on both time lines; it begins with a key frame. */
export type RecordingPiece = Omit<store.PieceRow, 'initNumber' | 'isMoved'> & {
  liveId: Id
  /** Where it begins in the replay. */
  atMs: number
  key: string
  /** What it is decoded with: init segment and pieces that share it, in a row, are an fMP4. */
  initKey: string
}
export type RecordingFacts = store.Setting &
  Pick<store.RecordingRow, 'state' | 'durationMs' | 'shopId'>

export type Recordings = {
  readonly handlers: Handlers<typeof recordingApi>
  readonly subscribers: readonly Subscriber[]
  /** What the media process tells, at least once. */
  pieceTold(piece: RecordedPiece): Promise<void>
  /** Whether a session is to be recorded. */
  records(db: Db, liveId: Id): Promise<boolean>
  /** Records nothing of a session, whatever shops may choose. */
  spare(live: { liveId: Id; shopId: Id }): Promise<void>
  /** What is known of these sessions; those of which nothing is are missing. */
  factsByIds(db: Db, liveIds: readonly Id[]): Promise<Map<Id, RecordingFacts>>
  /** The pieces that a stretch of a replay touches, in order. */
  piecesOf(db: Db, liveId: Id, span: ReplaySpan): Promise<RecordingPiece[]>
  /** Stretches of wall clock on the time line of a replay; undefined = not recorded. */
  spansOf(
    db: Db,
    liveId: Id,
    spans: readonly { from: Date; to: Date }[],
  ): Promise<(ReplaySpan | undefined)[]>
  /** The path of a file of a recording, fetched first when it lies elsewhere. */
  fileOf(key: string): Promise<string>
  /** The shops of the replays among these that viewers may see: what may be bought from them. */
  shopIdsOfShown(db: Db, liveIds: readonly Id[]): Promise<Map<Id, Id>>
  /** Whether recordings are what their pieces are, and every replay was made. */
  check(db: Db): Promise<CheckReport>
  finishDue(): Promise<void>
  scan(): Promise<void>
  moveAway(): Promise<void>
  expireDue(): Promise<void>
  relieveDisk(): Promise<void>
  /** Declares what is done in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

/** Well within the ten seconds in which a replay is to be there. */
const finishEverySec = 2

/** Recordings 录像 of sessions: replays, how long they are kept, and holds. */
export function createRecordings(needs: RecordingNeeds): Recordings {
  const upkeep = {
    finishDue: () => finishDue(needs),
    scan: () => scan(needs),
    moveAway: () => moveAway(needs),
    expireDue: () => expireDue(needs),
    relieveDisk: () => relieveDisk(needs),
  }
  return {
    handlers: createHandlers(needs),
    subscribers: subscribersOf(needs),
    pieceTold: piece => pieceTold(needs, piece),
    records: async (db, liveId) => (await store.byId(db, liveId))?.records ?? true,
    spare: live => spare(needs, live),
    async factsByIds(db, liveIds) {
      const rows = await store.byIds(db, liveIds)
      return new Map(rows.map(row => [row.liveId, row]))
    },
    piecesOf,
    async spansOf(db, liveId, spans) {
      const timeline = timelineOf(await store.piecesOf(db, liveId))
      return spans.map(span => spanOf(timeline, span))
    },
    fileOf: key => fileOf(needs, key),
    shopIdsOfShown: (db, liveIds) => shownIdsOf(needs, db, liveIds),
    check,
    ...upkeep,
    work(jobs) {
      jobs.every('recording.finish', finishEverySec, upkeep.finishDue)
      jobs.every('recording.scan', '*/10 * * * *', upkeep.scan)
      jobs.every('recording.move', '* * * * *', upkeep.moveAway)
      jobs.every('recording.relieve_disk', '* * * * *', upkeep.relieveDisk)
      jobs.every('recording.expire', '17 * * * *', upkeep.expireDue)
    },
  }
}

async function piecesOf(db: Db, liveId: Id, span: ReplaySpan): Promise<RecordingPiece[]> {
  const row = await store.byId(db, liveId)
  const folder = row?.folder
  if (!folder || row.state === 'expired') return []
  const pieces = await store.piecesOf(db, liveId)
  const { startsMs } = timelineOf(pieces)
  return pieces.flatMap(({ initNumber, isMoved: _isMoved, ...piece }, at) => {
    const atMs = startsMs[at] ?? 0
    if (atMs >= span.toMs || atMs + piece.durationMs <= span.fromMs) return []
    const keys = { key: pieceKey(folder, piece.number), initKey: initKey(folder, initNumber) }
    return { ...piece, ...keys, liveId, atMs }
  })
}

const subscribersOf = (needs: RecordingNeeds): Subscriber[] => {
  /** An order from a session or its replay moved: the session is one that sold. */
  const handle = async (tx: Tx, { source }: OrderMoved) => {
    if ((source.kind !== 'live' && source.kind !== 'video') || source.id === null) return
    const shopId = (await needs.live.shopIdsOf(tx, [source.id])).get(source.id)
    if (shopId === undefined) return
    await store.lock(tx, { liveId: source.id, shopId })
    await store.noteTrade(tx, source.id)
  }
  return [
    subscriber(liveMoved, {
      consumer: 'recording.end',
      handle: (tx, { liveId }) => sessionMoved(needs, tx, liveId),
    }),
    subscriber(orderPaid, { consumer: 'recording.on_order_paid', handle }),
    subscriber(orderCompleted, { consumer: 'recording.on_order_completed', handle }),
  ]
}
