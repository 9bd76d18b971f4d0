import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sees, seesNoMore } from './pages/page.ts'
import { replayPages } from './pages/replay.ts'
import { shopPages } from './pages/shop.ts'
import { signIn } from './pages/sign-in.ts'
import { callerIn, callerOf } from './stage/api.ts'
import { chromiumPath, desk, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg, startEncoder } from './stage/encoder.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')

const people = { host: '13800000004', viewer: '13911110021', buyer: '13911110022' }
const waitMsMax = 90_000

let server: RunningServer
let stage: Stage

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  server = await startServer()
  stage = await openStage(server.url)
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

type Show = { studio: Page; shopId: string; liveId: string; product: { id: string; title: string } }

told('a show that is over goes on selling', { timeout: 420_000 }, async () => {
  const show = await filmShow()
  const buyer = await stage.person(phone)
  await watchAgain(buyer, show)
  await buyFromReplay(buyer)
  await cutClip(show)
  await seeClip(buyer, show)
  expect(stage.problems()).toEqual([])
})

/** 1. A host shows a product, somebody asks about it, and the show ends. */
async function filmShow(): Promise<Show> {
  const studio = await stage.person(desk)
  await studio.goto('/studio/')
  await signIn(studio, { url: server.url, phone: people.host })
  await sees(studio.getByRole('button', { name: /账户/ }))
  const [host, viewer] = [
    await callerIn(studio, server.url),
    await callerOf(server.url, people.viewer),
  ]
  const shopId = host.me.shops[0]?.id ?? ''
  const liveId = crypto.randomUUID()
  const room = `/shops/${shopId}/live/${liveId}`
  const wanted = { id: liveId, title: '回放 e2e', category: 'home', coverFileId: null }
  const { ingest } = await host.call('POST', `/shops/${shopId}/live`, wanted)
  const { rtmpUrl, streamKey } = ingest as { rtmpUrl: string; streamKey: string }
  const encoder = startEncoder(`${rtmpUrl.replace('localhost', '127.0.0.1')}/${streamKey}`)
  await until(async () => (await host.call('GET', `/live/${liveId}`)).state === 'live')

  const { items } = await host.call('GET', `/shops/${shopId}/shelf?limit=20`)
  const goods = items as Show['product'][]
  const product = goods.find(({ title }) => title === '冰糖山楂串')
  if (!product) throw new Error('the demo shop does not sell it any more')
  const filmed = async () => Number((await host.call('GET', `${room}/recording`)).durationMs)
  await until(async () => (await filmed()) > 0)
  await host.call('PUT', `${room}/bag`, { version: 0, productIds: [product.id] })
  await host.call('PUT', `${room}/explaining`, { productId: product.id })
  await viewer.call('POST', `/live/${liveId}/comments`, {
    ...{ commentId: crypto.randomUUID(), text: '山楂甜不甜' },
  })
  // However slow the camera is here: something worth cutting must be on the film.
  const begunMs = await filmed()
  await until(async () => (await filmed()) >= begunMs + 8_000)
  await host.call('POST', `${room}/end`)
  await encoder.stop()
  await until(async () => (await host.call('GET', `/live/${liveId}/replay`)).state === 'ready')
  return { studio, shopId, liveId, product }
}

/** 2. Who comes late sees the show, with what was explained and said at its time. */
async function watchAgain(page: Page, { liveId, product }: Show): Promise<void> {
  const replay = replayPages(page)
  await replay.open(liveId)
  await replay.seesPicture()
  await shopPages(page).markVideo()
  await replay.toChapter(product.title)
  await sees(shopPages(page).explainCard().getByText(product.title))
  await sees(shopPages(page).comment('山楂甜不甜'))
}

/** 3. They buy what they see, over the picture. */
async function buyFromReplay(page: Page): Promise<void> {
  const shop = shopPages(page)
  await replayPages(page).pause()
  await shop.buyExplained()
  await shop.chooseFirstSpecs()
  await shop.buyNow()
  await signIn(page, { url: server.url, phone: people.buyer })
  await seesNoMore(page.getByRole('dialog', { name: '登录' }))
  await shop.fillAddress({
    ...{ name: '林小满', phone: '13911110022', detail: '龙井路 1 号' },
    region: ['浙江省', '杭州市', '西湖区'],
  })
  await shop.placeOrder()
  await shop.payAtCashier()
  await sees(shop.paid())
  expect(await page.locator('video[data-mark=first]').count()).toBe(1)
  const buyer = await callerIn(page, server.url)
  const { items } = await buyer.call('GET', '/orders?limit=5')
  expect(items).toMatchObject([{ source: { kind: 'video' } }])
}

/** 4. The host cuts the explanation out of it and puts it on the product's page. */
async function cutClip({ studio: page, liveId, product }: Show): Promise<void> {
  await page.goto(`/studio/live/${liveId}/recap`)
  await page.getByRole('button', { name: '剪出来' }).click()
  await page.getByRole('switch', { name: '在商品页展示' }).click()
  await sees(page.getByRole('switch', { name: '在商品页展示', checked: true }))
  await sees(page.getByRole('button', { name: `播放切片：${product.title}` }))
}

/** 5. Everybody finds it there, and from there the moment in the replay. */
async function seeClip(page: Page, { liveId, product }: Show): Promise<void> {
  const replay = replayPages(page)
  await page.goto(`/product/${product.id}`)
  await replay.playHighlight(product.title)
  await replay.seesPicture()
  await replay.fullReplay().click()
  await page.waitForURL(new RegExp(`/live/${liveId}/replay`))
  await replay.seesPicture()
}

/** Looks until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + waitMsMax
  while (!(await isSo())) {
    if (Date.now() > deadlineMs) throw new Error('it did not become so in time')
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}
