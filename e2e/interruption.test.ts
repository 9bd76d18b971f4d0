import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sees } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { type Caller, callerIn, callerOf } from './stage/api.ts'
import { chromiumPath, desk, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg } from './stage/encoder.ts'
import { type RunningServer, startServer } from './stage/server.ts'
import { goOnAir, type Show } from './stage/show.ts'
import { enterAs, giveAddress } from './stage/visitor.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')

/** Long enough for an order on a busy machine: the room must not end below it. */
const awayGraceSec = 90
const patienceMs = 180_000
const hostPhone = '13800000004'
const productTitle = '冰糖山楂串'

let server: RunningServer
let stage: Stage
let host: Caller

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  server = await startServer({ KAIBO_AWAY_GRACE_SEC: String(awayGraceSec) })
  stage = await openStage(server.url)
  host = await callerOf(server.url, hostPhone)
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

told(
  'a host who is lost leaves a room that goes on selling, ends, and goes on when its host asks for it',
  { timeout: 420_000 },
  async () => {
    const show = await goOnAir(host, { title: '断流 e2e' })
    await fillBag(show)
    const viewer = await stage.person(phone)
    await enterAs(viewer, { url: server.url, phone: '13911110031' })
    await giveAddress(viewer, { url: server.url })
    await shopPages(viewer).openRoom(show.id)
    await shopPages(viewer).seesPicture()
    await show.encoder.stop()
    await sees(shopPages(viewer).away(), patienceMs)
    await order(viewer)
    await sees(shopPages(viewer).ended(), patienceMs)
    await sees(viewer.getByRole('button', { name: /^(看回放|回放生成中)/ }))
    expect(
      await viewer.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime),
    ).toBe(0)
    const encoder = await goOn(show)
    await shopPages(viewer).seesPicture()
    await encoder.stop()
    expect(stage.problems()).toEqual([])
  },
)

/** At the desk, and with the key of before; nobody in the room reloads. */
async function goOn(show: Show): Promise<ReturnType<Show['again']>> {
  const studio = await stage.person(desk)
  await enterAs(studio, { url: server.url, phone: hostPhone })
  await studio.goto(`/studio/live/${show.id}/recap`)
  await studio.getByRole('button', { name: /^继续这场直播/ }).click()
  await studio.waitForURL(`**/studio/live/${show.id}`)
  return show.again()
}

async function fillBag({ room }: Show): Promise<void> {
  const { items } = await host.call('GET', `${room.split('/live')[0]}/shelf?limit=20`)
  const product = (items as { id: string; title: string }[]).find(one => one.title === productTitle)
  if (!product) throw new Error('the demo shop does not sell it any more')
  await host.call('PUT', `${room}/bag`, { version: 0, productIds: [product.id] })
}

/** From the bag, while the host is away: the words over the picture say so all the while. */
async function order(viewer: Page): Promise<void> {
  const shop = shopPages(viewer)
  await shop.openBag()
  await shop
    .sheet(/^小黄车/)
    .getByRole('button', { name: /抢购|购买/ })
    .first()
    .click()
  await shop.chooseFirstSpecs()
  await shop.buyNow()
  await shop.placeOrder()
  await shop.payAtCashier()
  await sees(shop.paid())
  const buyer = await callerIn(viewer, server.url)
  const { items } = await buyer.call('GET', '/orders?limit=5')
  expect(items).toMatchObject([{ source: { kind: 'live' } }])
  await shop.backToLive()
}
