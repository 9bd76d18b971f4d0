import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ExplainMark } from '@kaibo/contract/show/live'
import { type Bag, bagChanged } from '@kaibo/contract/show/showcase'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Live } from '@kaibo/modules/live'
import { decideBag, explainSec, itemsOf } from './rules.ts'
import * as store from './store.ts'

export type ShowcaseNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly live: Pick<Live, 'facts'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

/** The room of a shop. */
type Place = { shopId: Id; liveId: Id }

/** The bag as everybody sees it, latecomers included. Throws `live.not_found`. */
export async function bag(needs: ShowcaseNeeds, liveId: Id): Promise<Bag> {
  if (!(await needs.live.facts(needs.database.db, liveId))) throw fail('live.not_found')
  return viewOf(needs, needs.database.db, liveId)
}

/**
 * Replaces the bag; an explanation of a product that leaves it ends. Throws `live.not_found`,
 * `live.ended`, `product.not_found`, or `showcase.changed` when somebody changed it since `version`.
 */
export async function setBag(
  needs: ShowcaseNeeds,
  actor: Actor,
  { version, productIds, ...place }: Place & { version: number; productIds: readonly Id[] },
): Promise<Bag> {
  requireShop(actor, 'showcase.manage', place.shopId)
  const { liveId, shopId } = place
  const cards = await needs.catalog.cardsByIds(needs.database.db, productIds)
  await change(needs, place, async (tx, current) => {
    decideBag(shopId, { productIds, cards })
    if (current.version !== version) throw fail('showcase.changed', { version: current.version })
    if (current.explaining && !productIds.includes(current.explaining))
      await store.endExplain(tx, liveId)
    await store.setProducts(tx, liveId, productIds)
    return 'changed'
  })
  return viewOf(needs, needs.database.db, liveId)
}

/**
 * Explains a product of the bag, or none. R40: one at a time; the one before ends with a time mark.
 * Throws `live.not_found`, `live.ended`, `showcase.not_in_bag`.
 */
export async function explain(
  needs: ShowcaseNeeds,
  actor: Actor,
  { productId, ...place }: Place & { productId: Id | null },
): Promise<Bag> {
  requireShop(actor, 'showcase.manage', place.shopId)
  const { liveId } = place
  const cards = await needs.catalog.cardsByIds(needs.database.db, productId ? [productId] : [])
  await change(needs, place, async (tx, current) => {
    const isShown = cards.length > 0 && current.productIds.includes(cards[0]?.id ?? '')
    if (productId && !isShown) throw fail('showcase.not_in_bag')
    if (current.explaining === productId) return 'same'
    await store.endExplain(tx, liveId)
    if (productId) await store.startExplain(tx, liveId, productId)
    return 'changed'
  })
  return viewOf(needs, needs.database.db, liveId)
}

/**
 * Changes the bag of a room that is not over, one change after the other, and tells everybody. The
 * room is looked at behind the lock, so that nothing changes after {@link endExplaining}.
 */
function change(
  { database, live }: ShowcaseNeeds,
  { liveId, shopId }: Place,
  decide: (tx: Tx, current: store.BagRow) => Promise<'changed' | 'same'>,
): Promise<void> {
  return database.tx(async tx => {
    await store.ensureBag(tx, { liveId, shopId })
    await store.lockBag(tx, liveId)
    const room = await live.facts(tx, liveId)
    if (room?.shopId !== shopId) throw fail('live.not_found')
    if (room.state === 'ended') throw fail('live.ended')
    const current = must(await store.bagOf(tx, liveId), 'a bag that was locked')
    if ((await decide(tx, current)) === 'same') return
    const version = await store.nextVersion(tx, liveId)
    await publish(tx, bagChanged, { liveId, shopId, version })
  })
}

/** The session ended, and with it the explanation that ran. */
export async function endExplaining({ live }: ShowcaseNeeds, tx: Tx, liveId: Id): Promise<void> {
  await store.lockBag(tx, liveId)
  const room = await live.facts(tx, liveId)
  await store.endExplain(tx, liveId, room?.endedAt)
}

/** The platform stopped the room: nothing of it is for sale any more. */
export async function emptyBag(tx: Tx, liveId: Id): Promise<void> {
  const room = await store.bagOf(tx, liveId)
  if (!room || room.productIds.length === 0) return
  await store.setProducts(tx, liveId, [])
  const version = await store.nextVersion(tx, liveId)
  await publish(tx, bagChanged, { liveId, shopId: room.shopId, version })
}

/** What was explained when, for everybody: chapters of the show. Throws `live.not_found`. */
export async function explains(
  needs: ShowcaseNeeds,
  liveId: Id,
): Promise<{ items: ExplainMark[] }> {
  const { db } = needs.database
  if (!(await needs.live.facts(db, liveId))) throw fail('live.not_found')
  return { items: await explainsOf(needs, db, liveId) }
}

/** The explanations of a session, in order, with their lengths. */
export async function explainsOf(
  { catalog, clock }: ShowcaseNeeds,
  db: Db,
  liveId: Id,
): Promise<ExplainMark[]> {
  const rows = await store.explains(db, liveId)
  const cards = await catalog.cardsByIds(db, [...new Set(rows.map(row => row.productId))])
  const titles = new Map(cards.map(card => [card.id, card.title]))
  return rows.map(row => ({
    productId: row.productId,
    title: titles.get(row.productId) ?? '',
    startedAt: row.startedAt.toISOString(),
    seconds: explainSec(row, clock.now()),
  }))
}

/** The bag as everybody sees it. */
export async function viewOf({ catalog }: ShowcaseNeeds, db: Db, liveId: Id): Promise<Bag> {
  const row = await store.bagOf(db, liveId)
  if (!row) return { version: 0, items: [], explaining: null }
  const items = itemsOf(row.productIds, await catalog.cardsByIds(db, row.productIds))
  const item = items.find(({ product }) => product.id === row.explaining)
  const explaining = item && row.since ? { item, since: row.since.toISOString() } : null
  return { version: row.version, items, explaining }
}
