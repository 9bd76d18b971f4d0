import { createHash } from 'node:crypto'
import { requirePermission } from '@kaibo/contract/core/access'
import type { FileReply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Evidence, EvidenceContext } from '@kaibo/contract/media/verdict'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { LiveFacts } from '@kaibo/modules/live'
import type { VerdictNeeds } from './needs.ts'
import * as store from './store/verdict.ts'
import { verdictViews } from './views.ts'

const commentsMax = 50

/** What is kept for a verdict: pictures with their hashes, and what stands in and around the room. */
export async function gather(
  needs: VerdictNeeds,
  room: LiveFacts,
  pictureId: Id | null,
): Promise<{ frames: store.FrameRow[]; context: EvidenceContext }> {
  const { db } = needs.database
  const { id: liveId } = room
  const [{ frames, findings, alerts }, cards, bag, comments] = await Promise.all([
    needs.sceneOf(db, { liveId, pictureId }),
    needs.live.cardsByIds(db, [liveId]),
    needs.showcase.bagOf(db, liveId),
    needs.chat.lastOf(db, liveId, commentsMax),
  ])
  const card = cards.get(liveId)
  const context = {
    title: card?.title ?? '',
    category: card?.category ?? '',
    hostId: room.hostId,
    onlineCount: card?.onlineCount ?? 0,
    startedAt: room.startedAt?.toISOString() ?? null,
    findings,
    alerts,
    products: bag.items.map(({ product }) => ({
      id: product.id,
      title: product.title,
      priceFen: product.priceFromFen,
    })),
    comments: comments.map(({ authorId, text, createdAt }) => ({
      authorId,
      text,
      at: createdAt.toISOString(),
    })),
  }
  const hashOf = (jpeg: Buffer) => createHash('sha256').update(jpeg).digest('hex')
  return { context, frames: frames.map(each => ({ ...each, sha256: hashOf(each.jpeg) })) }
}

/** A verdict with everything that is kept of it. Throws `verdict.not_found`. */
export async function evidence(needs: VerdictNeeds, actor: Actor, id: Id): Promise<Evidence> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const row = await store.byId(db, id)
  if (!row) throw fail('verdict.not_found')
  const [[verdict], context, frames] = await Promise.all([
    verdictViews(needs, db, [row]),
    store.contextOf(db, id),
    store.frameFactsOf(db, id),
  ])
  return {
    verdict: must(verdict, 'one row gives one view'),
    context,
    frames,
    keepUntil: row.keepUntil.toISOString(),
  }
}

/** A picture of the evidence. Throws `verdict.not_found`. */
export async function frame(
  { database }: VerdictNeeds,
  actor: Actor,
  at: { id: Id; place: number },
): Promise<FileReply> {
  requirePermission(actor, 'platform.read')
  const bytes = await store.frameAt(database.db, at)
  if (!bytes) throw fail('verdict.not_found')
  return { bytes, contentType: 'image/jpeg' }
}

/**
 * The evidence in one file that needs no other: JSON with the pictures in base64, each with the hash
 * that was taken when the verdict fell. Throws `verdict.not_found`.
 */
export async function exportCase(needs: VerdictNeeds, actor: Actor, id: Id): Promise<FileReply> {
  const { frames, ...kept } = await evidence(needs, actor, id)
  const pictures = await Promise.all(
    frames.map(async facts => {
      const jpeg = await store.frameAt(needs.database.db, { id, place: facts.place })
      return { ...facts, jpegBase64: jpeg?.toString('base64') ?? null }
    }),
  )
  const text = JSON.stringify({ ...kept, pictures }, null, 2)
  return {
    bytes: Buffer.from(text),
    contentType: 'application/json',
    fileName: `evidence-${id}.json`,
  }
}
