import { requirePermission } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type CaseFile, type CasePiece, replayCommentsMax } from '@kaibo/contract/media/recording'
import { type Timeline, timelineOf } from '@kaibo/contract/media/timeline'
import type { Db } from '@kaibo/db/database'
import { dayMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { RecordingNeeds, Wish } from '../needs.ts'
import { addressBook } from '../playlist.ts'
import { productsOf } from '../replay.ts'
import { initKey, pieceKey } from '../rules.ts'
import * as store from '../store.ts'
import { holdsOf } from './hold-store.ts'
import { holdView, viewOf } from './keep.ts'

/** Long enough to fetch everything from another machine. */
const addressMs = 7 * dayMs

/**
 * Everything that is kept of a session, for a case: files with their hashes and addresses, products,
 * holds, and what was written, removed comments too. Throws `recording.not_found`.
 */
export async function caseFile(
  needs: RecordingNeeds,
  actor: Actor,
  of: { id: Id; commentsFromMs: number; host: string },
): Promise<CaseFile> {
  requirePermission(actor, 'platform.manage')
  const { db } = needs.database
  const row = await store.byId(db, of.id)
  if (!row?.folder || row.state === 'expired') throw fail('recording.not_found')
  const pieces = await store.piecesOf(db, of.id)
  const timeline = timelineOf(pieces)
  const addressesUntil = new Date(needs.clock.now().getTime() + addressMs)
  const [said, recording, products, holds] = await Promise.all([
    commentsOf(needs, db, { ...of, timeline }),
    viewOf(needs, db, row),
    productsOf(needs, db, { liveId: of.id, timeline }),
    holdsOf(db, of.id),
  ])
  return {
    recording,
    madeAt: needs.clock.now().toISOString(),
    pieces: await piecesOf(needs, {
      ...{ folder: row.folder, host: of.host, expiresAt: addressesUntil, pieces, timeline },
    }),
    addressesUntil: addressesUntil.toISOString(),
    products,
    ...said,
    holds: holds.map(holdView),
  }
}

async function commentsOf(
  needs: RecordingNeeds,
  db: Db,
  { id: liveId, commentsFromMs, timeline }: { id: Id; commentsFromMs: number; timeline: Timeline },
): Promise<Pick<CaseFile, 'comments' | 'nextCommentsFromMs'>> {
  const said = await needs.commentsOf(db, {
    liveId,
    // From the first moment on: what was written before the picture began belongs to the case.
    from: commentsFromMs === 0 ? new Date(0) : timeline.wallClockOf(commentsFromMs),
    to: needs.clock.now(),
    limit: replayCommentsMax,
    withHidden: true,
  })
  const comments = said.map(({ comment, originalText }) => ({
    atMs: Math.round(timeline.replayMsOf(new Date(comment.at))),
    comment,
    originalText,
  }))
  const lastMs = comments.at(-1)?.atMs ?? 0
  const isFull = comments.length === replayCommentsMax && lastMs > commentsFromMs
  return { comments, nextCommentsFromMs: isFull ? lastMs : null }
}

async function piecesOf(
  needs: RecordingNeeds,
  of: Wish & { folder: string; pieces: readonly store.PieceRow[]; timeline: Timeline },
): Promise<CasePiece[]> {
  const urlOf = addressBook(needs, of)
  return Promise.all(
    of.pieces.map(async ({ number, initNumber, isMoved, startedAt, ...piece }, at) => ({
      ...piece,
      key: pieceKey(of.folder, number),
      initKey: initKey(of.folder, initNumber),
      url: await urlOf(pieceKey(of.folder, number), isMoved),
      initUrl: await urlOf(initKey(of.folder, initNumber), isMoved),
      startedAt: startedAt.toISOString(),
      atMs: of.timeline.startsMs[at] ?? 0,
    })),
  )
}
