import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type FollowedShop, type FollowState, followsMax } from '@kaibo/contract/people/follow'
import type { LiveCard } from '@kaibo/contract/show/live'
import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Live } from '@kaibo/modules/live'
import type { Shops } from '@kaibo/modules/shop'
import * as store from './store.ts'

export type FollowNeeds = {
  readonly database: Database
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly live: Pick<Live, 'cardsByIds' | 'cardsOnAir'>
  /** Tells a person that a shop they follow went live. */
  tell(userId: Id, news: LiveNews): Promise<void>
}

export type LiveNews = { liveId: Id; shopId: Id; shopName: string; title: string }

/** Follows a shop; again changes nothing. Throws `request.not_found` or `follow.limit`. */
export async function follow(
  { database, shop }: FollowNeeds,
  actor: Actor,
  shopId: Id,
): Promise<FollowState> {
  const userId = personOf(actor)
  return database.tx(async tx => {
    await requireShopExists(shop, tx, shopId)
    const { followingCount } = await store.lockPerson(tx, userId)
    if (!(await store.isFollower(tx, { userId, shopId }))) {
      if (followingCount >= followsMax) throw fail('follow.limit', { followsMax })
      await store.add(tx, { userId, shopId })
    }
    return store.stateOf(tx, { userId, shopId })
  })
}

/** Follows it no longer; again changes nothing. Throws `request.not_found`. */
export async function unfollow(
  { database, shop }: FollowNeeds,
  actor: Actor,
  shopId: Id,
): Promise<FollowState> {
  const userId = personOf(actor)
  return database.tx(async tx => {
    await requireShopExists(shop, tx, shopId)
    await store.lockPerson(tx, userId)
    if (await store.isFollower(tx, { userId, shopId })) await store.remove(tx, { userId, shopId })
    return store.stateOf(tx, { userId, shopId })
  })
}

/** How many follow a shop, and whether the actor does. Throws `request.not_found`. */
export async function state(
  { database: { db }, shop }: FollowNeeds,
  actor: Actor,
  shopId: Id,
): Promise<FollowState> {
  await requireShopExists(shop, db, shopId)
  return store.stateOf(db, { userId: actor.kind === 'user' ? actor.userId : null, shopId })
}

/** The shops that the actor follows: those on air lead the first page, then the newest first. */
export async function list(
  needs: FollowNeeds,
  actor: Actor,
  page: PageQuery,
): Promise<Page<FollowedShop>> {
  const { db } = needs.database
  const userId = personOf(actor)
  const onAir = await needs.live.cardsOnAir(db, await store.shopIdsOf(db, userId))
  const onAirIds = [...onAir.keys()]
  const [leading, rest] = await Promise.all([
    page.cursor === undefined ? store.among(db, userId, onAirIds) : [],
    store.pageOf(db, userId, { ...page, without: onAirIds }),
  ])
  return { items: await viewsOf(needs, [...leading, ...rest.items], onAir), next: rest.next }
}

async function viewsOf(
  { database: { db }, shop }: FollowNeeds,
  follows: readonly store.FollowRow[],
  onAir: ReadonlyMap<Id, LiveCard>,
): Promise<FollowedShop[]> {
  const shopIds = follows.map(each => each.shopId)
  const [shops, counts] = await Promise.all([
    shop.shopsByIds(db, shopIds),
    store.followerCounts(db, shopIds),
  ])
  return follows.map(({ shopId, followedAt }) => {
    const known = shops.get(shopId)
    return {
      shop: { id: shopId, name: known?.name ?? '', logoUrl: known?.logoUrl ?? null },
      followerCount: counts.get(shopId) ?? 0,
      followedAt: followedAt.toISOString(),
      live: onAir.get(shopId) ?? null,
    }
  })
}

async function requireShopExists(shop: FollowNeeds['shop'], db: Db, shopId: Id): Promise<void> {
  if (!(await shop.shopsByIds(db, [shopId])).has(shopId)) throw fail('request.not_found')
}

function personOf(actor: Actor): Id {
  requirePermission(actor, 'account.self')
  return requireUser(actor).userId
}
