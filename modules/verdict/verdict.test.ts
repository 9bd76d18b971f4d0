import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { createGuard } from '@kaibo/testkit/guard'
import { ctxOf, operatorActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const guard = createGuard(database, market)
const { stage, patrol, verdict, settle } = guard
const { provider, live, chat, showcase } = stage
const elsewhere = createGuard(connect(), market, { provider }).verdict
const operator = ctxOf({ ...operatorActor(), userId: (await market.newUser('巡查员')).userId })
Object.assign(provider, { snapshot: async () => new TextEncoder().encode('the picture') })

/** A room on air with a product, a comment and a picture. */
async function onAir() {
  const team = await market.newShop()
  const { id, shopId, streamKey } = await stage.newSession(team)
  await stage.tell(id, 'publish_start')
  provider.onAirIds.add(id)
  const product = await market.newProduct(team)
  const host = ctxOf(team.host)
  await showcase.handlers.setBag(host, { shopId, id, version: 0, productIds: [product.id] })
  const buyer = ctxOf(await market.newUser())
  await chat.handlers.send(buyer, { id, commentId: newId(), text: '这是真的吗' })
  await settle()
  await sql`update patrol_room set picture_due = null where live_id <> ${id}`.execute(database.db)
  await patrol.look()
  await patrol.idle()
  return { id, shopId, streamKey, team, host, productId: product.id }
}

const decision = {
  kind: 'cut' as 'warn' | 'cut' | 'ban',
  reason: 'false_claims' as const,
  note: '虚假功效',
  pictureId: null,
  subjects: [] as ('shop' | 'host')[],
  days: null as number | null,
}
const judge = (id: string, change: Partial<typeof decision> = {}, on = verdict) =>
  on.handlers.judge(operator, { id, verdictId: newId(), ...decision, ...change })
const roomOf = (id: string) => live.handlers.room(ctxOf(visitor), { id })
const newSession = (host: ReturnType<typeof ctxOf>, shopId: string) =>
  live.handlers.create(host, {
    shopId,
    id: newId(),
    title: '再开',
    category: 'tea',
    coverFileId: null,
  })
const notFound = { code: 'verdict.not_found' }

test('a cut ends the room and its stream, closes its bag, and says why to viewers and host', async () => {
  const { id, shopId, host } = await onAir()
  const given = await judge(id)
  await settle()
  expect(given).toMatchObject({ kind: 'cut', by: { nickname: '巡查员' }, note: '虚假功效' })
  expect(await roomOf(id)).toMatchObject({ state: 'ended', stopReason: 'false_claims', play: null })
  expect(provider.onAirIds).not.toContain(id)
  expect((await showcase.handlers.bag(ctxOf(visitor), { id })).items).toEqual([])
  expect(await verdict.handlers.standing(host, { shopId })).toMatchObject({
    ban: null,
    notices: [{ id: given.id, kind: 'cut', reason: 'false_claims', note: '虚假功效' }],
  })
  await expect(newSession(host, shopId)).resolves.toBeDefined()
})

test('the evidence of a cut is what stood there: picture, goods, words, and can be taken along', async () => {
  const { id, productId } = await onAir()
  const given = await judge(id)
  const evidence = await verdict.handlers.evidence(operator, { id: given.id })
  expect(evidence.context).toMatchObject({
    title: '春茶上新',
    products: [{ id: productId }],
    comments: [{ text: '这是真的吗' }],
  })
  expect(evidence.frames).toMatchObject([{ place: 0, bytes: 11, sha256: expect.any(String) }])
  const frame = await verdict.handlers.frame(operator, { id: given.id, place: 0 })
  expect(Buffer.from(frame.bytes).toString()).toBe('the picture')
  const file = await verdict.handlers.exportCase(operator, { id: given.id })
  const exported = JSON.parse(Buffer.from(file.bytes).toString())
  expect(Buffer.from(exported.pictures[0].jpegBase64, 'base64').toString()).toBe('the picture')
  expect(exported).toMatchObject({ verdict: { id: given.id }, context: { title: '春茶上新' } })
})

test('a warning ends nothing; the host reads it, and the platform sees that', async () => {
  const { id, shopId, host } = await onAir()
  const given = await judge(id, { kind: 'warn' })
  expect(await roomOf(id)).toMatchObject({ state: 'live', stopReason: null })
  await verdict.handlers.seen(host, { shopId, id: given.id })
  await verdict.handlers.seen(host, { shopId, id: given.id })
  const { items } = await verdict.handlers.list(operator, { shopId, limit: 5 })
  expect(items).toMatchObject([{ kind: 'warn', seenAt: expect.any(String) }])
  const other = await market.newShop()
  await expect(
    verdict.handlers.seen(ctxOf(other.host), { shopId: other.shopId, id: given.id }),
  ).rejects.toMatchObject(notFound)
})

test('a ban ends what is open and keeps the shop and the host off air until it is taken back', async () => {
  const { id, shopId, host, team, streamKey } = await onAir()
  const { bans } = await judge(id, { kind: 'ban', subjects: ['shop', 'host'], days: 7 })
  expect(bans.map(({ subject, isActive }) => [subject, isActive])).toEqual([
    ['shop', true],
    ['host', true],
  ])
  expect(await roomOf(id)).toMatchObject({ state: 'ended', stopReason: 'false_claims' })
  await expect(newSession(host, shopId)).rejects.toMatchObject({ code: 'live.banned' })
  await expect(newSession(ctxOf(team.owner), shopId)).rejects.toMatchObject({ code: 'live.banned' })
  expect(await live.authorizePublish({ key: streamKey })).toMatchObject({ ok: false })
  expect(await verdict.handlers.standing(host, { shopId })).toMatchObject({
    ban: { reason: 'false_claims', until: expect.any(String) },
  })
  const [ofShop, ofHost] = bans
  const lifted = await verdict.handlers.lift(operator, { id: ofShop?.id ?? '' })
  expect(lifted).toMatchObject({ isActive: false, liftedBy: { nickname: '巡查员' } })
  await expect(newSession(host, shopId)).rejects.toMatchObject({ code: 'live.banned' })
  await expect(newSession(ctxOf(team.owner), shopId)).resolves.toBeDefined()
  await verdict.handlers.lift(operator, { id: ofHost?.id ?? '' })
  expect(await verdict.banOf(database.db, { shopId, hostId: team.host.userId })).toBeNull()
  const { items } = await verdict.handlers.bans(operator, { isActive: false, limit: 50 })
  expect(items.filter(({ subjectId }) => subjectId === shopId)).toMatchObject([{ isActive: false }])
})

test('a ban ends by itself, and the one that holds longest counts', async () => {
  const { id, shopId, team } = await onAir()
  const stageOf = { shopId, hostId: team.host.userId }
  await judge(id, { kind: 'ban', subjects: ['shop'], days: 1 })
  await judge(id, { kind: 'ban', subjects: ['host'], days: null, reason: 'false_claims' })
  expect(await verdict.banOf(database.db, stageOf)).toMatchObject({ until: null })
  await sql`update verdict_ban set until = now() - interval '1 second'
            where subject_id in (${shopId}, ${team.host.userId})`.execute(database.db)
  expect(await verdict.banOf(database.db, stageOf)).toBeNull()
})

test('a verdict that is said again is one, also in a race', async () => {
  const { id, shopId } = await onAir()
  const same = { id, verdictId: newId(), ...decision }
  const answers = await Promise.all([
    verdict.handlers.judge(operator, same),
    elsewhere.handlers.judge(operator, same),
  ])
  expect(answers).toMatchObject([{ id: same.verdictId }, { id: same.verdictId }])
  expect(await verdict.handlers.judge(operator, same)).toMatchObject({ id: same.verdictId })
  expect((await verdict.handlers.list(operator, { shopId, limit: 5 })).items).toHaveLength(1)
  const other = await onAir()
  await expect(verdict.handlers.judge(operator, { ...same, id: other.id })).rejects.toMatchObject(
    notFound,
  )
})

test('a room that is over is not warned or cut any more, but can still lead to a ban', async () => {
  const { id, shopId, host } = await onAir()
  await live.handlers.end(host, { shopId, id })
  await sql`update live_session set ended_at = ended_at - interval '11 minutes'
    where id = ${id}`.execute(database.db)
  for (const kind of ['warn', 'cut'] as const)
    await expect(judge(id, { kind })).rejects.toMatchObject({ code: 'verdict.not_on_air' })
  await judge(id, { kind: 'ban', subjects: ['shop'] })
  expect(await roomOf(id)).toMatchObject({ state: 'ended', stopReason: null })
  await expect(newSession(host, shopId)).rejects.toMatchObject({ code: 'live.banned' })
})

test('a room that its host could still go on with is cut all the same, and not warned', async () => {
  const { id, shopId, host } = await onAir()
  await live.handlers.end(host, { shopId, id })
  await expect(judge(id, { kind: 'warn' })).rejects.toMatchObject({ code: 'verdict.not_on_air' })
  expect(await judge(id, { kind: 'cut' })).toMatchObject({ kind: 'cut' })
  expect(await roomOf(id)).toMatchObject({ state: 'ended', stopReason: 'false_claims' })
  await expect(live.handlers.reopen(host, { shopId, id })).rejects.toMatchObject({
    code: 'live.not_reopenable',
  })
})

test('evidence is forgotten after its time, the verdict is not', async () => {
  const { id } = await onAir()
  const given = await judge(id)
  await verdict.forget()
  expect((await verdict.handlers.evidence(operator, { id: given.id })).frames).toHaveLength(1)
  await sql`update verdict set keep_until = now() - interval '1 second' where id = ${given.id}`.execute(
    database.db,
  )
  await verdict.forget()
  expect(await verdict.handlers.evidence(operator, { id: given.id })).toMatchObject({
    verdict: { id: given.id, kind: 'cut', frameCount: 0 },
    context: null,
    frames: [],
  })
})

test('a verdict closes the alerts of its room', async () => {
  const { id } = await onAir()
  await sql`insert into patrol_alert (id, live_id, shop_id, kind, label, is_blocking)
            values (gen_random_uuid(), ${id}, ${newId()}, 'chat', '假药', true)`.execute(
    database.db,
  )
  const given = await judge(id)
  await settle()
  const { items } = await patrol.handlers.alerts(operator, { isOpen: true, limit: 100 })
  expect(items.filter(({ live: room }) => room.id === id)).toEqual([])
  const { context } = await verdict.handlers.evidence(operator, { id: given.id })
  expect(context?.alerts).toEqual([{ kind: 'chat', label: '假药', excerpt: '' }])
})

test('only the platform judges', async () => {
  const { id, team } = await onAir()
  for (const actor of [team.owner, team.host, team.moderator])
    await expect(
      verdict.handlers.judge(ctxOf(actor), { id, verdictId: newId(), ...decision }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
  expect(await roomOf(id)).toMatchObject({ state: 'live' })
})
