import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Clip, ClipSuggestion } from '@kaibo/contract/media/clip'
import { type ClipMode, clipsMax } from '@kaibo/contract/media/clip-life'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { explainsOf, filmOf } from './footage.ts'
import type { ClipNeeds } from './needs.ts'
import { decideSpan, suggestionsOf } from './rules.ts'
import * as store from './store.ts'
import { clipOf } from './views.ts'
import { downloadKeyOf, videoKeyOf } from './worker.ts'

type Owned = { shopId: Id; id: Id }
type Place = { shopId: Id; liveId: Id }

/** Clips of a session, and explanations that no clip shows yet. Throws `live.not_found`. */
export async function list(
  needs: ClipNeeds,
  actor: Actor,
  place: Place,
): Promise<{ items: Clip[]; suggestions: ClipSuggestion[] }> {
  requireShop(actor, 'live.read', place.shopId)
  const { db } = needs.database
  await requireLive(needs, db, place)
  const [clips, film, explains] = await Promise.all([
    store.clipsOfLive(db, place.liveId),
    filmOf(needs, db, place.liveId),
    explainsOf(needs, db, place.liveId),
  ])
  return {
    items: clips.map(clip => clipOf(needs, clip)),
    suggestions: film.isReady ? suggestionsOf(explains, clips) : [],
  }
}

export type Wanted = Place & {
  id: Id
  title: string
  productId: Id | null
  fromMs: number
  toMs: number
  mode: ClipMode
}

/**
 * Queues a clip; the same call again answers with it. Throws `live.not_found`, `recording.stopped`,
 * `recording.not_ready`, `clip.span_invalid`, `clip.too_many`, `product.not_found`, or `clip.not_found` for an id that is
 * another session's.
 */
export async function create(needs: ClipNeeds, actor: Actor, wanted: Wanted): Promise<Clip> {
  requireShop(actor, 'live.host', wanted.shopId)
  return needs.database.tx(async tx => {
    await requireLive(needs, tx, wanted)
    const film = await filmOf(needs, tx, wanted.liveId)
    if (film.isStopped) throw fail('recording.stopped')
    if (!film.isReady) throw fail('recording.not_ready')
    decideSpan(wanted, film)
    await requireProduct(needs, tx, wanted)
    await store.lockLive(tx, wanted.liveId)
    const known = await store.clipsOfLive(tx, wanted.liveId)
    if (!known.some(({ id }) => id === wanted.id)) {
      if (known.length >= clipsMax) throw fail('clip.too_many', { clipsMax })
      if (await store.clipById(tx, wanted.id)) throw fail('clip.not_found')
      await store.insertClip(tx, wanted)
    }
    return viewAt(needs, tx, wanted)
  })
}

/**
 * Renames a clip, gives it to a product, shows it or takes it back. Throws `clip.not_found`,
 * `clip.not_ready`, `product.not_found`.
 */
export async function update(
  needs: ClipNeeds,
  actor: Actor,
  { shopId, id, ...edit }: Owned & store.ClipEdit,
): Promise<Clip> {
  requireShop(actor, 'live.host', shopId)
  return needs.database.tx(async tx => {
    const clip = await viewAt(needs, tx, { shopId, id })
    if (edit.isPublished && clip.state !== 'ready') throw fail('clip.not_ready')
    await requireProduct(needs, tx, { shopId, productId: edit.productId ?? null })
    await store.editClip(tx, { shopId, id }, edit)
    return viewAt(needs, tx, { shopId, id })
  })
}

/** Queues a clip again that failed. Throws `clip.not_found`. */
export async function again(
  needs: ClipNeeds,
  actor: Actor,
  { shopId, id, mode }: Owned & { mode: ClipMode },
): Promise<Clip> {
  requireShop(actor, 'live.host', shopId)
  return needs.database.tx(async tx => {
    await store.queueAgain(tx, { shopId, id }, mode)
    return viewAt(needs, tx, { shopId, id })
  })
}

/** Removes a clip and its bytes. Throws `clip.not_found`. */
export async function remove(needs: ClipNeeds, actor: Actor, at: Owned): Promise<void> {
  requireShop(actor, 'live.host', at.shopId)
  if (!(await needs.database.tx(tx => store.deleteClip(tx, at)))) throw fail('clip.not_found')
  for (const key of [videoKeyOf(at.id), downloadKeyOf(at.id)]) await needs.storage.delete(key)
}

async function requireLive({ live }: ClipNeeds, db: Db, { shopId, liveId }: Place): Promise<void> {
  if ((await live.facts(db, liveId))?.shopId !== shopId) throw fail('live.not_found')
}

/** A clip shows on a page of its own shop. */
async function requireProduct(
  { catalog }: ClipNeeds,
  db: Db,
  { shopId, productId }: { shopId: Id; productId: Id | null },
): Promise<void> {
  if (!productId) return
  const [card] = await catalog.cardsByIds(db, [productId])
  if (card?.shopId !== shopId) throw fail('product.not_found')
}

async function viewAt(needs: ClipNeeds, db: Db, { shopId, id }: Owned): Promise<Clip> {
  const clip = await store.clipById(db, id)
  if (clip?.shopId !== shopId) throw fail('clip.not_found')
  return clipOf(needs, clip)
}
