import type { FileReply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ClipCard } from '@kaibo/contract/media/clip'
import type { DownloadState } from '@kaibo/contract/media/clip-life'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { downloadableOf } from './footage.ts'
import type { ClipNeeds } from './needs.ts'
import * as store from './store.ts'
import { cardsOf } from './views.ts'
import { downloadKeyOf, videoKeyOf } from './worker.ts'

type Shown = { shopId?: Id; liveId?: Id; productId?: Id }

/** Published clips, newest first. */
export async function highlights(
  needs: ClipNeeds,
  { shopId, liveId, productId, ...page }: Shown & PageQuery,
): Promise<Page<ClipCard>> {
  const { db } = needs.database
  const of = {
    ...(shopId && { shopId }),
    ...(liveId && { liveId }),
    ...(productId && { productId }),
  }
  const { items, next } = await store.pageOfPublished(db, of, page)
  return { items: await cardsOf(needs, db, items), next }
}

/** The clip itself; before it is published for people of its shop alone. Throws `clip.not_found`. */
export async function video(needs: ClipNeeds, actor: Actor, id: Id): Promise<FileReply> {
  const clip = await store.clipById(needs.database.db, id)
  const isOwn = actor.kind === 'user' && actor.shops.some(shop => shop.shopId === clip?.shopId)
  if (clip?.state !== 'ready' || !(clip.publishedAt || isOwn)) throw fail('clip.not_found')
  return readMp4(needs, videoKeyOf(id))
}

/** Begins to make a copy for viewers, once. Throws `clip.not_found`, `clip.no_download`. */
export async function askDownload(needs: ClipNeeds, id: Id): Promise<{ state: DownloadState }> {
  await requireDownloadable(needs, id)
  return needs.database.tx(async tx => {
    await store.queueDownload(tx, id)
    return { state: (await store.clipById(tx, id))?.downloadState ?? 'none' }
  })
}

/** The copy for viewers. Throws `clip.not_found`, `clip.no_download`, `clip.not_ready`. */
export async function download(needs: ClipNeeds, id: Id): Promise<FileReply> {
  const clip = await requireDownloadable(needs, id)
  if (clip.downloadState !== 'ready') throw fail('clip.not_ready')
  return { ...(await readMp4(needs, downloadKeyOf(id))), fileName: `${clip.title}.mp4` }
}

async function requireDownloadable(needs: ClipNeeds, id: Id): Promise<store.ClipRow> {
  const { db } = needs.database
  const clip = await store.clipById(db, id)
  if (clip?.state !== 'ready' || !clip.publishedAt) throw fail('clip.not_found')
  const allowed = await downloadableOf(needs, db, [clip.liveId])
  if (!allowed.has(clip.liveId)) throw fail('clip.no_download')
  return clip
}

async function readMp4({ storage }: ClipNeeds, key: string): Promise<FileReply> {
  const bytes = await storage.get(key)
  if (!bytes) throw fail('clip.not_found')
  return { bytes, contentType: 'video/mp4' }
}
