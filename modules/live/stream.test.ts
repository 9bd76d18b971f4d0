import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { MediaEvent } from './provider.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { live, provider, tell } = stage
const elsewhere = createStage(connect(), market, { provider }).live
beforeEach(() => Object.assign(provider, { isDown: false, asked: [] }))

const newSession = async () => stage.newSession(await market.newShop())
const roomOf = (id: string) => live.handlers.room(ctxOf(visitor), { id })
const stateOf = async (id: string) => (await roomOf(id)).state
const toldOf = async (liveId: string) => {
  const { rows } = await sql<{ state: string }>`
    select payload ->> 'state' as state from outbox_event
    where name = 'live.moved' and payload ->> 'liveId' = ${liveId} order by seq`.execute(
    database.db,
  )
  return rows.map(row => row.state)
}
const passAway = (id: string, sec: number) =>
  sql`update live_session set away_at = away_at - make_interval(secs => ${sec})
      where id = ${id}`.execute(database.db)
const end = (session: { shopId: string; id: string }) =>
  database.tx(tx =>
    sql`update live_session set state = 'ended', away_at = null, ended_at = now()
        where id = ${session.id}`.execute(tx),
  )

test('a room turns live with its picture, waits for a lost one and goes on with it', async () => {
  const { id } = await newSession()
  expect(await roomOf(id)).toMatchObject({ state: 'ready', play: null, startedAt: null })
  await tell(id, 'publish_start')
  const { startedAt, play } = await roomOf(id)
  expect([startedAt, play]).toEqual([
    expect.any(String),
    expect.objectContaining({ endpoints: expect.any(Array) }),
  ])
  await tell(id, 'publish_end', 'error')
  expect(await roomOf(id)).toMatchObject({ state: 'away', startedAt, play })
  await tell(id, 'resume')
  expect(await roomOf(id)).toMatchObject({ state: 'live', startedAt })
  expect(await toldOf(id)).toEqual(['live', 'away', 'live'])
})

test('an event that arrives again, anywhere, moves nothing again', async () => {
  const { id } = await newSession()
  const [start, lost] = (['publish_start', 'publish_end'] as const).map(type => ({
    id: newId(),
    streamId: id,
    type,
    at: '',
  }))
  const batch = [start, lost].flatMap(event => event ?? [])
  await Promise.all([live, elsewhere, live].map(by => by.mediaEvents(batch)))
  await live.mediaEvents(batch)
  expect(await stateOf(id)).toBe('away')
  expect(await toldOf(id)).toEqual(['live', 'away'])
})

test('a key opens its own open session; every other one is alike', async () => {
  const session = await newSession()
  const { id, streamKey } = session
  expect(await live.authorizePublish({ key: streamKey })).toMatchObject({ ok: true, streamId: id })
  await end(session)
  const refused = { ok: false, reason: 'unknown_key' }
  for (const key of [streamKey, `${streamKey}x`, '', 'sk_', '\u0000', 'x'.repeat(200)])
    expect(await live.authorizePublish({ key })).toEqual(refused)
})

test('the host is told of an encoder with an old key of the shop, and of no other one', async () => {
  const team = await market.newShop()
  const first = await stage.newSession(team)
  await end(first)
  const second = await stage.newSession(team)
  const at = { shopId: second.shopId, id: second.id }
  const { streamKey } = await live.handlers.renewKey(ctxOf(team.host), at)
  const stranger = await newSession()
  await end(stranger)
  const refusedFor = async (key: string) => {
    const { streamId } = { streamId: undefined, ...(await live.authorizePublish({ key })) }
    return streamId
  }
  expect(await refusedFor(first.streamKey)).toBe(second.id)
  expect(await refusedFor(second.streamKey)).toBe(second.id)
  expect(await refusedFor(stranger.streamKey)).toBeUndefined()
  expect(await live.authorizePublish({ key: streamKey })).toMatchObject({ ok: true })
})

test('a publisher is let in with the variants that its session wants', async () => {
  const team = await market.newShop()
  const { shopId, id, streamKey } = await stage.newSession(team)
  const { host } = team
  const wanted = async () => live.authorizePublish({ key: streamKey })
  expect(await wanted()).toMatchObject({ ladder: 'none' })
  await live.handlers.update(ctxOf(host), { shopId, id, ladder: 'full' })
  expect(await wanted()).toMatchObject({ ladder: 'full' })
  await live.handlers.update(ctxOf(host), { shopId, id, title: '春茶' })
  expect(await wanted()).toMatchObject({ ladder: 'full' })
})

test('an ended session stays ended whatever its publisher does, and is cut', async () => {
  const session = await newSession()
  await end(session)
  await tell(session.id, 'publish_start', 'resume', 'publish_end', 'ended')
  expect(await stateOf(session.id)).toBe('ended')
  provider.onAirIds.add(session.id)
  await live.reconcile()
  expect(provider.asked).toEqual([`end ${session.id}`])
})

test('a stream of no session is cut', async () => {
  const id = newId()
  provider.onAirIds.add(id)
  await tell(id, 'publish_start')
  await live.reconcile()
  expect(provider.asked).toEqual([`end ${id}`])
})

test('whatever events came, in whatever order, rooms agree with the pictures in the end', async () => {
  const types = ['publish_start', 'publish_end', 'resume', 'ended', 'error'] as const
  const event = fc.record({ type: fc.constantFrom<MediaEvent['type']>(...types), room: fc.nat(1) })
  const rooms = [await newSession(), await newSession()]
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
      async (events, pictures) => {
        for (const { type, room } of events) await tell(rooms[room]?.id ?? '', type)
        provider.onAirIds = new Set(rooms.flatMap(({ id }, n) => (pictures[n] ? [id] : [])))
        await Promise.all([live.reconcile(), elsewhere.reconcile()])
        for (const [n, { id }] of rooms.entries())
          expect((await stateOf(id)) === 'live').toBe(pictures[n])
      },
    ),
    { numRuns: 25 },
  )
  expect(provider.asked).toEqual([])
})

test('after the media process was killed rooms wait, and go on with the publisher', async () => {
  const { id } = await newSession()
  provider.onAirIds.add(id)
  await tell(id, 'publish_start')
  provider.isDown = true
  await live.reconcile()
  expect(await stateOf(id)).toBe('live')
  Object.assign(provider, { isDown: false, onAirIds: new Set() })
  await live.reconcile()
  expect(await stateOf(id)).toBe('away')
  provider.onAirIds.add(id)
  await live.reconcile()
  expect(await stateOf(id)).toBe('live')
})

test('a room ends when its host stays away too long, and not before', async () => {
  const [late, fresh, back] = [await newSession(), await newSession(), await newSession()]
  for (const { id } of [late, fresh, back]) await tell(id, 'publish_start', 'publish_end')
  for (const { id } of [late, back]) await passAway(id, 31)
  await passAway(fresh.id, 25)
  await tell(back.id, 'resume')
  const counts = await Promise.all([live.endAway(), elsewhere.endAway(), live.endAway()])
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await Promise.all([late, fresh, back].map(({ id }) => stateOf(id)))).toEqual([
    'ended',
    'away',
    'live',
  ])
  expect(await toldOf(late.id)).toEqual(['live', 'away', 'ended'])
  expect(provider.asked).toEqual([`end ${late.id}`])
})

test('a host who comes back in the moment of the end is live or ended, never both', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 10; round++) {
    const { id } = await newSession()
    await tell(id, 'publish_start', 'publish_end')
    await passAway(id, 31)
    await Promise.all([tell(id, 'resume'), elsewhere.endAway()])
    const state = await stateOf(id)
    expect(await toldOf(id)).toEqual(['live', 'away', state])
    outcomes.add(state)
  }
  expect([...outcomes].every(state => state === 'live' || state === 'ended')).toBe(true)
})

test('a ticket opens its session until the key is renewed, and never an ended one', async () => {
  const team = await market.newShop()
  const { host } = team
  const { id, shopId } = await stage.newSession(team)
  const ask = () => live.handlers.publishTicket(ctxOf(host), { shopId, id })
  const { ticket, endpoints } = await ask()
  expect(endpoints).toEqual([{ protocol: 'whip', url: expect.stringContaining('/whip') }])
  expect(await live.authorizePublish({ key: ticket })).toMatchObject({ ok: true, streamId: id })
  await live.handlers.renewKey(ctxOf(host), { shopId, id })
  expect(await live.authorizePublish({ key: ticket })).toMatchObject({ ok: false })
  const fresh = await ask()
  await end({ shopId, id })
  expect(await live.authorizePublish({ key: fresh.ticket })).toMatchObject({ ok: false })
  await expect(ask()).rejects.toMatchObject({ code: 'live.ended' })
})
