import type { FollowState } from '@kaibo/contract/people/follow'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** Changes of what one person follows take turns until the transaction ends. */
export async function lockPerson(tx: Tx, userId: Id): Promise<{ followingCount: number }> {
  const { rows } = await sql<{ followingCount: number }>`
    insert into follow_person (user_id) values (${userId})
    on conflict (user_id) do update set user_id = excluded.user_id
    returning following_count as "followingCount"`.execute(tx)
  return must(rows[0], 'an upserted row')
}

export type Follow = { readonly userId: Id; readonly shopId: Id }

export async function isFollower(db: Db, { userId, shopId }: Follow): Promise<boolean> {
  const row = await db
    .selectFrom('follow_follower')
    .select('shop_id')
    .where('user_id', '=', userId)
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return row !== undefined
}

/** How many follow a shop, and whether this person does; one question, because every viewer asks it. */
export async function stateOf(
  db: Db,
  { userId, shopId }: { userId: Id | null; shopId: Id },
): Promise<FollowState> {
  const { rows } = await sql<FollowState>`
    select coalesce((
      select follower_count from follow_shop where shop_id = ${shopId}
    ), 0) as "followerCount", exists (
      select 1 from follow_follower where shop_id = ${shopId} and user_id = ${userId}::uuid
    ) as "isFollowing"`.execute(db)
  return must(rows[0], 'one row')
}

/** Both counters move with the row, so nobody ever has to count rows. */
export async function add(tx: Tx, { userId, shopId }: Follow): Promise<void> {
  await sql`
    with follower as (
      insert into follow_follower (user_id, shop_id) values (${userId}, ${shopId})
    ), person as (
      update follow_person set following_count = following_count + 1 where user_id = ${userId}
    )
    insert into follow_shop as shop (shop_id, follower_count) values (${shopId}, 1)
    on conflict (shop_id) do update set follower_count = shop.follower_count + 1`.execute(tx)
}

export async function remove(tx: Tx, { userId, shopId }: Follow): Promise<void> {
  await sql`
    with follower as (
      delete from follow_follower where user_id = ${userId} and shop_id = ${shopId}
    ), person as (
      update follow_person set following_count = following_count - 1 where user_id = ${userId}
    )
    update follow_shop set follower_count = follower_count - 1 where shop_id = ${shopId}`.execute(
    tx,
  )
}

/** Shops that nobody ever followed are missing. */
export async function followerCounts(db: Db, shopIds: readonly Id[]): Promise<Map<Id, number>> {
  const { rows } = await sql<{ shopId: Id; followerCount: number }>`
    select shop_id as "shopId", follower_count as "followerCount"
    from follow_shop where shop_id = any(${shopIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.shopId, row.followerCount]))
}

/** Bounded by how many shops a person may follow. */
export async function shopIdsOf(db: Db, userId: Id): Promise<Id[]> {
  const { rows } = await sql<{ shopId: Id }>`
    select shop_id as "shopId" from follow_follower where user_id = ${userId}`.execute(db)
  return rows.map(row => row.shopId)
}

export type FollowRow = { shopId: Id; followedAt: Date }

const follows = (db: Db, userId: Id) =>
  db
    .selectFrom('follow_follower')
    .select(['shop_id as shopId', 'followed_at as followedAt'])
    .where('user_id', '=', userId)

const newestFirst = [
  ['followed_at', 'desc'],
  ['shop_id', 'desc'],
] as const

/** These follows of a person, newest first. */
export const among = (db: Db, userId: Id, shopIds: readonly Id[]): Promise<FollowRow[]> =>
  follows(db, userId)
    .where('shop_id', '=', sql<Id>`any(${shopIds}::uuid[])`)
    .orderBy('followed_at', 'desc')
    .orderBy('shop_id', 'desc')
    .execute()

type Without = PageQuery & { readonly without: readonly Id[] }

export const pageOf = (
  db: Db,
  userId: Id,
  { without, ...page }: Without,
): Promise<Page<FollowRow>> =>
  pageBy(
    follows(db, userId).where('shop_id', '<>', sql<Id>`all(${without}::uuid[])`),
    newestFirst,
    page,
  )

/** Now, as the rows of this module know it. */
export async function instant(db: Db): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select to_json(clock_timestamp())#>>'{}' as at`.execute(db)
  return must(rows[0], 'an instant').at
}

export type Slice = {
  readonly shopId: Id
  /** Followers who came later are not meant. */
  readonly calledAt: string
  readonly afterUserId: Id | null
  readonly limit: number
}

/** The next followers of a shop after a given one. */
export async function followersAfter(
  db: Db,
  { shopId, calledAt, afterUserId, limit }: Slice,
): Promise<Id[]> {
  const { rows } = await sql<{ userId: Id }>`
    select user_id as "userId" from follow_follower
    where shop_id = ${shopId} and followed_at <= ${calledAt}::timestamptz
      and (${afterUserId}::uuid is null or user_id > ${afterUserId}::uuid)
    order by user_id limit ${limit}`.execute(db)
  return rows.map(row => row.userId)
}
