import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { LiveNeeds } from './needs.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const banned = new Set<string>()
const banOf: LiveNeeds['banOf'] = async (_db, { shopId }) =>
  banned.has(shopId) ? { until: null } : null
const stage = createStage(database, market, { banOf })
const { live, provider, tell } = stage
const elsewhere = createStage(connect(), market, { provider, banOf }).live
beforeEach(() => Object.assign(provider, { isDown: false, asked: [] }))

/** A session that was on air, and is over. */
async function ended() {
  const team = await market.newShop()
  const session = await stage.newSession(team)
  await tell(session.id, 'publish_start')
  const at = { shopId: team.shopId, id: session.id }
  await live.handlers.end(ctxOf(team.host), at)
  return { ...session, team, at }
}
type Ended = Awaited<ReturnType<typeof ended>>
const reopen = ({ team, at }: Ended, by = live) => by.handlers.reopen(ctxOf(team.host), at)
const roomOf = (id: string) => live.handlers.room(ctxOf(visitor), { id })
const passEnd = (id: string, minutes: number) =>
  sql`update live_session set ended_at = ended_at - make_interval(mins => ${minutes})
      where id = ${id}`.execute(database.db)

test('a show goes on within ten minutes of its end, with its key and from where it was', async () => {
  const show = await ended()
  const before = await live.handlers.session(ctxOf(show.team.host), show.at)
  expect(Date.parse(before.reopenUntil ?? '') - Date.parse(before.endedAt ?? '')).toBe(600_000)
  await passEnd(show.id, 9)
  expect(await reopen(show)).toMatchObject({
    ...{ state: 'away', startedAt: before.startedAt, endedAt: null, reopenUntil: null },
  })
  expect(await roomOf(show.id)).toMatchObject({ state: 'away', play: expect.anything() })
  expect(await live.authorizePublish({ key: show.streamKey })).toMatchObject({ ok: true })
  await tell(show.id, 'publish_start')
  expect(await roomOf(show.id)).toMatchObject({ state: 'live', startedAt: before.startedAt })
})

test('who goes on has longer to come than who was cut off, but not for ever', async () => {
  const show = await ended()
  await reopen(show)
  const pass = (sec: number) =>
    sql`update live_session set away_at = away_at - make_interval(secs => ${sec})
        where id = ${show.id}`.execute(database.db)
  await pass(110)
  await live.endAway()
  expect(await roomOf(show.id)).toMatchObject({ state: 'away' })
  await pass(11)
  await live.endAway()
  expect(await roomOf(show.id)).toMatchObject({ state: 'ended' })
})

test('after ten minutes, by order of the platform, or with nothing to go on with it is over', async () => {
  const refused = { code: 'live.not_reopenable' }
  const late = await ended()
  await passEnd(late.id, 11)
  await expect(reopen(late)).rejects.toMatchObject(refused)
  const stopped = await ended()
  await reopen(stopped)
  await database.tx(tx => live.stop(tx, { of: 'session', id: stopped.id }, 'vulgar'))
  expect(await live.handlers.session(ctxOf(stopped.team.host), stopped.at)).toMatchObject({
    reopenUntil: null,
  })
  await expect(reopen(stopped)).rejects.toMatchObject(refused)
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  await live.handlers.end(ctxOf(team.host), { shopId, id })
  await expect(live.handlers.reopen(ctxOf(team.host), { shopId, id })).rejects.toMatchObject(
    refused,
  )
  // The vendor was asked for the one that did go on alone.
  expect(provider.asked.filter(each => each.startsWith('reopen'))).toEqual([`reopen ${stopped.id}`])
})

test('a shop with another open session, or without leave to go live, does not go back', async () => {
  const [busy, bad] = [await ended(), await ended()]
  const next = { ...busy.at, id: newId(), title: '第二场', category: 'tea' as const }
  await live.handlers.create(ctxOf(busy.team.host), { ...next, coverFileId: null })
  await expect(reopen(busy)).rejects.toMatchObject({ code: 'live.already_open' })
  banned.add(bad.at.shopId)
  await expect(reopen(bad)).rejects.toMatchObject({ code: 'live.banned' })
  const stranger = await market.newShop()
  await expect(
    live.handlers.reopen(ctxOf(stranger.host), { shopId: stranger.shopId, id: bad.id }),
  ).rejects.toMatchObject({ code: 'live.not_found' })
})

test('asked twice, in two processes and against a new session, one of them is open', async () => {
  const show = await ended()
  const twice = await Promise.all([reopen(show), reopen(show, elsewhere), reopen(show)])
  expect(twice.map(({ state }) => state)).toEqual(['away', 'away', 'away'])
  const raced = await ended()
  const create = { ...raced.at, id: newId(), title: '另一场', category: 'tea' as const }
  const results = await Promise.allSettled([
    reopen(raced, elsewhere),
    live.handlers.create(ctxOf(raced.team.host), { ...create, coverFileId: null }),
  ])
  const codes = results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code))
  expect(codes.toSorted()).toEqual(['live.already_open', 'ok'])
})

test('an end that is slow at the provider does not shut out a host who went on meanwhile', async () => {
  const team = await market.newShop()
  const session = await stage.newSession(team)
  await tell(session.id, 'publish_start')
  const at = { shopId: team.shopId, id: session.id }
  const [asked, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { end } = provider
  provider.end = async id => {
    asked.resolve()
    await mayEnd.promise
    await end(id)
  }
  const ending = live.handlers.end(ctxOf(team.host), at)
  await asked.promise
  await live.handlers.reopen(ctxOf(team.host), at)
  mayEnd.resolve()
  await ending
  provider.end = end
  expect(provider.asked).toEqual([`reopen ${at.id}`, `end ${at.id}`, `reopen ${at.id}`])
})

test('where the provider has to be asked and cannot be, nothing moves', async () => {
  const show = await ended()
  provider.isDown = true
  await expect(reopen(show)).rejects.toMatchObject({ code: 'server.busy' })
  expect(await roomOf(show.id)).toMatchObject({ state: 'ended' })
})
