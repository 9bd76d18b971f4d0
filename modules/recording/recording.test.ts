import { recordingReady } from '@kaibo/contract/media/recording'
import { createOutbox, subscriber } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { createFakeSpool, createFakeStore, createKeeping } from '@kaibo/testkit/media/recording'
import { ctxOf, operatorActor, userActor, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { recording, spool } = createKeeping(database, { market, stage })
const ready: string[] = []
const outbox = createOutbox({
  database,
  subscribers: [
    ...stage.showcase.subscribers,
    ...recording.subscribers,
    subscriber(recordingReady, {
      consumer: 'test.ready',
      handle: async (_tx, { liveId }) => void ready.push(liveId),
    }),
  ],
})
const { handlers } = recording
/** Fixed, so that no test depends on how long it takes. */
const origin = Date.now()
const at = (ms: number) => new Date(origin + ms)

/** A room of a shop of its own that is on air. */
async function newShow(shop?: Awaited<ReturnType<typeof market.newShop>>) {
  const team = shop ?? (await market.newShop())
  const { id, shopId } = await stage.newSession(team)
  await stage.tell(id, 'publish_start')
  const folderOf = () => must(spool.folders.get(id), 'a folder').name
  return {
    ...{ id, shopId, team, folderOf },
    product: await market.newProduct(team),
    /** Records a piece and tells of it, as the media process does. */
    async piece(startedAt: Date, more: { durationMs?: number; initNumber?: number } = {}) {
      const piece = spool.record(id, { startedAt, ...more })
      await recording.pieceTold({ liveId: id, folder: folderOf(), ...piece })
    },
    async end() {
      await stage.live.handlers.end(ctxOf(team.host), { shopId, id })
      await outbox.drain({ limit: 100 })
    },
    async finish() {
      spool.close(id)
      await recording.finishDue()
      await outbox.drain({ limit: 100 })
    },
    replay: () => handlers.replay(ctxOf(visitor), { id }),
    comments: (fromMs: number, toMs: number) =>
      handlers.comments(ctxOf(visitor), { id, fromMs, toMs }),
    async playlist(play = '') {
      const url = play || must((await handlers.replay(ctxOf(visitor), { id })).play, 'a play').url
      const t = new URL(url).searchParams.get('t') ?? ''
      const { bytes } = await handlers.playlist(ctxOf(visitor), { id, t })
      return Buffer.from(bytes).toString('utf8')
    },
    async say(text: string, when: Date) {
      const commentId = newId()
      await stage.chat.handlers.send(ctxOf(userActor()), { id, commentId, text })
      await sql`update chat_comment set created_at = ${when} where id = ${commentId}`.execute(
        database.db,
      )
    },
  }
}

test('the replay is there when the last piece was written, with its length and a way to play it', async () => {
  const show = await newShow()
  expect(await show.replay()).toMatchObject({ state: 'none', play: null })
  await show.piece(at(-25_000))
  await show.piece(at(-15_000), { durationMs: 4_000 })
  expect(await show.replay()).toMatchObject({ state: 'none' })
  await show.end()
  await recording.finishDue()
  expect(await show.replay()).toMatchObject({ state: 'making', durationMs: 0 })
  await show.finish()
  const replay = await show.replay()
  expect(replay).toMatchObject({ state: 'ready', durationMs: 14_000, mayDownload: false })
  expect(replay.play?.url).toContain(`http://localhost:8080/api/live/${show.id}/replay/`)
  expect(ready).toContain(show.id)
})

test('a piece that is told twice is there once, and one that was never told is found', async () => {
  const show = await newShow()
  await show.piece(at(-30_000))
  const told = must(spool.folders.get(show.id)?.pieces[0], 'a piece')
  await Promise.all(
    [1, 2, 3].map(() => recording.pieceTold({ liveId: show.id, folder: show.folderOf(), ...told })),
  )
  spool.record(show.id, { startedAt: at(-20_000) })
  spool.record(show.id, { startedAt: at(-10_000) })
  await show.end()
  await show.finish()
  expect(await show.replay()).toMatchObject({ state: 'ready', durationMs: 30_000 })
  await recording.pieceTold({ liveId: show.id, folder: show.folderOf(), ...told })
  expect(await show.replay()).toMatchObject({ state: 'ready', durationMs: 30_000 })
})

test('a show that goes on after its end has one replay, of both parts', async () => {
  const show = await newShow()
  await show.piece(at(-90_000))
  await show.end()
  await show.finish()
  const whoWatches = must((await show.replay()).play, 'an address')
  await stage.live.handlers.reopen(ctxOf(show.team.host), { shopId: show.shopId, id: show.id })
  await outbox.drain({ limit: 100 })
  expect(await show.replay()).toMatchObject({ state: 'none', play: null })
  expect(await show.playlist(whoWatches.url)).toContain('#EXT-X-ENDLIST')
  await show.piece(at(-20_000))
  await show.end()
  await show.finish()
  expect(await show.replay()).toMatchObject({ state: 'ready', durationMs: 20_000 })
})

test('a recording of which nothing was told is found at a start', async () => {
  const show = await newShow()
  spool.record(show.id, { startedAt: at(-10_000) })
  await show.end()
  await sql`delete from recording where live_id = ${show.id}`.execute(database.db)
  await recording.scan()
  await show.finish()
  expect(await show.replay()).toMatchObject({ state: 'ready', durationMs: 10_000 })
})

test('a session of which nothing was recorded has no replay', async () => {
  const show = await newShow()
  await show.end()
  await show.finish()
  expect(await show.replay()).toMatchObject({ state: 'none', play: null })
  await expect(show.comments(0, 1_000)).rejects.toMatchObject({ code: 'recording.not_ready' })
})

test('a media process that cannot be asked is waited for, and at last not any longer', async () => {
  const show = await newShow()
  await show.piece(at(-10_000))
  await show.end()
  spool.isDown = true
  await recording.finishDue()
  expect(await show.replay()).toMatchObject({ state: 'making' })
  await sql`update recording set ended_at = ended_at - interval '11 minutes'
    where live_id = ${show.id}`.execute(database.db)
  await recording.finishDue()
  spool.isDown = false
  expect(await show.replay()).toMatchObject({ state: 'ready', durationMs: 10_000 })
})

test('explanations and comments are at their place in the replay, across a pause', async () => {
  const show = await newShow()
  const { id, shopId, team, product } = show
  const spare = await market.newProduct(team)
  await show.piece(at(-100_000))
  await show.piece(at(-90_000))
  await show.piece(at(-20_000))
  const host = ctxOf(team.host)
  const bag = { shopId, id, version: 0, productIds: [spare.id, product.id] }
  await stage.showcase.handlers.setBag(host, bag)
  await stage.showcase.handlers.explain(host, { shopId, id, productId: product.id })
  await stage.showcase.handlers.explain(host, { shopId, id, productId: null })
  await sql`update showcase_explain set started_at = ${at(-85_000)}, ended_at = ${at(-15_000)}
    where live_id = ${id}`.execute(database.db)
  await show.say('一开始', at(-99_000))
  await show.say('没有画面', at(-50_000))
  await show.say('回来了', at(-18_000))
  await show.end()
  await show.finish()
  const { products, durationMs } = await show.replay()
  expect(durationMs).toBe(30_000)
  expect(products.map(each => [each.number, each.product.id])).toEqual([
    [2, product.id],
    [1, spare.id],
  ])
  expect(products[0]?.explains).toEqual([{ fromMs: 15_000, toMs: 25_000 }])
  const first = await show.comments(0, 20_000)
  expect(first.items.map(({ comment }) => comment.text)).toEqual(['一开始'])
  const second = await show.comments(20_000, 30_000)
  expect(second.items.map(({ comment }) => comment.text)).toEqual(['没有画面', '回来了'])
  expect(second.items.map(({ atMs }) => atMs)).toEqual([20_000, 22_000])
  await expect(show.comments(0, 300_001)).rejects.toMatchObject({ code: 'request.invalid' })
})

test('the playlist tells of seams, and opens to nobody without its signature', async () => {
  const show = await newShow()
  await show.piece(at(-100_000))
  await show.piece(at(-90_000))
  await show.piece(at(-20_000))
  await show.piece(at(-10_000), { initNumber: 1 })
  await show.end()
  await show.finish()
  const lines = (await show.playlist()).split('\n')
  const count = (start: string) => lines.filter(line => line.startsWith(start)).length
  expect(count('#EXTINF:10.000,')).toBe(4)
  expect(count('#EXT-X-DISCONTINUITY')).toBe(2)
  expect(count('#EXT-X-MAP')).toBe(3)
  expect(lines.at(-2)).toBe('#EXT-X-ENDLIST')
  expect(lines).toContain(`http://media.localhost:8080/replay/${show.folderOf()}/0.m4s?t=signed`)
  const other = await newShow()
  const { play } = await show.replay()
  const t = new URL(play?.url ?? '').searchParams.get('t') ?? ''
  for (const wish of [
    { id: show.id, t: `${t}x` },
    { id: show.id, t: '' },
    { id: other.id, t },
  ]) {
    await expect(handlers.playlist(ctxOf(visitor), wish)).rejects.toMatchObject({
      code: 'recording.not_found',
    })
  }
})

test('what a shop does not show, viewers do not see, and buy nothing from', async () => {
  const show = await newShow()
  const { id, shopId, team } = show
  await show.piece(at(-10_000))
  const set = (wish: object) => handlers.set(ctxOf(team.host), { shopId, id, ...wish })
  expect(await recording.shopIdsOfShown(database.db, [id])).toEqual(new Map())
  await show.end()
  await show.finish()
  expect(await recording.shopIdsOfShown(database.db, [id])).toEqual(new Map([[id, shopId]]))
  expect(await set({ isPublic: false })).toMatchObject({ state: 'ready', isPublic: false })
  expect(await show.replay()).toMatchObject({ state: 'none', play: null, products: [] })
  expect(await recording.shopIdsOfShown(database.db, [id])).toEqual(new Map())
  await set({ isPublic: true, mayDownload: true })
  expect(await show.replay()).toMatchObject({ state: 'ready', mayDownload: true })
  const stranger = await market.newShop()
  await expect(
    handlers.set(ctxOf(stranger.host), { shopId: stranger.shopId, id, isPublic: false }),
  ).rejects.toMatchObject({ code: 'live.not_found' })
})

test('a hidden replay is there for its shop alone, and an address of before opens nothing', async () => {
  const show = await newShow()
  const { id, shopId, team } = show
  await show.piece(at(-10_000))
  await show.say('只给自己看', at(-5_000))
  await show.end()
  await show.finish()
  const tokenIn = (url: string | undefined) => new URL(url ?? '').searchParams.get('t') ?? ''
  const open = (t: string) => handlers.playlist(ctxOf(visitor), { id, t })
  const before = tokenIn((await show.replay()).play?.url)
  await open(before)
  await handlers.set(ctxOf(team.host), { shopId, id, isPublic: false })
  await expect(open(before)).rejects.toMatchObject({ code: 'recording.not_found' })

  const preview = await handlers.preview(ctxOf(team.owner), { shopId, id })
  expect(preview).toMatchObject({ state: 'ready', durationMs: 10_000 })
  const t = tokenIn(preview.play?.url)
  expect(Buffer.from((await open(t)).bytes).toString()).toContain(`/${show.folderOf()}/0.m4s`)
  const span = { id, fromMs: 0, toMs: 10_000 }
  const said = await handlers.comments(ctxOf(visitor), { ...span, t })
  expect(said.items.map(({ comment }) => comment.text)).toEqual(['只给自己看'])
  await expect(handlers.comments(ctxOf(visitor), { ...span, t: before })).rejects.toMatchObject({
    code: 'recording.not_ready',
  })
  const other = await market.newShop()
  await expect(handlers.preview(ctxOf(other.owner), { shopId, id })).rejects.toMatchObject({
    code: 'request.not_found',
  })
  await expect(
    handlers.preview(ctxOf(other.owner), { shopId: other.shopId, id }),
  ).rejects.toMatchObject({ code: 'live.not_found' })

  // What the platform stopped is not even there for its shop.
  await sql`update live_session set stop_reason = 'vulgar' where id = ${id}`.execute(database.db)
  await expect(open(t)).rejects.toMatchObject({ code: 'recording.not_found' })
  expect(await handlers.preview(ctxOf(team.owner), { shopId, id })).toMatchObject({ state: 'none' })
  // Its operators see what they stopped, and nobody else who asks for it.
  const watched = await handlers.watch(ctxOf(operatorActor()), { id })
  expect(watched).toMatchObject({ state: 'ready', durationMs: 10_000 })
  const { bytes } = await open(tokenIn(watched.play?.url))
  expect(Buffer.from(bytes).toString()).toContain(`/${show.folderOf()}/0.m4s`)
  await expect(handlers.watch(ctxOf(team.owner), { id })).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('replays are listed newest first, without those that nobody may see', async () => {
  const team = await market.newShop()
  const filmed = async () => {
    const show = await newShow(team)
    await show.piece(at(-10_000))
    await show.end()
    await show.finish()
    return show
  }
  const [first, hidden, stopped, last] = [
    await filmed(),
    await filmed(),
    await filmed(),
    await filmed(),
  ]
  const { shopId } = team
  await handlers.set(ctxOf(team.host), { shopId, id: hidden.id, isPublic: false })
  await sql`update live_session set stop_reason = 'vulgar' where id = ${stopped.id}`.execute(
    database.db,
  )
  const idsOf = async (query: object) => {
    const { items, next } = await handlers.shown(ctxOf(visitor), { limit: 10, ...query })
    return { ids: items.map(({ live }) => live.id), next: next ?? undefined }
  }
  expect(await idsOf({ shopId })).toMatchObject({ ids: [last.id, first.id] })
  expect((await idsOf({})).ids.slice(0, 2)).toEqual([last.id, first.id])
  const begin = await idsOf({ shopId, limit: 2 })
  expect(begin.ids).toEqual([last.id])
  expect((await idsOf({ shopId, limit: 2, cursor: begin.next })).ids).toEqual([first.id])
})

test('a shop does without a recording only where the platform lets it', async () => {
  const { recording: lenient } = createKeeping(database, { market, stage }, { isOptional: true })
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  const wish = { shopId, id, records: false }
  expect(await handlers.terms(ctxOf(visitor), {})).toMatchObject({ isOptional: false })
  await expect(handlers.set(ctxOf(team.owner), wish)).rejects.toMatchObject({
    code: 'recording.required',
  })
  expect(await recording.records(database.db, id)).toBe(true)
  expect(await lenient.handlers.set(ctxOf(team.owner), wish)).toMatchObject({ records: false })
  expect(await lenient.records(database.db, id)).toBe(false)
  await handlers.set(ctxOf(team.owner), { ...wish, records: true })
  expect(await recording.records(database.db, id)).toBe(true)
})

test('pieces of a stretch are told by replay time, with the files to decode them', async () => {
  const show = await newShow()
  for (const ms of [-40_000, -30_000, -20_000]) await show.piece(at(ms))
  await show.end()
  await show.finish()
  const pieces = await recording.piecesOf(database.db, show.id, { fromMs: 12_000, toMs: 20_000 })
  expect(pieces).toMatchObject([
    { number: 1, atMs: 10_000, durationMs: 10_000, key: `${show.folderOf()}/1.m4s` },
  ])
  expect(pieces[0]?.initKey).toBe(`${show.folderOf()}/init-0.mp4`)
  const spans = [
    { from: at(-25_000), to: at(-15_000) },
    { from: at(-90_000), to: at(-80_000) },
  ]
  const [within, before] = await recording.spansOf(database.db, show.id, spans)
  expect(within).toEqual({ fromMs: 15_000, toMs: 25_000 })
  expect(before).toBeUndefined()
})

test('pieces move to the object store, are played from there, and are fetched to be cut', async () => {
  const own = createFakeSpool()
  const store = createFakeStore()
  const options = { spool: own, store }
  const far = createKeeping(database, { market, stage }, options).recording
  const show = await newShow()
  const piece = own.record(show.id, { startedAt: at(-10_000) })
  const folder = must(own.folders.get(show.id), 'a folder').name
  await far.pieceTold({ liveId: show.id, folder, ...piece })
  await stage.live.handlers.end(ctxOf(show.team.host), { shopId: show.shopId, id: show.id })
  await outbox.drain({ limit: 100 })
  own.close(show.id)
  await far.finishDue()
  await sql`update recording_piece set is_moved = live_id <> ${show.id}`.execute(database.db)
  own.isDown = true
  await expect(far.moveAway()).rejects.toThrow()
  own.isDown = false
  await far.moveAway()
  expect([...store.objects.keys()]).toEqual([`${folder}/init-0.mp4`, `${folder}/0.m4s`])
  expect(own.files.has(`${folder}/0.m4s`)).toBe(false)
  const replay = await far.handlers.replay(ctxOf(visitor), { id: show.id })
  const t = new URL(replay.play?.url ?? '').searchParams.get('t') ?? ''
  const playlist = await far.handlers.playlist(ctxOf(visitor), { id: show.id, t })
  expect(Buffer.from(playlist.bytes).toString()).toContain(`https://store.example/${folder}/0.m4s`)
  expect(await far.fileOf(`${folder}/0.m4s`)).toContain('0.m4s')
  await expect(far.fileOf(`${folder}/7.m4s`)).rejects.toThrow('gone')
})

test('a piece that is spoiled holds up no other', async () => {
  const own = createFakeSpool()
  const store = createFakeStore()
  const options = { spool: own, store, log: { warn: () => {}, error: () => {} } }
  const far = createKeeping(database, { market, stage }, options).recording
  const show = await newShow()
  await sql`update recording_piece set is_moved = true`.execute(database.db)
  for (let number = 0; number < 45; number++) {
    const piece = own.record(show.id, { startedAt: at(number * 10_000) })
    const folder = must(own.folders.get(show.id), 'a folder').name
    await far.pieceTold({ liveId: show.id, folder, ...piece })
    if (number < 20) own.files.set(`${folder}/${number}.m4s`, Buffer.from('rotten'))
    if (number === 20) own.files.delete(`${folder}/${number}.m4s`)
  }
  await far.moveAway()
  const { name } = must(own.folders.get(show.id), 'a folder')
  const kept = [...store.objects.keys()].filter(key => key.endsWith('.m4s'))
  expect(kept).toHaveLength(24)
  expect(kept).not.toContain(`${name}/19.m4s`)
  expect(own.files.has(`${name}/19.m4s`)).toBe(true)
})
