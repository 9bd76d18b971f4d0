import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shopPages } from './pages/shop.ts'
import { watching } from './pages/watching.ts'
import { type Caller, callerOf } from './stage/api.ts'
import { chromiumPath, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg } from './stage/encoder.ts'
import { type Line, openLine } from './stage/line.ts'
import { type RunningServer, startServer } from './stage/server.ts'
import { goOnAir, type Show } from './stage/show.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')

/** Long enough for any machine; nothing here waits longer than it must. */
const slow = { timeout: 180_000, interval: 500 }
/** A little larger than the smaller picture, and three times of what the narrow line carries. */
const source = { size: '378x672', side: 378, kbps: 1_500, noise: 15 }
const smallSide = 360
const narrowKbps = 500

let line: Line
let server: RunningServer
let stage: Stage
let host: Caller

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  line = await openLine()
  server = await startServer({
    KAIBO_MEDIA_URL: line.url,
    KAIBO_MEDIA_PORT: String(line.targetPort),
    KAIBO_LADDER_SLOTS: '6',
  })
  stage = await openStage(server.url)
  host = await callerOf(server.url, '13800000004')
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
  await line?.close()
})

for (const [latency, title] of [
  ['standard', 'on a line that becomes narrow the picture becomes smaller, and large again after'],
  ['low', 'a line too narrow for the fast way brings the way with smaller pictures by itself'],
] as const) {
  told(title, { timeout: 600_000 }, async () => {
    const show = await goLive(latency)
    const viewer = await stage.person(phone)
    await shopPages(viewer).openRoom(show.id)
    await watching(viewer).seesSide(source.side)
    await shopPages(viewer).markVideo()
    line.carry(narrowKbps)
    await watching(viewer).seesSide(smallSide)
    expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
    line.carry(null)
    await watching(viewer).seesSide(source.side)
    expect(await shopPages(viewer).sameVideoMoves()).toBe(true)
    if (latency === 'standard') await choose(viewer)
    await viewer.context().close()
    await show.encoder.stop()
    await host.call('POST', `${show.room}/end`)
    expect(stage.problems().filter(problem => !isPlayersOwn(problem))).toEqual([])
  })
}

/** What a viewer chooses in the menu comes on any line, and the menu knows it. */
async function choose(viewer: Page): Promise<void> {
  const menu = shopPages(viewer)
  await menu.chooseQuality('360p')
  await watching(viewer).seesSide(smallSide)
  await menu.chooseQuality('原画')
  await watching(viewer).seesSide(source.side)
}

/** A show with a smaller picture beside its own, once that is there. */
async function goLive(latency: 'standard' | 'low'): Promise<Show> {
  const show = await goOnAir(host, {
    ...{ title: '窄带 e2e', latency, ladder: 'light', picture: source },
  })
  const offered = async (): Promise<string> => {
    const { play } = await host.call('GET', `/live/${show.id}`)
    const url = /"llhls","url":"([^"]+)"/.exec(JSON.stringify(play))?.[1]
    return url ? (await fetch(url)).text() : ''
  }
  await expect.poll(offered, slow).toContain(`RESOLUTION=${smallSide}x`)
  return show
}

/** Whoever changes their way leaves requests behind; a piece may be gone when a slow line asks. */
const isPlayersOwn = (problem: string) => /\/live\/[^/]+(\.flv|\/)/.test(problem)
