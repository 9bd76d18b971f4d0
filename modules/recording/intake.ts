import { recordingReady } from '@kaibo/contract/media/recording'
import type { Tx } from '@kaibo/db/database'
import { reasonOf } from '@kaibo/db/log'
import { publish } from '@kaibo/db/outbox'
import { minuteMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { RecordingNeeds, SpoolFolder, SpoolPiece } from './needs.ts'
import * as store from './store.ts'

/** A piece as the media process tells it, at least once. */
export type RecordedPiece = SpoolPiece & { readonly liveId: Id; readonly folder: string }

/** Sessions that one look counts. */
const makingMax = 20
/** A media process that stays silent so long will not say more: the replay is of what is known. */
const silentMaxMs = 10 * minuteMs

/** Keeps what was told; a piece that is told again changes nothing. */
export async function pieceTold(needs: RecordingNeeds, told: RecordedPiece): Promise<void> {
  const { liveId, folder, ...piece } = told
  await adopt(needs, liveId, { name: folder, isOpen: true, pieces: [piece] })
}

/** Keeps pieces of a session, and moves its recording on. */
async function adopt(
  { database, live }: RecordingNeeds,
  liveId: Id,
  folder: SpoolFolder,
): Promise<void> {
  await database.tx(async tx => {
    const facts = await live.facts(tx, liveId)
    if (!facts) return
    await store.lock(tx, { liveId, shopId: facts.shopId })
    const row = await store.byId(tx, liveId)
    if (row?.state === 'expired') return store.unclear(tx, liveId)
    await store.addPieces(tx, { liveId, folder: folder.name }, folder.pieces)
    if (facts.state === 'ended') await end(tx, liveId, facts.endedAt)
    else await store.move(tx, liveId, 'record')
  })
}

async function end(tx: Tx, liveId: Id, endedAt: Date | null): Promise<void> {
  if (await store.move(tx, liveId, 'end')) await store.noteEnd(tx, liveId, endedAt)
}

/** A session ended, and what was recorded of it is counted next; or it goes on after its end. */
export async function sessionMoved(
  { live }: Pick<RecordingNeeds, 'live'>,
  tx: Tx,
  liveId: Id,
): Promise<void> {
  const facts = await live.facts(tx, liveId)
  if (!facts?.startedAt) return
  if (facts.state !== 'ended') return void (await store.move(tx, liveId, 'resume'))
  await store.lock(tx, { liveId, shopId: facts.shopId })
  await end(tx, liveId, facts.endedAt)
}

/** Makes replays of the sessions that ended, as soon as the media process has written their last piece. */
export async function finishDue(needs: RecordingNeeds): Promise<void> {
  for (const { liveId, endedAt } of await store.making(needs.database.db, makingMax)) {
    const folder = await needs.spool.find(liveId).catch((error: unknown) => {
      needs.log.warn({ liveId, reason: reasonOf(error) }, 'a recording cannot be counted yet')
      return undefined
    })
    const isOverdue = needs.clock.now().getTime() - (endedAt?.getTime() ?? 0) > silentMaxMs
    if (folder?.isOpen || (folder === undefined && !isOverdue)) continue
    await finish(needs, liveId, folder ?? null)
  }
}

async function finish(
  { database }: RecordingNeeds,
  liveId: Id,
  folder: SpoolFolder | null,
): Promise<void> {
  await database.tx(async tx => {
    if (folder) await store.addPieces(tx, { liveId, folder: folder.name }, folder.pieces)
    const row = await store.byId(tx, liveId)
    if (row?.durationMs === 0) return void (await store.move(tx, liveId, 'lose'))
    if (!row || !(await store.move(tx, liveId, 'finish'))) return
    await publish(tx, recordingReady, { liveId, shopId: row.shopId })
  })
}

/** Finds recordings that were never told, because a process was killed or a database restored. */
export async function scan(needs: RecordingNeeds): Promise<void> {
  const streamIds = await needs.spool.streamIds().catch(() => [])
  for (const liveId of await store.unknownIds(needs.database.db, streamIds)) {
    const folder = await needs.spool.find(liveId).catch(() => null)
    if (folder && folder.pieces.length > 0) await adopt(needs, liveId, folder)
  }
}
