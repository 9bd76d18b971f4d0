import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  type RoomStories,
  type Story,
  type StoryPlan,
  storiesMax,
  storyChanged,
} from '@kaibo/contract/show/story'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Files } from '@kaibo/modules/files'
import type { Live } from '@kaibo/modules/live'
import { decidePlan } from './rules.ts'
import * as store from './store.ts'
import { viewsOf } from './views.ts'

export type StoryNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts'>
  readonly files: Pick<Files, 'requireFiles' | 'urlOf'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

type Owned = { shopId: Id; id: Id }

/** What a room shows beside the video, in order. Throws `live.not_found`. */
export async function ofRoom(needs: StoryNeeds, liveId: Id): Promise<RoomStories> {
  const { db } = needs.database
  if (!(await needs.live.facts(db, liveId))) throw fail('live.not_found')
  return roomView(needs, db, liveId)
}

async function roomView(needs: StoryNeeds, db: Db, liveId: Id): Promise<RoomStories> {
  const room = await store.roomOf(db, liveId)
  if (!room) return { version: 0, items: [] }
  const rows = await store.storiesByIds(db, room.storyIds)
  const rowOf = new Map(rows.map(row => [row.id, row]))
  const shown = room.storyIds.flatMap(id => rowOf.get(id) ?? [])
  return { version: room.version, items: await viewsOf(needs, db, shown) }
}

/**
 * Sets what a room shows. Throws `live.not_found`, `live.ended`, `story.not_found` for one of
 * another shop, or `story.changed` when somebody changed the room since `version`.
 */
export async function setRoom(
  needs: StoryNeeds,
  actor: Actor,
  wanted: { shopId: Id; liveId: Id; version: number; storyIds: readonly Id[] },
): Promise<RoomStories> {
  const { shopId, liveId, storyIds } = wanted
  requireShop(actor, 'room.assist', shopId)
  return needs.database.tx(async tx => {
    const room = await needs.live.facts(tx, liveId)
    if (room?.shopId !== shopId) throw fail('live.not_found')
    if (room.state === 'ended') throw fail('live.ended')
    const current = await store.lockRoom(tx, { liveId, shopId })
    if (current.version !== wanted.version)
      throw fail('story.changed', { version: current.version })
    const held = await store.holdStories(tx, { shopId, ids: storyIds })
    if (held.size < storyIds.length) throw fail('story.not_found')
    const version = await store.setRoom(tx, liveId, storyIds)
    await publish(tx, storyChanged, { liveId, version })
    return roomView(needs, tx, liveId)
  })
}

/** Stories of a shop, newest first. */
export async function list(
  needs: StoryNeeds,
  actor: Actor,
  { shopId, ...page }: { shopId: Id } & PageQuery,
): Promise<Page<Story>> {
  requireShop(actor, 'room.assist', shopId)
  const { db } = needs.database
  const { items, next } = await store.pageOfShop(db, shopId, page)
  return { items: await viewsOf(needs, db, items), next }
}

type Written = Owned & { story: StoryPlan }

/**
 * Writes a story; the same call again answers with it. Throws `request.invalid`,
 * `story.rows_invalid`, `story.too_many`, `file.not_found`, `product.not_found`, or
 * `story.not_found` for an id that is another shop's.
 */
export async function create(
  needs: StoryNeeds,
  actor: Actor,
  { shopId, id, story }: Written,
): Promise<Story> {
  requireShop(actor, 'room.assist', shopId)
  const plan = decidePlan(story)
  return needs.database.tx(async tx => {
    await store.lockShop(tx, shopId)
    if (!(await store.storyById(tx, id))) {
      await requireParts(needs, tx, { shopId, plan })
      if ((await store.countOfShop(tx, shopId)) >= storiesMax)
        throw fail('story.too_many', { storiesMax })
      await store.insertStory(tx, { id, shopId, plan })
    }
    return viewAt(needs, tx, { shopId, id })
  })
}

/** Writes a story anew; rooms look again. Throws what {@link create} throws, but never `too_many`. */
export async function update(
  needs: StoryNeeds,
  actor: Actor,
  { shopId, id, story }: Written,
): Promise<Story> {
  requireShop(actor, 'room.assist', shopId)
  const plan = decidePlan(story)
  return needs.database.tx(async tx => {
    await viewAt(needs, tx, { shopId, id })
    await requireParts(needs, tx, { shopId, plan })
    if (!(await store.updateStory(tx, { id, shopId, plan }))) throw fail('story.not_found')
    await tellRooms(tx, await store.touchRooms(tx, { id, shopId, isGone: false }))
    return viewAt(needs, tx, { shopId, id })
  })
}

/** Removes a story, also from its rooms. Throws `story.not_found`. */
export async function remove(
  { database }: StoryNeeds,
  actor: Actor,
  { shopId, id }: Owned,
): Promise<void> {
  requireShop(actor, 'room.assist', shopId)
  await database.tx(async tx => {
    if (!(await store.deleteStory(tx, { id, shopId }))) throw fail('story.not_found')
    await tellRooms(tx, await store.touchRooms(tx, { id, shopId, isGone: true }))
  })
}

async function tellRooms(tx: Tx, rooms: readonly { liveId: Id; version: number }[]) {
  for (const room of rooms) await publish(tx, storyChanged, room)
}

/** Whether the pictures are there and the products are the shop's own and shown. */
async function requireParts(
  { files, catalog }: StoryNeeds,
  db: Db,
  { shopId, plan }: { shopId: Id; plan: StoryPlan },
): Promise<void> {
  if (plan.kind === 'story') return files.requireFiles(db, plan.pictureFileIds)
  const cards = await catalog.cardsByIds(db, plan.productIds)
  const own = cards.filter(card => card.shopId === shopId)
  if (own.length < plan.productIds.length) throw fail('product.not_found')
}

async function viewAt(needs: StoryNeeds, db: Db, { shopId, id }: Owned): Promise<Story> {
  const row = await store.storyById(db, id)
  if (row?.shopId !== shopId) throw fail('story.not_found')
  const [story] = await viewsOf(needs, db, [row])
  return must(story, 'a view of each')
}
