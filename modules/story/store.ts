import type { StoryPlan } from '@kaibo/contract/show/story'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type StoryRow = { id: Id; shopId: Id; plan: StoryPlan; updatedAt: Date }

const stories = (db: Db) =>
  db
    .selectFrom('story')
    .select(['id', 'shop_id as shopId', sql<StoryPlan>`plan`.as('plan'), 'updated_at as updatedAt'])

export const storyById = (db: Db, id: Id): Promise<StoryRow | undefined> =>
  stories(db).where('id', '=', id).executeTakeFirst()

/** Those that are there, in any order. */
export const storiesByIds = (db: Db, ids: readonly Id[]): Promise<StoryRow[]> =>
  stories(db).where('id', '=', sql<Id>`any(${ids}::uuid[])`).execute()

/** Stories of a shop, newest first. */
export const pageOfShop = (db: Db, shopId: Id, page: PageQuery): Promise<Page<StoryRow>> =>
  pageBy(
    stories(db).where('shop_id', '=', shopId),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )

/** Stories of a shop are added one after the other, so that they can be counted. */
export async function lockShop(tx: Tx, shopId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('story ' || ${shopId}, 0))`.execute(tx)
}

export async function countOfShop(db: Db, shopId: Id): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from story where shop_id = ${shopId}`.execute(db)
  return must(rows[0], 'a count').count
}

type Written = { id: Id; shopId: Id; plan: StoryPlan }

export async function insertStory(tx: Tx, { id, shopId, plan }: Written): Promise<void> {
  await sql`insert into story (id, shop_id, plan)
    values (${id}, ${shopId}, ${JSON.stringify(plan)})`.execute(tx)
}

/** Writes a story anew; false when the shop has none of this id. */
export async function updateStory(tx: Tx, { id, shopId, plan }: Written): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update story set plan = ${JSON.stringify(plan)}, updated_at = clock_timestamp()
    where id = ${id} and shop_id = ${shopId}`.execute(tx)
  return numAffectedRows === 1n
}

/** Removes a story; false when the shop has none of this id. */
export async function deleteStory(tx: Tx, { id, shopId }: Omit<Written, 'plan'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from story where id = ${id} and shop_id = ${shopId}`.execute(tx)
  return numAffectedRows === 1n
}

export type RoomRow = { storyIds: Id[]; version: number }

/** What a room shows; undefined while nobody touched it. */
export const roomOf = (db: Db, liveId: Id): Promise<RoomRow | undefined> =>
  db
    .selectFrom('story_room')
    .select(['story_ids as storyIds', 'version'])
    .where('live_id', '=', liveId)
    .executeTakeFirst()

/** The same, and nobody else changes it until the transaction ends. */
export async function lockRoom(
  tx: Tx,
  { liveId, shopId }: { liveId: Id; shopId: Id },
): Promise<RoomRow> {
  await sql`insert into story_room (live_id, shop_id) values (${liveId}, ${shopId})
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<RoomRow>`
    select story_ids as "storyIds", version from story_room
    where live_id = ${liveId} for update`.execute(tx)
  return must(rows[0], 'a room that was made')
}

/** Stories of this shop among these, which nobody removes until the transaction ends. */
export async function holdStories(
  tx: Tx,
  { shopId, ids }: { shopId: Id; ids: readonly Id[] },
): Promise<Set<Id>> {
  const { rows } = await sql<{ id: Id }>`
    select id from story where id = any(${ids}::uuid[]) and shop_id = ${shopId}
    order by id for key share`.execute(tx)
  return new Set(rows.map(row => row.id))
}

/** Sets what a room shows and counts the change; the new version. */
export async function setRoom(tx: Tx, liveId: Id, storyIds: readonly Id[]): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update story_room set story_ids = ${storyIds}::uuid[], version = version + 1
    where live_id = ${liveId} returning version`.execute(tx)
  return must(rows[0], 'a room that was locked').version
}

/** Counts a change in every room that shows a story; takes it out as well when it is gone. */
export async function touchRooms(
  tx: Tx,
  { id, shopId, isGone }: { id: Id; shopId: Id; isGone: boolean },
): Promise<{ liveId: Id; version: number }[]> {
  const { rows } = await sql<{ liveId: Id; version: number }>`
    update story_room set version = version + 1,
      story_ids = case when ${isGone} then array_remove(story_ids, ${id}) else story_ids end
    where shop_id = ${shopId} and ${id} = any(story_ids)
    returning live_id as "liveId", version`.execute(tx)
  return rows
}
