import { fail } from '@kaibo/contract/core/fail'
import {
  type Replay,
  type ReplayComment,
  type ReplayProduct,
  replayCommentsMax,
  replayCommentsSpanMaxMs,
} from '@kaibo/contract/media/recording'
import type { ReplayState } from '@kaibo/contract/media/recording-life'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveFacts } from '@kaibo/modules/live'
import type { RecordingNeeds } from './needs.ts'
import { playOf } from './playlist.ts'
import { spanOf, type Timeline, timelineOf } from './rules.ts'
import * as store from './store.ts'

const nothing = { durationMs: 0, play: null, products: [], mayDownload: false }

/** The replay of a session as viewers see it who reached us at `host`. Throws `live.not_found`. */
export async function replay(
  needs: RecordingNeeds,
  { id: liveId, host }: { id: Id; host: string },
): Promise<Replay> {
  const { db } = needs.database
  const facts = await needs.live.facts(db, liveId)
  if (!facts) throw fail('live.not_found')
  const row = await store.byId(db, liveId)
  const state = shownState(facts, row)
  if (!row || state !== 'ready') return { liveId, state, ...nothing }
  const timeline = timelineOf(await store.piecesOf(db, liveId))
  return {
    liveId,
    state,
    durationMs: timeline.durationMs,
    play: playOf(needs, { liveId, host }),
    products: await productsOf(needs, db, { liveId, timeline }),
    mayDownload: row.mayDownload,
  }
}

/** What the platform stopped, and what its shop does not show, is not there for viewers. */
const shownState = ({ stopReason }: LiveFacts, row: store.RecordingRow | undefined): ReplayState =>
  !row?.isPublic || stopReason !== null || row.state === 'recording' ? 'none' : row.state

/** Whether viewers may see this replay now; of these sessions those that they may. */
export async function shownIdsOf(needs: RecordingNeeds, db: Db, liveIds: readonly Id[]) {
  const shopIds = new Map<Id, Id>()
  if (liveIds.length === 0) return shopIds
  for (const row of await store.byIds(db, liveIds)) {
    const facts = await needs.live.facts(db, row.liveId)
    if (facts && shownState(facts, row) === 'ready') shopIds.set(row.liveId, row.shopId)
  }
  return shopIds
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
 * What was written in a stretch of a replay, oldest first. Throws `live.not_found`,
 * `recording.not_ready`, and `request.invalid` for a stretch that is too long or none.
 */
export async function comments(
  needs: RecordingNeeds,
  { id: liveId, fromMs, toMs }: { id: Id; fromMs: number; toMs: number },
): Promise<{ items: ReplayComment[] }> {
  const { db } = needs.database
  const facts = await needs.live.facts(db, liveId)
  if (!facts) throw fail('live.not_found')
  if (toMs < fromMs || toMs - fromMs > replayCommentsSpanMaxMs)
    throw fail('request.invalid', { field: 'toMs' })
  if (shownState(facts, await store.byId(db, liveId)) !== 'ready') throw fail('recording.not_ready')
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
