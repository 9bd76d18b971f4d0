import { createHash } from 'node:crypto'
import { reasonOf } from '@kaibo/db/log'
import { minuteMs } from '@kaibo/kernel/clock'
import type { RecordingNeeds, RecordingStore } from '../needs.ts'
import { initKey, pieceKey } from '../rules.ts'
import * as store from '../store.ts'

/** Pieces of one look, and of one run: an hour of some sixty streams in a minute is more than a disk does. */
const batchMax = 20
const batchesMax = 50
/** A run leaves the next one some seconds. */
const runMaxMs = minuteMs - 10_000

/**
 * Moves finished pieces to the object store, if there is one. Rejects when one of both sides cannot be
 * reached; the next run goes on there. A piece that is spoiled is left where it is and holds up none.
 */
export async function moveAway(needs: RecordingNeeds): Promise<void> {
  if (!needs.store) return
  const untilMs = needs.clock.now().getTime() + runMaxMs
  let after: store.UnmovedPiece | undefined
  for (let batch = 0; batch < batchesMax; batch++) {
    const pieces = await store.unmoved(needs.database.db, { after, limit: batchMax })
    for (const piece of pieces) {
      if (needs.clock.now().getTime() > untilMs) return
      await move(needs, needs.store, piece)
    }
    if (pieces.length < batchMax) return
    after = pieces.at(-1)
  }
}

async function move(
  { database, spool, log }: RecordingNeeds,
  target: RecordingStore,
  { liveId, folder, number, initNumber, sha256 }: store.UnmovedPiece,
): Promise<void> {
  const [key, init] = [pieceKey(folder, number), initKey(folder, initNumber)]
  const [bytes, initBytes] = await Promise.all([spool.get(key), spool.get(init)])
  // A former run may have been stopped between the move and its note.
  if (!bytes && (await target.get(key))) return noteMoved()
  const found = bytes && createHash('sha256').update(bytes).digest('hex')
  if (!bytes || !initBytes || found !== sha256) {
    log.error({ liveId, key, found }, 'a recorded piece is gone, or not what was recorded')
    return
  }
  await target.put(init, initBytes)
  await target.put(key, bytes)
  await noteMoved()
  await spool.remove(key)

  async function noteMoved() {
    await database.tx(tx => store.noteMoved(tx, liveId, number))
  }
}

/** Removes the files of expired recordings, wherever they lie. */
export async function clearExpired(needs: RecordingNeeds): Promise<void> {
  const { database, spool, log } = needs
  for (const { liveId, folder } of await store.uncleared(database.db, batchMax)) {
    try {
      if (folder) {
        await spool.remove(folder)
        await removeFromStore(needs, liveId, folder)
      }
      await database.tx(tx => store.clear(tx, liveId))
    } catch (error) {
      log.warn({ liveId, reason: reasonOf(error) }, 'an expired recording is not removed yet')
    }
  }
}

async function removeFromStore(
  { database, store: target }: RecordingNeeds,
  liveId: string,
  folder: string,
): Promise<void> {
  if (!target) return
  const pieces = await store.piecesOf(database.db, liveId)
  const inits = [...new Set(pieces.map(({ initNumber }) => initNumber))]
  const keys = [
    ...pieces.map(({ number }) => pieceKey(folder, number)),
    ...inits.map(number => initKey(folder, number)),
  ]
  for (const key of keys) await target.delete(key)
}
