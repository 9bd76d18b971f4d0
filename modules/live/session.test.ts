import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, system, userActor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { live, provider, newSession, tell } = stage
const elsewhere = createStage(connect(), market, { provider }).live
beforeEach(() => Object.assign(provider, { isDown: false, asked: [] }))

const wanted = (shopId: string, changes: { id?: string; coverFileId?: string } = {}) => ({
  shopId,
  id: newId(),
  title: '青瓷专场',
  category: 'craft' as const,
  coverFileId: null,
  ...changes,
})
const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code)).toSorted()
const toldOf = async (liveId: string) => {
  const { rows } = await sql<{ state: string }>`
    select payload ->> 'state' as state from outbox_event
    where name = 'live.moved' and payload ->> 'liveId' = ${liveId} order by seq`.execute(
    database.db,
  )
  return rows.map(row => row.state)
}

test('a session is created with a key that is told once and kept nowhere', async () => {
  const { shopId, host } = await market.newShop()
  const request = wanted(shopId)
  const first = await live.handlers.create(ctxOf(host), request)
  expect(first).toMatchObject({
    session: { id: request.id, state: 'ready', rtmpUrl: 'rtmp://localhost:8080/live' },
    ingest: {
      streamKey: expect.stringMatching(/^sk_/),
      rtmpUrl: 'rtmp://localhost:8080/live',
      expiresAt: null,
    },
  })
  const again = await live.handlers.create(ctxOf(host), request)
  expect(again).toEqual({ session: first.session, ingest: null })
  const { rows } = await sql<{ text: string }>`
    select row_to_json(s)::text as text from live_session s where id = ${request.id}`.execute(
    database.db,
  )
  expect(rows[0]?.text).not.toContain(first.ingest?.streamKey)
})

test('a shop has one open session, also in a race', async () => {
  const { shopId, host } = await market.newShop()
  const create = (by: typeof live) => by.handlers.create(ctxOf(host), wanted(shopId))
  const results = await Promise.allSettled([live, elsewhere, live, elsewhere].map(create))
  expect(codesOf(results)).toEqual([
    'live.already_open',
    'live.already_open',
    'live.already_open',
    'ok',
  ])
  const { items } = await live.handlers.sessions(ctxOf(host), { shopId, limit: 10 })
  expect(items).toHaveLength(1)
  await live.handlers.end(ctxOf(host), { shopId, id: items[0]?.id ?? '' })
  await create(live)
  const page = await live.handlers.sessions(ctxOf(host), { shopId, limit: 10 })
  expect(page.items.map(item => item.state)).toEqual(['ready', 'ended'])
})

test('the id of a session of another shop opens nothing', async () => {
  const [one, two] = [await market.newShop(), await market.newShop()]
  const { id } = await newSession(one)
  const stolen = live.handlers.create(ctxOf(two.host), wanted(two.shopId, { id }))
  await expect(stolen).rejects.toMatchObject({ code: 'live.already_open' })
})

test('a session is ended once, for everybody, and its stream is cut', async () => {
  const team = await market.newShop()
  const session = await newSession(team)
  await tell(session.id, 'publish_start')
  const ends = [live, elsewhere, live].map(by => by.handlers.end(ctxOf(team.host), session))
  for (const ended of await Promise.all(ends)) expect(ended).toMatchObject({ state: 'ended' })
  expect(await toldOf(session.id)).toEqual(['live', 'ended'])
  expect(provider.asked).toEqual([`end ${session.id}`])
  const room = await live.handlers.room(ctxOf(userActor()), session)
  expect(room).toMatchObject({ state: 'ended', play: null, endedAt: expect.any(String) })
  const refused = await Promise.allSettled([
    live.handlers.renewKey(ctxOf(team.host), session),
    live.handlers.update(ctxOf(team.host), { ...session, title: 'x' }),
  ])
  expect(codesOf(refused)).toEqual(['live.ended', 'live.ended'])
})

test('a session ends although the provider cannot be reached', async () => {
  const team = await market.newShop()
  const session = await newSession(team)
  provider.onAirIds.add(session.id)
  provider.isDown = true
  expect(await live.handlers.end(ctxOf(team.host), session)).toMatchObject({ state: 'ended' })
  provider.isDown = false
  await live.reconcile()
  expect(provider.asked).toEqual([`end ${session.id}`])
})

test('a new key replaces the old one at once, and its publisher is cut', async () => {
  const team = await market.newShop()
  const session = await newSession(team)
  const renewed = await live.handlers.renewKey(ctxOf(team.host), session)
  expect(renewed.streamKey).not.toBe(session.streamKey)
  expect(await live.authorizePublish({ key: session.streamKey })).toMatchObject({ ok: false })
  expect(await live.authorizePublish({ key: renewed.streamKey })).toMatchObject({
    ok: true,
    streamId: session.id,
  })
  expect(provider.asked).toEqual([`kick ${session.id}`])
  await live.reconcile()
  expect(provider.asked).toHaveLength(1)
})

test('the publisher of a renewed key is cut as soon as the provider can be reached', async () => {
  const team = await market.newShop()
  const session = await newSession(team)
  provider.isDown = true
  await live.handlers.renewKey(ctxOf(team.host), session)
  await expect(live.reconcile()).rejects.toThrow('down')
  provider.isDown = false
  await elsewhere.reconcile()
  await live.reconcile()
  expect(provider.asked).toEqual([`kick ${session.id}`])
})

test('a stream that cannot be cut keeps no other room from agreeing with its picture', async () => {
  const [stuck, other] = [await market.newShop(), await market.newShop()]
  const session = await newSession(stuck)
  const { id } = await newSession(other)
  const { kick } = provider
  provider.kick = () => Promise.reject(new Error('not this one'))
  await live.handlers.renewKey(ctxOf(stuck.host), session)
  provider.onAirIds.add(id)
  await expect(live.reconcile()).rejects.toThrow('not this one')
  expect(await live.facts(database.db, id)).toMatchObject({ state: 'live' })
  provider.kick = kick
  await live.reconcile()
  expect(provider.asked).toEqual([`kick ${session.id}`])
})

test('a title, a category or a cover is changed, and everybody is told', async () => {
  const team = await market.newShop()
  const session = await newSession(team)
  const ctx = ctxOf(team.host)
  const changed = await live.handlers.update(ctx, { ...owned(session), title: '新标题' })
  expect(changed).toMatchObject({ title: '新标题', category: 'tea' })
  expect(await live.handlers.update(ctx, owned(session))).toEqual(changed)
  expect(await toldOf(session.id)).toEqual(['ready', 'ready'])
  const noFile = live.handlers.update(ctx, { ...owned(session), coverFileId: newId() })
  await expect(noFile).rejects.toMatchObject({ code: 'file.not_found' })
  const noCover = live.handlers.create(ctx, wanted(team.shopId, { coverFileId: newId() }))
  await expect(noCover).rejects.toMatchObject({ code: 'file.not_found' })
})
const owned = ({ shopId, id }: { shopId: string; id: string }) => ({ shopId, id })

test('a session of another shop is as unknown as none at all', async () => {
  const [mine, theirs] = [await market.newShop(), await market.newShop()]
  const session = await newSession(theirs)
  const { handlers } = live
  const ctx = ctxOf(mine.host)
  for (const id of [session.id, newId()]) {
    const at = { shopId: mine.shopId, id }
    const refused = await Promise.allSettled([
      handlers.session(ctx, at),
      handlers.update(ctx, { ...at, title: 'x' }),
      handlers.renewKey(ctx, at),
      handlers.health(ctx, at),
      handlers.end(ctx, at),
      handlers.recap(ctx, at),
    ])
    expect(codesOf(refused)).toEqual(Array(6).fill('live.not_found'))
  }
  const foreign = handlers.session(ctx, owned(session))
  await expect(foreign).rejects.toMatchObject({ code: 'request.not_found' })
  const clerk = handlers.end(ctxOf(theirs.clerk), owned(session))
  await expect(clerk).rejects.toMatchObject({ code: 'auth.forbidden' })
  const nobody = handlers.create(ctxOf(system), wanted(mine.shopId))
  await expect(nobody).rejects.toMatchObject({ code: 'auth.required' })
})

test('a room sells for its shop, and one that nobody opened for none', async () => {
  const { shopId, host } = await market.newShop()
  const { id } = wanted(shopId)
  await live.handlers.create(ctxOf(host), { ...wanted(shopId), id })
  const ids = [id, newId(), null]
  const rooms = ids.map(each => ({ kind: 'live' as const, id: each }))
  expect(await live.sourcesOf(database.db, [...rooms, { kind: 'shop', id: null }])).toEqual([
    { shopId },
    null,
    null,
    { shopId: null },
  ])
})

test('the feed shows rooms on air, busiest first, and hides the others', async () => {
  const newRoom = async () => (await newSession(await market.newShop())).id
  const [quiet, busy, ready] = [await newRoom(), await newRoom(), await newRoom()]
  for (const id of [quiet, busy]) await tell(id, 'publish_start')
  await live.noteOnline(busy, 9)
  await live.noteOnline(quiet, 2)
  const ids = async (query = {}) =>
    (await live.handlers.feed(ctxOf(userActor()), query)).items.map(item => item.id)
  expect((await ids()).filter(id => [quiet, busy].includes(id))).toEqual([busy, quiet])
  expect(await ids()).not.toContain(ready)
  expect(await ids({ category: 'beauty' })).toEqual([])
})

test('the demo room takes its key again after it was ended', async () => {
  const { shopId, host } = await market.newShop()
  const demo = { ...wanted(shopId), hostId: host.userId, streamKey: `sk_demo_${shopId}` }
  const ensure = (id: string) =>
    database.tx(tx => live.ensureSession(tx, { ...demo, id, coverFileId: null }))
  const first = await ensure(newId())
  expect(await ensure(newId())).toBe(first)
  await live.handlers.end(ctxOf(host), { shopId, id: first })
  const second = await ensure(newId())
  expect(second).not.toBe(first)
  expect(await live.authorizePublish({ key: demo.streamKey })).toMatchObject({
    ok: true,
    streamId: second,
  })
})
