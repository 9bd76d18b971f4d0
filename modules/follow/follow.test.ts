import type { UserActor } from '@kaibo/contract/core/permissions'
import { followsMax } from '@kaibo/contract/people/follow'
import type { Database } from '@kaibo/db/database'
import { createOutbox } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, type Team, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createFollow } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)

type Told = { userId: string; liveId: string; shopName: string; title: string }
const told: Told[] = []

const processOn = (pool: Database) => {
  const follow = createFollow({
    database: pool,
    shop: market.shop,
    live: stage.live,
    tell: async (userId, { liveId, shopName, title }) =>
      void told.push({ userId, liveId, shopName, title }),
  })
  const { handlers, subscribers, check, isFollower } = follow
  return { ...handlers, check, isFollower, outbox: createOutbox({ database: pool, subscribers }) }
}
const one = processOn(database)
const two = processOn(connect())

const drain = async () => {
  while ((await one.outbox.drain({ limit: 100 })) > 0);
}
beforeEach(async () => {
  await drain()
  told.splice(0)
})
const state = (who: Parameters<typeof ctxOf>[0], { shopId }: Team) =>
  one.state(ctxOf(who), { shopId })
const goLive = async (team: Team) => {
  const session = await stage.newSession(team)
  stage.provider.onAirIds.add(session.id)
  await stage.tell(session.id, 'publish_start')
  return session
}
/** People who exist in no other table, so that many are quick to make. */
const manyFollowers = (team: Team, count: number) =>
  sql`with person as (
        insert into follow_person (user_id, following_count)
        select gen_random_uuid(), 1 from generate_series(1, ${count}::int) returning user_id
      ), shop as (
        insert into follow_shop as shop (shop_id, follower_count)
        values (${team.shopId}, ${count}::int) on conflict (shop_id)
        do update set follower_count = shop.follower_count + excluded.follower_count
      )
      insert into follow_follower (user_id, shop_id)
      select user_id, ${team.shopId} from person`.execute(database.db)

test('following counts once, unfollowing takes it back', async () => {
  const [team, ann] = [await market.newShop(), await market.newUser()]
  const { shopId } = team
  expect(await state(visitor, team)).toEqual({ isFollowing: false, followerCount: 0 })
  const followed = { isFollowing: true, followerCount: 1 }
  expect(await one.follow(ctxOf(ann), { shopId })).toEqual(followed)
  expect(await one.follow(ctxOf(ann), { shopId })).toEqual(followed)
  expect(await state(visitor, team)).toEqual({ ...followed, isFollowing: false })
  expect(await one.isFollower(database.db, { userId: ann.userId, shopId })).toBe(true)
  const left = { isFollowing: false, followerCount: 0 }
  expect(await one.unfollow(ctxOf(ann), { shopId })).toEqual(left)
  expect(await one.unfollow(ctxOf(ann), { shopId })).toEqual(left)
  expect(await one.isFollower(database.db, { userId: ann.userId, shopId })).toBe(false)
})

test('whatever people press at once in two processes, the counters are what the rows count', async () => {
  const [team, ann] = [await market.newShop(), await market.newUser()]
  const others = await Promise.all(Array.from({ length: 6 }, () => market.newUser()))
  const { shopId } = team
  const press = (who: UserActor, at: number) =>
    (at % 2 ? one : two)[at % 3 ? 'follow' : 'unfollow'](ctxOf(who), { shopId })
  await Promise.all([
    ...Array.from({ length: 12 }, (_, at) => press(ann, at)),
    ...others.flatMap(who => [one, two].map(each => each.follow(ctxOf(who), { shopId }))),
  ])
  const { isFollowing } = await state(ann, team)
  expect(await state(visitor, team)).toMatchObject({ followerCount: isFollowing ? 7 : 6 })
  expect(await one.check(database.db)).toMatchObject({ ok: true, findings: [] })
})

test('a counter that drifted is found', async () => {
  const [team, ann] = [await market.newShop(), await market.newUser()]
  const { shopId } = team
  await one.follow(ctxOf(ann), { shopId })
  const setCount = (count: number) =>
    sql`update follow_shop set follower_count = ${count} where shop_id = ${shopId}`.execute(
      database.db,
    )
  await setCount(5)
  expect((await one.check(database.db)).findings).toMatchObject([
    { subject: `shop ${shopId}`, expected: '1 by the rows', found: '5' },
  ])
  await setCount(1)
})

test('the last place is taken once', async () => {
  const ann = await market.newUser()
  const teams = [await market.newShop(), await market.newShop()]
  await sql`
    with person as (
      insert into follow_person (user_id, following_count)
      values (${ann.userId}, ${followsMax - 1}::int) returning user_id
    )
    insert into follow_follower (user_id, shop_id)
    select user_id, gen_random_uuid() from person, generate_series(1, ${followsMax - 1}::int)`.execute(
    database.db,
  )
  const results = await Promise.allSettled(
    teams.map(({ shopId }, at) => (at ? two : one).follow(ctxOf(ann), { shopId })),
  )
  expect(results.map(each => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(results.find(each => each.status === 'rejected')?.reason).toMatchObject({
    code: 'follow.limit',
  })
})

test('a shop that does not exist has no followers, and visitors follow nobody', async () => {
  const ann = await market.newUser()
  const shopId = newId()
  await expect(one.follow(ctxOf(ann), { shopId })).rejects.toThrow('request.not_found')
  await expect(one.state(ctxOf(ann), { shopId })).rejects.toThrow('request.not_found')
  await expect(one.follow(ctxOf(visitor), { shopId })).rejects.toThrow('auth.required')
})

test('shops on air come first, then those followed last; pages neither repeat nor lose one', async () => {
  const ann = await market.newUser()
  const first = await market.newShop()
  const teams = [first]
  while (teams.length < 5) teams.push(await market.newShop())
  for (const { shopId } of teams) await one.follow(ctxOf(ann), { shopId })
  const { id: liveId } = await goLive(first)
  const idsOf = (places: readonly number[]) => places.map(at => teams[at]?.shopId)

  const page = await one.list(ctxOf(ann), { limit: 2 })
  expect(page.items.map(item => item.shop.id)).toEqual(idsOf([0, 4, 3]))
  expect(page.items.map(item => item.live?.id ?? null)).toEqual([liveId, null, null])
  expect(page.items[0]).toMatchObject({ followerCount: 1, live: { title: '春茶上新' } })
  const rest = await one.list(ctxOf(ann), { limit: 2, cursor: page.next ?? '' })
  expect(rest).toMatchObject({ items: [{ live: null }, { live: null }], next: null })
  expect(rest.items.map(item => item.shop.id)).toEqual(idsOf([2, 1]))
})

test('followers are told that their shop is live, once per session, others are not', async () => {
  const [team, other] = [await market.newShop(), await market.newShop()]
  const [ann, bo] = [await market.newUser(), await market.newUser()]
  await one.follow(ctxOf(ann), { shopId: team.shopId })
  await one.follow(ctxOf(bo), { shopId: other.shopId })
  const session = await goLive(team)
  await drain()
  const news = { userId: ann.userId, liveId: session.id, title: '春茶上新' }
  expect(told).toMatchObject([news])
  expect(told[0]?.shopName).toMatch(/^测试店铺/)

  await stage.tell(session.id, 'publish_end')
  await stage.tell(session.id, 'publish_start')
  const renamed = { shopId: team.shopId, id: session.id, title: '夏茶' }
  await stage.live.handlers.update(ctxOf(team.host), renamed)
  await drain()
  expect(told).toHaveLength(1)

  await stage.live.handlers.end(ctxOf(team.host), { shopId: team.shopId, id: session.id })
  const next = await goLive(team)
  await drain()
  expect(told.map(each => each.liveId)).toEqual([session.id, next.id])
})

test('many followers are told in slices, each one once, by however many processes', async () => {
  const team = await market.newShop()
  await manyFollowers(team, 450)
  await goLive(team)
  const all = async () => {
    while ((await one.outbox.drain({ limit: 100 })) + (await two.outbox.drain({ limit: 100 })) > 0);
  }
  await Promise.all([all(), all()])
  await drain()
  expect(told).toHaveLength(450)
  expect(new Set(told.map(each => each.userId)).size).toBe(450)
})

test('who follows after the call, and whose show is over, is not told', async () => {
  const [team, ann] = [await market.newShop(), await market.newUser()]
  const { shopId } = team
  await manyFollowers(team, 3)
  const session = await goLive(team)
  await stage.live.handlers.end(ctxOf(team.host), { shopId, id: session.id })
  await drain()
  expect(told).toEqual([])

  await goLive(team)
  // The call is made, the followers are told by the next event.
  await one.outbox.drain({ limit: 1 })
  await one.follow(ctxOf(ann), { shopId })
  await drain()
  expect(told.map(each => each.userId)).not.toContain(ann.userId)
})
