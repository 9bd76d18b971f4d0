import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { createGuard } from '@kaibo/testkit/guard'
import { ctxOf, operatorActor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { PatrolNeeds } from './needs.ts'
import type { Finding, ImageReviewer } from './reviewer.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)

/** Finds what a test says; remembers what it was shown. */
const shown: Parameters<ImageReviewer['review']>[0][] = []
let findings: readonly Finding[] = []
const reviewer: ImageReviewer = {
  name: 'simulator',
  review: async picture => {
    shown.push(picture)
    return findings
  },
}
const wordlist: PatrolNeeds['wordlist'] = {
  check: ({ text }) => {
    const hits = [...text.matchAll(/微信|假药/g)].map(({ 0: word, index }) => ({
      ...{
        word,
        from: index,
        to: index + word.length,
        list: 'platform' as const,
        kind: 'word' as const,
      },
      tier: word === '假药' ? ('block' as const) : ('review' as const),
    }))
    const verdict = hits.some(({ tier }) => tier === 'block') ? 'block' : hits[0]?.tier
    return { verdict: verdict ?? 'pass', masked: text, hits }
  },
}
const guard = createGuard(database, market, { reviewer, wordlist })
const { stage, patrol, settle } = guard
const { provider } = stage
const elsewhere = createGuard(connect(), market, { reviewer, provider, wordlist }).patrol
const operator = ctxOf(operatorActor())

const asked: string[] = []
const jpeg = (text: string) => new TextEncoder().encode(text)
beforeEach(async () => {
  Object.assign(provider, {
    isDown: false,
    snapshot: async (id: string) => {
      asked.push(id)
      return jpeg(`picture ${asked.length}`)
    },
  })
  findings = []
  asked.length = 0
  shown.length = 0
  await sql`update patrol_room set picture_due = null, ended_at = coalesce(ended_at, now())`.execute(
    database.db,
  )
  await sql`update patrol_alert set handled_at = now() where handled_at is null`.execute(
    database.db,
  )
})

/** A room that is watched. */
async function onAir(title?: string) {
  const team = await market.newShop()
  const session = await stage.newSession(team)
  const { id, shopId } = session
  if (title) await stage.live.handlers.update(ctxOf(team.host), { shopId, id, title })
  await stage.tell(id, 'publish_start')
  await settle()
  return { id, shopId, team }
}

const look = async (of = patrol) => {
  await of.look()
  await of.idle()
}
const due = (id: string, agoSec = 0) =>
  sql`update patrol_room set picture_due = now() - make_interval(secs => ${agoSec})
      where live_id = ${id}`.execute(database.db)
const roomOf = (id: string) => patrol.handlers.room(operator, { id })
const tileOf = async (id: string) => (await roomOf(id)).room
const alertsOf = async (id: string) =>
  (await patrol.handlers.alerts(operator, { isOpen: true, limit: 100 })).items.filter(
    ({ live }) => live.id === id,
  )
/** Looks at a room, and tells whether its next picture is due so many seconds later. */
const looksAgainIn = async (id: string, sec: number) => {
  const clock = async () => {
    const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(database.db)
    return rows[0]?.at.getTime() ?? 0
  }
  await due(id)
  const beforeMs = await clock()
  await look()
  const afterMs = await clock()
  const { rows } = await sql<{ at: Date }>`
    select picture_due as at from patrol_room where live_id = ${id}`.execute(database.db)
  const dueMs = (rows[0]?.at.getTime() ?? 0) - sec * 1_000
  return dueMs >= beforeMs - 1 && dueMs <= afterMs + 1
}

test('a room is on the wall with its first picture, and its pictures are its own', async () => {
  const { id, shopId } = await onAir()
  await look()
  const { items, reviewer: name } = await patrol.handlers.wall(operator, {})
  const tile = items.find(({ live }) => live.id === id)
  expect([name, tile]).toMatchObject(['simulator', { shopId, pace: 'close', openAlertCount: 0 }])
  const picture = await patrol.handlers.picture(operator, { id: tile?.picture?.id ?? '' })
  expect(picture).toMatchObject({ contentType: 'image/jpeg' })
  expect(Buffer.from(picture.bytes).toString()).toBe('picture 1')
})

test('whichever process looks, each room is asked once', async () => {
  const rooms = [await onAir(), await onAir(), await onAir()]
  await Promise.all([patrol.look(), elsewhere.look(), patrol.look(), elsewhere.look()])
  await Promise.all([patrol.idle(), elsewhere.idle()])
  expect(asked.toSorted()).toEqual(rooms.map(({ id }) => id).toSorted())
})

test('a room is looked at closely at first, then less, and a trusted one least', async () => {
  const { id } = await onAir()
  expect(await looksAgainIn(id, 1)).toBe(true)
  await sql`update patrol_room set on_air_since = now() - interval '2 minutes'
            where live_id = ${id}`.execute(database.db)
  expect(await looksAgainIn(id, 5)).toBe(true)
  await sql`update patrol_room set is_trusted = true where live_id = ${id}`.execute(database.db)
  expect(await looksAgainIn(id, 15)).toBe(true)
  await patrol.handlers.pin(operator, { id, isPinned: true })
  expect(await tileOf(id)).toMatchObject({ pace: 'close', isPinned: true })
})

test('a shop is trusted after five long shows without a verdict', async () => {
  const { shopId, team } = await onAir()
  await sql`insert into patrol_room (live_id, shop_id, host_id, is_trusted, on_air_since, ended_at)
    select gen_random_uuid(), ${shopId}, ${team.host.userId}, false, now() - interval '3 hours',
      now() - interval '1 hour' from generate_series(1, 5)`.execute(database.db)
  await database.tx(tx => stage.live.stop(tx, { of: 'shop', id: shopId }, 'other'))
  const next = await stage.newSession(team)
  await stage.tell(next.id, 'publish_start')
  await settle()
  await sql`update patrol_room set on_air_since = now() - interval '2 minutes'
            where live_id = ${next.id}`.execute(database.db)
  expect(await tileOf(next.id)).toMatchObject({ pace: 'trusted' })
})

test('only the newest pictures of a room are kept, and what could not be taken is counted', async () => {
  const { id } = await onAir()
  const before = patrol.counts()
  for (let count = 0; count < 10; count++) {
    await due(id, 3)
    await look()
  }
  expect((await roomOf(id)).pictures).toHaveLength(8)
  const after = patrol.counts()
  expect(after.pictures - before.pictures).toBe(10)
  expect(after.missed - before.missed).toBe(30)
  Object.assign(provider, { snapshot: async () => null })
  await due(id)
  await look()
  expect(patrol.counts().failed).toBe(after.failed + 1)
})

test('a room without a picture is not asked for one, and goes on when it is back', async () => {
  const { id } = await onAir()
  await look()
  await stage.tell(id, 'publish_end')
  await settle()
  await due(id)
  await sql`update patrol_room set picture_due = null where live_id = ${id}`.execute(database.db)
  await look()
  expect(asked).toEqual([id])
  await stage.tell(id, 'resume')
  await settle()
  await look()
  expect(asked).toEqual([id, id])
})

const found = (finding: Partial<Finding> = {}): Finding => ({
  ...{ label: 'code_shown', score: 0.9, verdict: 'review', lastsSec: 0 },
  ...finding,
})

test('what the reviewer finds is one alert for as long as it lasts, and the room is watched closely', async () => {
  const { id } = await onAir()
  findings = [found()]
  await look()
  await due(id)
  await look()
  expect(await alertsOf(id)).toMatchObject([
    { kind: 'picture', label: 'code_shown', count: 1, isBlocking: false },
  ])
  expect(await tileOf(id)).toMatchObject({ pace: 'close', findings: [{ label: 'code_shown' }] })
  expect((await tileOf(id)).risk).toBeGreaterThanOrEqual(60)
  expect(shown.at(-1)?.previous).toEqual(Buffer.from('picture 1'))
  findings = []
  await due(id)
  await look()
  expect((await tileOf(id)).findings).toEqual([])
})

test('a finding that has to last is nothing before it has', async () => {
  const { id } = await onAir()
  findings = [found({ label: 'black_picture', lastsSec: 60 })]
  await look()
  expect(await alertsOf(id)).toEqual([])
  await sql`update patrol_room set findings_at = now() - interval '5 minutes',
      findings = jsonb_set(findings, '{0,since}',
        to_jsonb((now() - interval '5 minutes')::text)) where live_id = ${id}`.execute(database.db)
  await due(id)
  await look()
  expect(await alertsOf(id)).toMatchObject([{ label: 'black_picture' }])
})

test('a block by the reviewer cuts the room, keeps the picture, and is in the audit log', async () => {
  const { id, shopId } = await onAir()
  provider.onAirIds.add(id)
  findings = [found({ label: 'nudity', verdict: 'block', reason: 'vulgar' })]
  await look()
  expect(await stage.live.facts(database.db, id)).toMatchObject({
    state: 'ended',
    stopReason: 'vulgar',
  })
  expect(provider.onAirIds).not.toContain(id)
  const { items } = await guard.verdict.handlers.list(operator, { shopId, limit: 5 })
  expect(items).toMatchObject([{ kind: 'cut', by: null, reason: 'vulgar', frameCount: 1 }])
  const log = await guard.audit.handlers.list(operator, { shopId, limit: 5 })
  expect(log.items).toMatchObject([{ action: 'verdict.cut_by_reviewer', actorId: null }])
})

test('a reviewer that fails leaves the picture to people, and is counted', async () => {
  const { id } = await onAir()
  const failing = createGuard(database, market, {
    provider,
    reviewer: { name: 'broken', review: () => Promise.reject(new Error('no model')) },
  }).patrol
  await look(failing)
  expect(failing.counts()).toMatchObject({ pictures: 1, unreviewed: 1, reviewed: 0 })
  expect((await tileOf(id)).picture).not.toBeNull()
})

test('words of the lists in chat and titles raise alerts, each once, and who looked at one is known', async () => {
  const { id } = await onAir('加我微信看茶')
  const buyer = ctxOf(await market.newUser())
  for (const text of ['卖假药吗', '又卖假药', '加微信'])
    await stage.chat.handlers.send(buyer, { id, commentId: newId(), text })
  await settle()
  const alerts = await alertsOf(id)
  expect(
    alerts.map(({ kind, label, count, isBlocking }) => [kind, label, count, isBlocking]),
  ).toEqual(
    expect.arrayContaining([
      ['chat', '假药', 2, true],
      ['chat', '微信', 1, false],
      ['title', '微信', 1, false],
    ]),
  )
  const [first] = alerts
  await patrol.handlers.handle(operator, { id: first?.id ?? '' })
  expect(await alertsOf(id)).toHaveLength(2)
  const { items } = await patrol.handlers.alerts(operator, { isOpen: false, limit: 5 })
  expect(items.some(({ id: handledId }) => handledId === first?.id)).toBe(true)
  await expect(patrol.handlers.handle(operator, { id: newId() })).rejects.toMatchObject({
    code: 'patrol.not_found',
  })
})

test('a stream that is bad for long is an alarm, which goes when it gets well', async () => {
  const { id } = await onAir()
  const good = await provider.health(id)
  const healthy = { ...good, state: 'live', bitrateKbps: 2_000, framesPerSec: 30 } as const
  const check = async (health: typeof good) => {
    Object.assign(provider, { health: async () => health })
    await sql`update patrol_room set stream_due = now() - interval '1 s' where live_id = ${id}`.execute(
      database.db,
    )
    await patrol.checkStreams()
  }
  await check({ ...healthy, keyFrameGapMs: 9_000 })
  expect(await alertsOf(id)).toEqual([])
  await sql`update patrol_room set fault_since = now() - interval '11 seconds'
            where live_id = ${id}`.execute(database.db)
  await check({ ...healthy, keyFrameGapMs: 9_000 })
  await check({ ...healthy, keyFrameGapMs: 9_000 })
  expect(await alertsOf(id)).toMatchObject([{ kind: 'stream', label: 'key_frames_far', count: 1 }])
  expect(patrol.counts().badStreams).toBe(1)
  await check(healthy)
  expect(await alertsOf(id)).toEqual([])
})

test('pictures go an hour after the end of their room, and rooms when they count no more', async () => {
  const { id } = await onAir()
  await look()
  const picture = (await tileOf(id)).picture?.id ?? ''
  await sql`update patrol_room set ended_at = now() where live_id = ${id}`.execute(database.db)
  await patrol.forget()
  await expect(patrol.handlers.picture(operator, { id: picture })).resolves.toBeDefined()
  await sql`update patrol_room set ended_at = now() - interval '2 hours'
            where live_id = ${id}`.execute(database.db)
  await patrol.forget()
  await expect(patrol.handlers.picture(operator, { id: picture })).rejects.toMatchObject({
    code: 'patrol.no_picture',
  })
  await expect(roomOf(id)).rejects.toMatchObject({ code: 'patrol.not_on_air' })
})

test('nobody but the platform looks at the wall', async () => {
  const { team } = await onAir()
  for (const actor of [team.owner, team.host, await market.newUser()])
    await expect(patrol.handlers.wall(ctxOf(actor), {})).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
})
