import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replayPages } from './pages/replay.ts'
import { shopPages } from './pages/shop.ts'
import { watching } from './pages/watching.ts'
import { type Caller, callerOf } from './stage/api.ts'
import { chromiumPath, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg } from './stage/encoder.ts'
import { obsVersion, type RunningObs, startObs } from './stage/obs.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg && obsVersion !== undefined
const told = test.skipIf(!canRun)
if (obsVersion === undefined) console.warn('OBS is not run: obs-studio or xvfb is not installed')

const host = '13800000004'
/** OBS draws and encodes in software here, beside browsers that decode. */
const slow = { timeout: 120_000, interval: 500 }

let server: RunningServer
let stage: Stage
let obs: RunningObs | undefined

beforeAll(async () => {
  if (!canRun) return
  server = await startServer()
  stage = await openStage(server.url)
})
afterAll(async () => {
  await obs?.stop()
  await stage?.close()
  await server?.stop()
})

type Show = { liveId: string; room: string; call: Caller['call']; key: string }

told(
  `OBS is watched by FLV and by LL-HLS, and its show again afterwards (${obsVersion})`,
  { timeout: 600_000 },
  async () => {
    const show = await openShow()
    obs = await startObs({ server: server.rtmpUrl, key: show.key })
    await expect.poll(() => healthOf(show), slow).toMatchObject({ state: 'live', trouble: null })
    await expect.poll(() => healthOf(show), slow).toMatchObject({ keyFrameGapMs: 1_000 })
    const byFlv = await stage.person(phone)
    const byHls = await stage.person(phone)
    await watch(byFlv, { show, way: /\.flv/ })
    await blockFlv(byHls)
    await watch(byHls, { show, way: /index\.m3u8/ })
    await obs.stop()
    obs = undefined
    // A server that is busy says so; somebody who presses again is heard.
    const end = () => show.call('POST', `${show.room}/end`, {})
    await expect.poll(() => end().catch(() => null), slow).toMatchObject({ state: 'ended' })
    await watchAgain(byFlv, show)
  },
)

async function openShow(): Promise<Show> {
  const { me, call } = await callerOf(server.url, host)
  const liveId = crypto.randomUUID()
  const rooms = `/shops/${me.shops[0]?.id}/live`
  const wanted = { id: liveId, title: 'OBS e2e', category: 'home', coverFileId: null }
  const { ingest } = await call('POST', rooms, wanted)
  const { streamKey: key } = ingest as { streamKey: string }
  return { liveId, room: `${rooms}/${liveId}`, call, key }
}

const healthOf = ({ room, call }: Show) => call('GET', `${room}/health`)

/** Sees the green film move, by the way that is meant. */
async function watch(viewer: Page, { show, way }: { show: Show; way: RegExp }): Promise<void> {
  viewer.setDefaultTimeout(slow.timeout)
  const asked = viewer.waitForRequest(way)
  await shopPages(viewer).openRoom(show.liveId)
  await asked
  await shopPages(viewer).seesPicture()
  await watching(viewer).seesGreen()
  await shopPages(viewer).markVideo()
  expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
}

/** A network that lets no endless answer and no socket to the media port through. */
async function blockFlv(viewer: Page): Promise<void> {
  await viewer.route(/\.flv/, route => route.abort())
  await viewer.routeWebSocket(/\.flv/, socket => socket.close())
}

async function watchAgain(viewer: Page, { liveId, call }: Show): Promise<void> {
  const replay = async () => (await call('GET', `/live/${liveId}/replay`)).state
  await expect.poll(replay, slow).toBe('ready')
  await replayPages(viewer).open(liveId)
  await replayPages(viewer).seesPicture()
  await watching(viewer).seesGreen()
}
