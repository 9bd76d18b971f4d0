import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cameraPages } from './pages/camera.ts'
import { sees } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { signIn } from './pages/sign-in.ts'
import { studioPages } from './pages/studio.ts'
import { watching } from './pages/watching.ts'
import { cameraFlags, chromiumPath, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg } from './stage/encoder.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')

const people = { host: '13800000004' }
/** Three programs encode and draw in software here, on as few cores as there are. */
const patienceMs = 90_000
const title = '手机开播 e2e'

let server: RunningServer
let stage: Stage

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  server = await startServer()
  stage = await openStage(server.url, cameraFlags)
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

told(
  'a host goes live from the hand, and comes back after a reload',
  { timeout: 600_000 },
  async () => {
    const [host, viewer] = [await stage.person(phone), await stage.person(phone)]
    for (const page of [host, viewer]) page.setDefaultTimeout(patienceMs)
    await goLive(host)
    await watch(viewer)
    await changeDevices(host, viewer)
    await comeBack(host, viewer)
    await goOnWithoutUdp(host, viewer)
    await end(host, viewer)
    expect(server.output()).not.toContain('pt_')
    expect(stage.problems().filter(problem => !isPlayersOwn(problem))).toEqual([])
  },
)

/** 1. From the shop to the air: me, studio, a session, the camera, one press. */
async function goLive(host: Page): Promise<void> {
  await cameraPages(host).paintSecondCamera()
  await host.goto('/me')
  await signIn(host, { url: server.url, phone: people.host })
  await host.getByRole('link', { name: '开播', exact: false }).click()
  await studioPages(host).create({ title, category: '家居' })
  const camera = cameraPages(host)
  await camera.enter()
  await camera.seesMyself()
  await camera.go()
  await sees(camera.onAir(), patienceMs)
}

/** 2. A visitor finds the room, and sees the picture. */
async function watch(viewer: Page): Promise<void> {
  const shop = shopPages(viewer)
  await shop.openFeed()
  await sees(shop.roomCard(title))
  await shop.roomCard(title).click()
  await shop.seesPicture()
  await shop.markVideo()
  await watching(viewer).seesGreen()
}

/** 3. What the host mutes is not heard, and what another camera films is seen, while one viewer watches. */
async function changeDevices(host: Page, viewer: Page): Promise<void> {
  const camera = cameraPages(host)
  await watching(viewer).hears(true)
  await camera.tool('静音').click()
  await sees(camera.tool('取消静音'))
  await watching(viewer).hears(false)
  await camera.chooseSecondCamera()
  await watching(viewer).seesColour(2)
  await watching(viewer).hears(false)
  await camera.tool('取消静音').click()
  await watching(viewer).hears(true)
  expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
}

/** 4. A reload goes on with the same session by itself. */
async function comeBack(host: Page, viewer: Page): Promise<void> {
  await host.reload()
  await sees(cameraPages(host).onAir(), patienceMs)
  expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
}

/** 5. In a network without UDP the show goes on by the other way, and the host is told. */
async function goOnWithoutUdp(host: Page, viewer: Page): Promise<void> {
  const camera = cameraPages(host)
  await camera.refuseUdp()
  await host.reload()
  await sees(camera.byOtherWay(), patienceMs)
  await sees(camera.onAir(), patienceMs)
  expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
}

/** 6. The end is one for both. */
async function end(host: Page, viewer: Page): Promise<void> {
  await studioPages(host).end()
  await sees(shopPages(viewer).ended(), patienceMs)
  await sees(host.getByRole('article', { name: /^复盘/ }))
}

/** Streams that change their publisher are asked for again; the answer may come too early. */
const isPlayersOwn = (problem: string) => /\/live\/[^/]+\.(flv|m3u8)|\/whip|\/ingest/.test(problem)
