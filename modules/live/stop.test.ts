import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { LiveNeeds } from './needs.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const bans = new Map<string, { until: Date | null }>()
const banOf: LiveNeeds['banOf'] = async (_db, { shopId, hostId }) =>
  bans.get(shopId) ?? bans.get(hostId) ?? null
const stage = createStage(database, market, { banOf })
const { live, provider, tell } = stage
const stop = (which: Parameters<typeof live.stop>[1]) =>
  database.tx(tx => live.stop(tx, which, 'vulgar'))

/** A shop whose room has a picture. */
async function onAir() {
  const team = await market.newShop()
  const session = await stage.newSession(team)
  await tell(session.id, 'publish_start')
  provider.onAirIds.add(session.id)
  return { ...session, team, at: { shopId: team.shopId, id: session.id } }
}

test('a room that the platform stopped ends, and says why to viewers and host', async () => {
  const { id, at, team } = await onAir()
  expect(await stop({ of: 'session', id })).toEqual([id])
  expect(await live.handlers.room(ctxOf(visitor), { id })).toMatchObject({
    state: 'ended',
    play: null,
    stopReason: 'vulgar',
  })
  expect(await live.handlers.session(ctxOf(team.host), at)).toMatchObject({ stopReason: 'vulgar' })
  await live.cutStopped([id])
  expect(provider.onAirIds).not.toContain(id)
})

test('a room that ended a moment before the order is stopped all the same', async () => {
  const { id, at, team } = await onAir()
  await live.handlers.end(ctxOf(team.host), at)
  expect(await stop({ of: 'session', id })).toEqual([id])
  expect(await live.facts(database.db, id)).toMatchObject({ state: 'ended', stopReason: 'vulgar' })
})

test('a room that is over for good stays as it ended', async () => {
  const { id, at, team } = await onAir()
  await live.handlers.end(ctxOf(team.host), at)
  await sql`update live_session set ended_at = ended_at - interval '11 minutes'
    where id = ${id}`.execute(database.db)
  expect(await stop({ of: 'session', id })).toEqual([])
  expect(await live.facts(database.db, id)).toMatchObject({ state: 'ended', stopReason: null })
})

test('the stream of a stopped room is cut as soon as the provider can be reached', async () => {
  const { id } = await onAir()
  provider.isDown = true
  await stop({ of: 'session', id })
  await live.cutStopped([id])
  expect(provider.onAirIds).toContain(id)
  provider.isDown = false
  await live.reconcile()
  expect(provider.onAirIds).not.toContain(id)
})

test('whatever a shop or a host has open is stopped together', async () => {
  const [one, other] = [await onAir(), await onAir()]
  expect(await stop({ of: 'shop', id: one.shopId })).toEqual([one.id])
  expect(await stop({ of: 'host', id: other.team.host.userId })).toEqual([other.id])
})

test('who is banned creates no session, gets no ticket and no key, and publishes with none', async () => {
  const { at, streamKey, team, shopId } = await onAir()
  const until = new Date('2030-01-01T00:00:00.000Z')
  const host = ctxOf(team.host)
  const { ticket } = await live.handlers.publishTicket(host, at)
  for (const banned of [shopId, team.host.userId]) {
    bans.set(banned, { until })
    const refused = { code: 'live.banned', data: { until: until.toISOString() } }
    const wanted = { ...at, id: at.id, title: '再来', category: 'tea' as const, coverFileId: null }
    await expect(live.handlers.create(host, wanted)).rejects.toMatchObject(refused)
    await expect(live.handlers.publishTicket(host, at)).rejects.toMatchObject(refused)
    await expect(live.handlers.renewKey(host, at)).rejects.toMatchObject(refused)
    const no = { ok: false, reason: 'banned', streamId: at.id }
    for (const key of [streamKey, ticket]) expect(await live.authorizePublish({ key })).toEqual(no)
    bans.delete(banned)
  }
  expect(await live.authorizePublish({ key: streamKey })).toMatchObject({ ok: true })
})
