import { requirePermission, requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  type Replay,
  type ReplayCard,
  type ReplayComment,
  type ReplayProduct,
  replayCommentsMax,
  replayCommentsSpanMaxMs,
} from '@kaibo/contract/media/recording'
import { spanOf, type Timeline, timelineOf } from '@kaibo/contract/media/timeline'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { RecordingNeeds } from './needs.ts'
import { audienceOf, playOf } from './playlist.ts'
import { type Audience, stateFor } from './rules.ts'
import * as store from './store.ts'

const nothing = { durationMs: 0, play: null, products: [], mayDownload: false }

/** The replay of a session as viewers see it who reached us at `host`. Throws `live.not_found`. */
export async function replay(
  needs: RecordingNeeds,
  { id: liveId, host, audience }: { id: Id; host: string; audience: Audience },
): Promise<Replay> {
  const { db } = needs.database
  const facts = await needs.live.facts(db, liveId)
  if (!facts) throw fail('live.not_found')
  const row = await store.byId(db, liveId)
  const state = stateFor(audience, facts, row)
  if (!row || state !== 'ready') return { liveId, state, ...nothing }
  const timeline = timelineOf(await store.piecesOf(db, liveId))
  return {
    liveId,
    state,
    durationMs: timeline.durationMs,
    play: playOf(needs, { liveId, host, audience }),
    products: await productsOf(needs, db, { liveId, timeline }),
    mayDownload: row.mayDownload,
  }
}

/** The replay of a session of my shop, also one that the shop hides. Throws `live.not_found`. */
export async function preview(
  needs: RecordingNeeds,
  actor: Actor,
  { shopId, id, host }: { shopId: Id; id: Id; host: string },
): Promise<Replay> {
  requireShop(actor, 'live.read', shopId)
  const owner = (await needs.live.shopIdsOf(needs.database.db, [id])).get(id)
  if (owner !== shopId) throw fail('live.not_found')
  return replay(needs, { id, host, audience: 'shop' })
}

/** The replay of any session, also one that the platform stopped. Throws `live.not_found`. */
export function watch(needs: RecordingNeeds, actor: Actor, at: { id: Id; host: string }) {
  requirePermission(actor, 'platform.read')
  return replay(needs, { ...at, audience: 'platform' })
}

/** Whether viewers may see this replay now; of these sessions those that they may. */
export async function shownIdsOf(needs: RecordingNeeds, db: Db, liveIds: readonly Id[]) {
  const shopIds = new Map<Id, Id>()
  if (liveIds.length === 0) return shopIds
  const facts = await needs.live.factsByIds(db, liveIds)
  for (const row of await store.byIds(db, liveIds)) {
    const session = facts.get(row.liveId)
    if (session && stateFor('public', session, row) === 'ready') shopIds.set(row.liveId, row.shopId)
  }
  return shopIds
}

/** Replays that viewers may see, newest first. What the platform stopped makes a page shorter. */
export async function shown(
  { database, live }: Pick<RecordingNeeds, 'database' | 'live'>,
  query: PageQuery & { shopId?: Id | undefined },
): Promise<Page<ReplayCard>> {
  const { db } = database
  const { items, next } = await store.pageShown(db, query)
  const liveIds = items.map(({ liveId }) => liveId)
  const [facts, cards] = await Promise.all([
    live.factsByIds(db, liveIds),
    live.cardsByIds(db, liveIds),
  ])
  const replays = items.flatMap(({ liveId, durationMs }) => {
    const [session, card] = [facts.get(liveId), cards.get(liveId)]
    return session && card && session.stopReason === null ? [{ live: card, durationMs }] : []
  })
  return { items: replays, next }
}

/** Products of a session on the time line: explained ones first, then the rest of the bag. */
export async function productsOf(
  { showcase, catalog }: RecordingNeeds,
  db: Db,
  { liveId, timeline }: { liveId: Id; timeline: Timeline },
): Promise<ReplayProduct[]> {
  const [bag, marks] = await Promise.all([
    showcase.bagOf(db, liveId),
    showcase.explainsOf(db, liveId),
  ])
  const products = new Map<Id, ReplayProduct>(
    bag.items.map(({ number, product }) => [product.id, { number, product, explains: [] }]),
  )
  const goneIds = [...new Set(marks.map(mark => mark.productId))].filter(id => !products.has(id))
  for (const product of await catalog.cardsByIds(db, goneIds)) {
    products.set(product.id, { number: null, product, explains: [] })
  }
  for (const { productId, startedAt, seconds } of marks) {
    const from = new Date(startedAt)
    const span = spanOf(timeline, { from, to: new Date(from.getTime() + seconds * 1_000) })
    if (span) products.get(productId)?.explains.push(span)
  }
  const firstMs = ({ explains }: ReplayProduct) => explains[0]?.fromMs ?? Number.POSITIVE_INFINITY
  const isOfShow = (product: ReplayProduct) => product.number !== null || product.explains[0]
  // The sort is stable, so the rest stays in the order of the bag.
  return [...products.values()].filter(isOfShow).sort((a, b) => firstMs(a) - firstMs(b) || 0)
}

/**
 * What was written in a stretch of a replay, oldest first; of a hidden one for who has its address, of
 * which `t` is a part. Throws `live.not_found`,
 * `recording.not_ready`, and `request.invalid` for a stretch that is too long or none.
 */
export async function comments(
  needs: RecordingNeeds,
  { id: liveId, fromMs, toMs, t }: { id: Id; fromMs: number; toMs: number; t?: string | undefined },
): Promise<{ items: ReplayComment[] }> {
  const { db } = needs.database
  const facts = await needs.live.facts(db, liveId)
  if (!facts) throw fail('live.not_found')
  if (toMs < fromMs || toMs - fromMs > replayCommentsSpanMaxMs)
    throw fail('request.invalid', { field: 'toMs' })
  const audience = audienceOf(needs, { liveId, token: t ?? '' }) ?? 'public'
  const row = await store.byId(db, liveId)
  if (stateFor(audience, facts, row) !== 'ready') throw fail('recording.not_ready')
  const timeline = timelineOf(await store.piecesOf(db, liveId))
  const said = await needs.commentsOf(db, {
    liveId,
    from: timeline.wallClockOf(fromMs),
    to: timeline.wallClockOf(toMs),
    limit: replayCommentsMax,
    withHidden: false,
  })
  const items = said.map(({ comment }) => ({
    atMs: Math.round(timeline.replayMsOf(new Date(comment.at))),
    comment,
  }))
  return { items }
}
