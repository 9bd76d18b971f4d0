import type { Clip, ClipCard } from '@kaibo/contract/media/clip'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { downloadableOf } from './footage.ts'
import type { ClipNeeds } from './needs.ts'
import type { ClipRow } from './store.ts'

type FileNeeds = Pick<ClipNeeds, 'files'>

const videoUrlOf = (id: Id): string => `/api/clips/${id}/video`
const posterUrlOf = ({ files }: FileNeeds, { posterFileId }: ClipRow) =>
  posterFileId && files.urlOf(posterFileId)

export const clipOf = (needs: FileNeeds, clip: ClipRow): Clip => ({
  id: clip.id,
  liveId: clip.liveId,
  title: clip.title,
  productId: clip.productId,
  fromMs: clip.fromMs,
  toMs: clip.toMs,
  mode: clip.mode,
  state: clip.state,
  failure: clip.failure,
  durationMs: clip.durationMs,
  bytes: clip.byteCount,
  videoUrl: clip.state === 'ready' ? videoUrlOf(clip.id) : null,
  posterUrl: posterUrlOf(needs, clip),
  isPublished: clip.publishedAt !== null,
  createdAt: clip.createdAt.toISOString(),
})

/** Published clips with their products: two queries for all of them. */
export async function cardsOf(
  needs: Pick<ClipNeeds, 'files' | 'catalog' | 'recording'>,
  db: Db,
  clips: readonly ClipRow[],
): Promise<ClipCard[]> {
  const productIds = [...new Set(clips.flatMap(({ productId }) => productId ?? []))]
  const liveIds = [...new Set(clips.map(({ liveId }) => liveId))]
  const [products, downloadable] = await Promise.all([
    needs.catalog.cardsByIds(db, productIds),
    downloadableOf(needs, db, liveIds),
  ])
  const productOf = new Map(products.map(product => [product.id, product]))
  return clips.map(clip => ({
    id: clip.id,
    liveId: clip.liveId,
    title: clip.title,
    fromMs: clip.fromMs,
    durationMs: clip.durationMs ?? clip.toMs - clip.fromMs,
    videoUrl: videoUrlOf(clip.id),
    posterUrl: posterUrlOf(needs, clip),
    product: (clip.productId && productOf.get(clip.productId)) || null,
    mayDownload: downloadable.has(clip.liveId),
  }))
}
