import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipsMax } from '@kaibo/contract/media/clip-life'
import type { ExplainMark } from '@kaibo/contract/show/live'
import { silentLog } from '@kaibo/db/log'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, memoryStorage, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClipNeeds, createClip } from './index.ts'

const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0
/** With a real film and ffmpeg at the lowest priority: a busy machine lets it wait. */
const filmed = (title: string, run: () => Promise<void> | void) =>
  test.skipIf(!hasFfmpeg && process.env.CI !== 'true')(title, { timeout: 120_000 }, run)

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const scratch = mkdtempSync(join(tmpdir(), 'kaibo-clip-'))
const storage = memoryStorage()
const workDir = join(scratch, 'work')

/** Twelve seconds in pieces of four, a key frame every two. */
const film = join(scratch, 'film')
beforeAll(() => {
  if (!hasFfmpeg) return
  spawnSync('mkdir', ['-p', film])
  const args = [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=180x320:rate=25:duration=12'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=330:duration=12', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-g', '50', '-sc_threshold', '0', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-f', 'hls', '-hls_segment_type', 'fmp4', '-hls_time', '4'],
    ...['-hls_playlist_type', 'vod', 'index.m3u8'],
  ]
  expect(spawnSync('ffmpeg', args, { cwd: film }).status).toBe(0)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What the recording of a session says of itself. */
type Film = { durationMs: number; mayDownload: boolean; pieces: Piece[] }
type Piece = { initKey: string; key: string; atMs: number; durationMs: number }
const films = new Map<Id, Film>()
const factsOf = (film: Film | undefined) => {
  const { durationMs, mayDownload } = film ?? { durationMs: 0, mayDownload: false }
  const state = film ? ('ready' as const) : ('making' as const)
  return { state, durationMs, mayDownload, records: true, isPublic: false, shopId: '' }
}
/** The sessions after which recordings were asked, question by question. */
const asked: (readonly Id[])[] = []
const recording: ClipNeeds['recording'] = {
  factsByIds: async (_db, liveIds) => {
    asked.push(liveIds)
    return new Map(liveIds.map(liveId => [liveId, factsOf(films.get(liveId))]))
  },
  piecesOf: async (_db, liveId, { fromMs, toMs }) =>
    (films.get(liveId)?.pieces ?? [])
      .filter(piece => piece.atMs < toMs && piece.atMs + piece.durationMs > fromMs)
      .map(piece => ({
        ...piece,
        liveId,
        number: 0,
        bytes: 0,
        sha256: '',
        startedAt: new Date(0),
      })),
  spansOf: async (_db, _liveId, stretches) =>
    stretches.map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() })),
  fileOf: async key => join(film, key),
}
/** From the second second of the show on, for six seconds. */
const explains = new Map<Id, ExplainMark[]>()

const processOn = (pool: typeof database, changes: Partial<ClipNeeds> = {}) =>
  createClip({
    ...{ database: pool, log: silentLog, live: stage.live, recording, storage },
    ...{ shop: market.shop, catalog: market.catalog, files: market.files },
    showcase: { explainsOf: async (_db, liveId) => explains.get(liveId) ?? [] },
    workDir,
    ...changes,
  })
const clips = processOn(database)
const elsewhere = processOn(connect())

const filmPieces = (): Piece[] =>
  [0, 1, 2].map(at => ({
    ...{ initKey: 'init.mp4', key: `index${at}.m4s`, atMs: at * 4_000, durationMs: 4_000 },
  }))

/** An ended show of twelve seconds with a product that was explained from 2 to 8. */
async function newShow() {
  const team = await market.newShop()
  const { id: liveId, shopId } = await stage.newSession(team)
  const host = ctxOf(team.host)
  const tea = await market.newProduct(team)
  const startedAt = new Date(2_000).toISOString()
  explains.set(liveId, [{ productId: tea.id, title: '龙井', startedAt, seconds: 6 }])
  const film: Film = { durationMs: 12_000, mayDownload: false, pieces: filmPieces() }
  films.set(liveId, film)
  const list = () => clips.handlers.list(host, { shopId, id: liveId })
  return {
    ...{ liveId, shopId, team, host, tea, list, film },
    cut: (change: object = {}, clipId = newId()) =>
      clips.handlers.create(host, {
        ...{ shopId, id: liveId, clipId, title: '龙井讲解', productId: tea.id },
        ...{ fromMs: 2_500, toMs: 8_000, mode: 'copy' as const, ...change },
      }),
    publish: (id: Id, isPublished = true) =>
      clips.handlers.update(host, { shopId, id, isPublished }),
    one: async (id: Id) =>
      must(
        (await list()).items.find(clip => clip.id === id),
        'a clip',
      ),
  }
}

const refused = (code: string) => ({ code })
const probe = (bytes: Uint8Array) => {
  const asked = ['-v', 'error', '-show_entries', 'format=duration:stream=codec_type,width', '-of']
  const { stdout } = spawnSync('ffprobe', [...asked, 'json', '-i', 'pipe:0'], { input: bytes })
  const { streams, format } = JSON.parse(stdout.toString())
  return { kinds: streams.map((each: { codec_type: string }) => each.codec_type), ...format }
}
const boxes = (mp4: Buffer) => ['moov', 'mdat'].map(name => mp4.indexOf(name, 0, 'latin1'))
const bytesOf = async (id: Id) => {
  const { bytes } = await clips.handlers.video(ctxOf(visitor), { id })
  return Buffer.from(bytes)
}

filmed(
  'a copied clip begins at a key frame, plays while it loads and is there at once',
  async () => {
    const show = await newShow()
    const { id } = await show.cut()
    expect(await clips.workNext('quick')).toBe(true)
    const clip = await show.one(id)
    expect(clip).toMatchObject({ state: 'ready', failure: null, isPublished: false })
    expect(clip.posterUrl).not.toBeNull()
    await show.publish(id)
    const mp4 = await bytesOf(id)
    const [moov = 0, mdat = 0] = boxes(mp4)
    expect(moov).toBeLessThan(mdat)
    const { kinds, duration } = probe(mp4)
    expect(kinds.toSorted()).toEqual(['audio', 'video'])
    expect(Number(duration)).toBeGreaterThanOrEqual(5.4)
    expect(Number(duration)).toBeLessThan(7.6)
  },
)

filmed('an exact clip lasts as long as was asked for', async () => {
  const show = await newShow()
  const { id } = await show.cut({ mode: 'exact' })
  expect(await clips.workNext('quick')).toBe(false)
  expect(await clips.workNext('slow')).toBe(true)
  const { durationMs } = await show.one(id)
  expect(Math.abs((durationMs ?? 0) - 5_500)).toBeLessThan(150)
})

filmed('footage of two publishers is one clip', async () => {
  const show = await newShow()
  // The same header under another name, as of somebody who came back.
  const back = { ...must(filmPieces()[0], 'a piece'), initKey: join('..', 'film', 'init.mp4') }
  show.film.pieces.push({ ...back, atMs: 12_000 })
  show.film.durationMs = 16_000
  const span = { fromMs: 10_000, toMs: 14_000 }
  const [copy, exact] = [await show.cut(span), await show.cut({ ...span, mode: 'exact' })]
  await clips.workNext('quick')
  await clips.workNext('slow')
  for (const { id } of [copy, exact]) {
    const { state, durationMs } = await show.one(id)
    expect(state).toBe('ready')
    expect(Math.abs((durationMs ?? 0) - 4_000)).toBeLessThan(2_200)
  }
})

test('a clip of footage that is gone fails and says why, and may be cut again', async () => {
  const show = await newShow()
  show.film.pieces = []
  const { id } = await show.cut()
  await clips.workNext('quick')
  expect(await show.one(id)).toMatchObject({ state: 'failed', failure: 'gone', videoUrl: null })
  await expect(show.publish(id)).rejects.toMatchObject(refused('clip.not_ready'))
  const { handlers } = clips
  const queued = await handlers.again(show.host, { shopId: show.shopId, id, mode: 'exact' })
  expect(queued).toMatchObject({ state: 'waiting', failure: null, mode: 'exact' })
  await clips.workNext('slow')
  await handlers.remove(show.host, { shopId: show.shopId, id })
})

/** Footage that never comes, as of a process that was killed in the middle of its work. */
function hungProcess() {
  let reached = () => {}
  const isAtWork = new Promise<void>(resolve => {
    reached = resolve
  })
  const hung = {
    ...recording,
    piecesOf: () => {
      reached()
      return new Promise<never>(() => {})
    },
  }
  const dying = processOn(connect(), { recording: hung })
  return {
    /** Begins to work and is killed: it neither goes on nor says anything any more. */
    async die() {
      void dying.workNext('quick')
      await isAtWork
      dying.stop()
    },
  }
}

const leasesLapse = () =>
  sql`update clip set lease_until = clock_timestamp() - interval '1 s'
    where lease_until is not null`.execute(database.db)

filmed('what a killed process had begun is done by the next one', async () => {
  const show = await newShow()
  const { id } = await show.cut()
  await hungProcess().die()
  expect(await show.one(id)).toMatchObject({ state: 'cutting' })
  expect(await elsewhere.workNext('quick')).toBe(false)
  await leasesLapse()
  expect(await elsewhere.workNext('quick')).toBe(true)
  expect(await show.one(id)).toMatchObject({ state: 'ready' })
})

test('a clip that kills its process again and again is given up', async () => {
  const show = await newShow()
  const { id } = await show.cut()
  for (let attempt = 0; attempt < 3; attempt++) {
    await hungProcess().die()
    await leasesLapse()
  }
  expect(await elsewhere.workNext('quick')).toBe(true)
  expect(await show.one(id)).toMatchObject({ state: 'failed', failure: 'gave_up' })
})

filmed('two processes cut one clip once', async () => {
  const show = await newShow()
  await show.cut()
  const worked = await Promise.all([clips.workNext('quick'), elsewhere.workNext('quick')])
  expect(worked.toSorted()).toEqual([false, true])
})

filmed('a clip that is removed leaves nothing behind, also while it is cut', async () => {
  const show = await newShow()
  const [kept, dropped] = [await show.cut(), await show.cut()]
  await clips.workNext('quick')
  const removing = processOn(connect(), {
    storage: {
      ...storage,
      put: async (key, bytes) => {
        await storage.put(key, bytes)
        await clips.handlers.remove(show.host, { shopId: show.shopId, id: dropped.id })
      },
    },
  })
  await removing.workNext('quick')
  await clips.handlers.remove(show.host, { shopId: show.shopId, id: kept.id })
  const left = [...storage.objects.keys()].filter(key =>
    [kept.id, dropped.id].some(id => key.includes(id)),
  )
  expect(left).toEqual([])
})

filmed('before it is published a clip is seen by its shop alone', async () => {
  const [show, other] = [await newShow(), await newShow()]
  const { id } = await show.cut()
  await clips.workNext('quick')
  const seenBy = (ctx: typeof show.host) => clips.handlers.video(ctx, { id })
  await expect(seenBy(ctxOf(visitor))).rejects.toMatchObject(refused('clip.not_found'))
  await expect(seenBy(other.host)).rejects.toMatchObject(refused('clip.not_found'))
  expect((await seenBy(show.host)).contentType).toBe('video/mp4')
  const shown = (query: object) =>
    clips.handlers.highlights(ctxOf(visitor), { limit: 10, ...query })
  expect((await shown({ liveId: show.liveId })).items).toEqual([])
  await show.publish(id)
  for (const of of [{ productId: show.tea.id }, { liveId: show.liveId }, { shopId: show.shopId }])
    expect((await shown(of)).items).toMatchObject([{ id, product: { id: show.tea.id } }])
  expect((await shown({ shopId: other.shopId })).items).toEqual([])
  await show.publish(id, false)
  expect((await shown({ shopId: show.shopId })).items).toEqual([])
})

filmed('viewers keep a copy where the shop allows, with its name on it', async () => {
  const show = await newShow()
  const { id } = await show.cut()
  await clips.workNext('quick')
  const ask = () => clips.handlers.askDownload(ctxOf(visitor), { id })
  await expect(ask()).rejects.toMatchObject(refused('clip.not_found'))
  await show.publish(id)
  await expect(ask()).rejects.toMatchObject(refused('clip.no_download'))
  show.film.mayDownload = true
  expect(await ask()).toEqual({ state: 'making' })
  const take = () => clips.handlers.download(ctxOf(visitor), { id })
  await expect(take()).rejects.toMatchObject(refused('clip.not_ready'))
  expect(await clips.workNext('slow')).toBe(true)
  expect(await ask()).toEqual({ state: 'ready' })
  const { bytes, fileName } = await take()
  expect(fileName).toBe('龙井讲解.mp4')
  expect(Buffer.from(bytes).equals(await bytesOf(id))).toBe(false)
  show.film.mayDownload = false
  await expect(take()).rejects.toMatchObject(refused('clip.no_download'))
})

test('clips of many shows are listed with one question about their recordings', async () => {
  const team = await market.newShop()
  const liveIds = [newId(), newId(), newId()]
  for (const liveId of liveIds) {
    films.set(liveId, { durationMs: 12_000, mayDownload: liveId === liveIds[1], pieces: [] })
    await sql`insert into clip (id, live_id, shop_id, title, from_ms, to_ms, mode, state, published_at)
      values (${newId()}, ${liveId}, ${team.shopId}, '片段', 0, 5000, 'copy', 'ready', now())`.execute(
      database.db,
    )
  }
  asked.length = 0
  const wish = { shopId: team.shopId, limit: 10 }
  const { items } = await clips.handlers.highlights(ctxOf(visitor), wish)
  expect(asked.map(ids => ids.length)).toEqual([3])
  const kept = items.filter(({ mayDownload }) => mayDownload)
  expect(kept.map(({ liveId }) => liveId)).toEqual([liveIds[1]])
})

test('explanations are suggested until a clip shows them', async () => {
  const show = await newShow()
  const { suggestions } = await show.list()
  expect(suggestions).toMatchObject([{ productId: show.tea.id, fromMs: 2_000, toMs: 8_000 }])
  const { id } = await show.cut()
  expect((await show.list()).suggestions).toEqual([])
  await clips.handlers.remove(show.host, { shopId: show.shopId, id })
})

test('a clip is of an own session with a replay, within it, and of own goods', async () => {
  const [show, other] = [await newShow(), await newShow()]
  const no = (change: object, code: string) =>
    expect(show.cut(change)).rejects.toMatchObject(refused(code))
  await no({ toMs: 12_001 }, 'clip.span_invalid')
  await no({ productId: other.tea.id }, 'product.not_found')
  await no({ id: other.liveId }, 'live.not_found')
  films.delete(show.liveId)
  await no({}, 'recording.not_ready')
  await sql`update live_session set stop_reason = 'vulgar' where id = ${show.liveId}`.execute(
    database.db,
  )
  await no({}, 'recording.stopped')
  const { id } = await other.cut()
  const foreign = { shopId: show.shopId, id }
  const { handlers } = clips
  for (const spoil of [
    () => handlers.update(show.host, { ...foreign, title: '我的' }),
    () => handlers.again(show.host, { ...foreign, mode: 'copy' }),
    () => handlers.remove(show.host, foreign),
  ])
    await expect(spoil()).rejects.toMatchObject(refused('clip.not_found'))
  await handlers.remove(other.host, { shopId: other.shopId, id })
})

test('the same request is one clip, and a session has only so many', async () => {
  const show = await newShow()
  const { id } = await show.cut()
  expect(await show.cut({}, id)).toMatchObject({ id })
  await sql`insert into clip (id, live_id, shop_id, title, from_ms, to_ms, mode, state)
    select gen_random_uuid(), live_id, shop_id, title, from_ms, to_ms, mode, 'failed'
    from clip, generate_series(2, ${clipsMax}) where id = ${id}`.execute(database.db)
  await expect(show.cut()).rejects.toMatchObject(refused('clip.too_many'))
  await clips.handlers.remove(show.host, { shopId: show.shopId, id })
})

filmed('no scratch is left', () => {
  expect(readdirSync(workDir)).toEqual([])
})
