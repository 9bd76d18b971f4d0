import type { StoryPlan } from '@kaibo/contract/show/story'
import { type Id, newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStory } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const processOn = (pool: typeof database) =>
  createStory({ database: pool, live: stage.live, files: market.files, catalog: market.catalog })
const stories = processOn(database)
const elsewhere = processOn(connect())

const card: StoryPlan = { kind: 'story', title: '产地', text: '狮峰山上。', pictureFileIds: [] }

/** A shop with a room, and what its host writes and shows. */
async function newRoom() {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  const host = ctxOf(team.host)
  const [tea, cup] = [await market.newProduct(team), await market.newProduct(team)]
  const at = (storyId: Id) => ({ shopId, id: storyId })
  const comparison = (change: object = {}): StoryPlan => ({
    ...{ kind: 'comparison', title: '两款对比', text: '', productIds: [tea.id, cup.id] },
    rows: [{ label: '产地', cells: ['杭州', '景德镇'] }],
    ...change,
  })
  return {
    ...{ id, shopId, team, host, tea, cup, at, comparison },
    write: (story: StoryPlan = card, storyId = newId()) =>
      stories.handlers.create(host, { ...at(storyId), story }),
    show: (version: number, storyIds: Id[], by = stories) =>
      by.handlers.setRoom(host, { shopId, id, version, storyIds }),
    shown: async () => {
      const { version, items } = await stories.handlers.ofRoom(ctxOf(visitor), { id })
      return { version, ids: items.map(item => item.id), items }
    },
    told: async () => {
      const { rows } = await sql<{ version: number }>`
        select (payload ->> 'version')::int as version from outbox_event
        where name = 'story.changed' and payload ->> 'liveId' = ${id} order by seq`.execute(
        database.db,
      )
      return rows.map(row => row.version)
    },
  }
}
const refused = (code: string) => ({ code })
const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code)).toSorted()

test('viewers open what the host attached, in that order', async () => {
  const room = await newRoom()
  expect(await room.shown()).toMatchObject({ version: 0, ids: [] })
  const [story, table] = [await room.write(), await room.write(room.comparison())]
  await room.show(0, [table.id, story.id])
  const { items } = await room.shown()
  expect(items).toMatchObject([
    { kind: 'comparison', products: [{ product: { id: room.tea.id } }, { product: {} }] },
    { kind: 'story', text: '狮峰山上。' },
  ])
  await room.show(1, [story.id])
  expect(await room.shown()).toMatchObject({ version: 2, ids: [story.id] })
  expect(await room.told()).toEqual([1, 2])
})

test('of two who set a room at once one is refused and looks again', async () => {
  const room = await newRoom()
  const [story, other] = [await room.write(), await room.write()]
  const tries = [room.show(0, [story.id]), room.show(0, [other.id], elsewhere)]
  expect(outcomes(await Promise.allSettled(tries))).toEqual(['ok', 'story.changed'])
})

test('a story that is written anew or removed changes the rooms that show it, and no other', async () => {
  const room = await newRoom()
  const [story, other] = [await room.write(), await room.write()]
  await room.show(0, [story.id])
  const anew = { ...card, title: '新产地' }
  await stories.handlers.update(room.host, { ...room.at(other.id), story: anew })
  expect(await room.told()).toEqual([1])
  await stories.handlers.update(room.host, { ...room.at(story.id), story: anew })
  expect((await room.shown()).items).toMatchObject([{ title: '新产地' }])
  await stories.handlers.remove(room.host, room.at(story.id))
  expect(await room.shown()).toMatchObject({ version: 3, ids: [] })
  expect(await room.told()).toEqual([1, 2, 3])
})

test('a story that is removed while it is attached is in no room', async () => {
  const room = await newRoom()
  const story = await room.write()
  const results = await Promise.allSettled([
    room.show(0, [story.id]),
    elsewhere.handlers.remove(room.host, room.at(story.id)),
  ])
  expect(['ok,ok', 'ok,story.not_found']).toContain(outcomes(results).join())
  expect(await room.shown()).toMatchObject({ ids: [] })
  const { storyIds } = await database.db
    .selectFrom('story_room')
    .select('story_ids as storyIds')
    .where('live_id', '=', room.id)
    .executeTakeFirst()
    .then(row => row ?? { storyIds: [] })
  expect(storyIds).toEqual([])
})

test('markup is shown as it was typed, and what nobody can see is taken out', async () => {
  const room = await newRoom()
  const text = '<script>alert(1)</script>\u200b好茶 👨‍👩‍👧'
  const { title, text: kept } = await room.write({ ...card, title: '\u200f山 场', text })
  expect([title, kept]).toEqual(['山 场', '<script>alert(1)</script>好茶 👨‍👩‍👧'])
  await expect(room.write({ ...card, title: '\u200b\u2060' })).rejects.toMatchObject(
    refused('request.invalid'),
  )
})

test('a story of foreign goods, missing files or torn rows is refused', async () => {
  const [room, other] = [await newRoom(), await newRoom()]
  const no = (story: StoryPlan, code: string) =>
    expect(room.write(story)).rejects.toMatchObject(refused(code))
  await no({ ...card, pictureFileIds: [newId()] }, 'file.not_found')
  await no(room.comparison({ productIds: [room.tea.id, other.tea.id] }), 'product.not_found')
  await no(
    room.comparison({ rows: [{ label: '产地', cells: ['一', '二', '三'] }] }),
    'story.rows_invalid',
  )
})

test('a product that is hidden leaves its column empty', async () => {
  const room = await newRoom()
  const table = await room.write(room.comparison())
  await room.show(0, [table.id])
  await sql`update catalog_product set state = 'draft' where id = ${room.cup.id}`.execute(
    database.db,
  )
  const [item] = (await room.shown()).items
  expect(item).toMatchObject({ products: [{ productId: room.tea.id }, { product: null }] })
})

test('stories are the shop’s own, and attached while its room is open', async () => {
  const [room, other] = [await newRoom(), await newRoom()]
  const story = await room.write()
  expect(await room.write(card, story.id)).toEqual(story)
  const { handlers } = stories
  await expect(other.show(0, [story.id])).rejects.toMatchObject(refused('story.not_found'))
  await expect(other.write(card, story.id)).rejects.toMatchObject(refused('story.not_found'))
  for (const spoil of [
    () => handlers.update(other.host, { ...other.at(story.id), story: card }),
    () => handlers.remove(other.host, other.at(story.id)),
  ])
    await expect(spoil()).rejects.toMatchObject(refused('story.not_found'))
  for (const actor of [room.team.clerk, userActor()])
    await expect(handlers.list(ctxOf(actor), { shopId: room.shopId, limit: 5 })).rejects.toThrow(
      'auth.forbidden',
    )
  const listed = await handlers.list(room.host, { shopId: room.shopId, limit: 5 })
  expect(listed.items).toEqual([story])
  await stage.live.handlers.end(room.host, { shopId: room.shopId, id: room.id })
  await expect(room.show(0, [story.id])).rejects.toMatchObject(refused('live.ended'))
})
