import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consolePages } from './pages/console.ts'
import { sees, seesNoMore } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { signIn } from './pages/sign-in.ts'
import { studioPages } from './pages/studio.ts'
import { chromiumPath, desk, openStage, phone, type Stage } from './stage/browser.ts'
import { hasFfmpeg, startEncoder } from './stage/encoder.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')

const people = { host: '13800000004', buyer: '13911110001', neighbour: '13911110002' }
const title = '周末餐桌 e2e'

let server: RunningServer
let stage: Stage

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  server = await startServer({}, 'embedded')
  stage = await openStage(server.url)
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

/** What the acts of the story share: two browsers, and what came out of an act. */
type Show = {
  viewer: Page
  host: Page
  /** Comes later, to find what the others see. */
  neighbour: Page
  liveId: string
  streamKey: string
  orderId: string
  stopEncoder: () => Promise<void>
}

told('the first show: from the feed to the recap', { timeout: 300_000 }, async () => {
  const show = await newcomersAndHosts()
  await goLive(show)
  await watchAndTalk(show)
  await keepOrder(show)
  await explain(show)
  await buyInTheRoom(show)
  await shipAndConfirm(show)
  await endAndRecap(show)
  await everythingAddsUp(show)
})

/** 1. A newcomer sees rooms that move. */
async function newcomersAndHosts(): Promise<Show> {
  const [viewer, host, neighbour] = [
    await stage.person(phone),
    await stage.person(desk),
    await stage.person(phone),
  ]
  const shop = shopPages(viewer)
  await shop.openFeed()
  await sees(shop.roomCard('夜里泡一壶春茶'))
  await seesDemoRoomMove()
  const nothingYet = { liveId: '', streamKey: '', orderId: '', stopEncoder: async () => {} }
  return { viewer, host, neighbour, ...nothingYet }
}

/** 2. A host goes live from an encoder; the open feed shows the room without a reload. */
async function goLive(show: Show): Promise<void> {
  const studio = studioPages(show.host)
  await studio.open()
  await signIn(show.host, { url: server.url, phone: people.host })
  await studio.goLive()
  const { address, key } = await studio.create({ title, category: '家居' })
  expect(key).toMatch(/^sk_\w{32}$/)
  await studio.toDesk()
  show.liveId = studio.liveId()
  show.streamKey = key
  show.stopEncoder = startEncoder(`${address.replace('localhost', '127.0.0.1')}/${key}`).stop
  await sees(shopPages(show.viewer).roomCard(title))
  await sees(studio.state('直播中'))
}

/** 3. A visitor watches with sound; signed in they talk and like; other rooms hear nothing. */
async function watchAndTalk({ viewer, host }: Show): Promise<void> {
  const shop = shopPages(viewer)
  await shop.roomCard(title).click()
  await shop.seesPicture()
  await shop.markVideo()
  await shop.turnSoundOn()
  expect(await shop.isMuted()).toBe(false)
  const elsewhere = await openElsewhere()

  await viewer.getByRole('textbox', { name: '说点什么…' }).click()
  await signIn(viewer, { url: server.url, phone: people.buyer })
  await seesNoMore(viewer.getByRole('dialog', { name: '登录' }))
  await shop.writeComment('大家好，我来了')
  await sees(studioPages(host).comment('大家好，我来了'))
  for (let tap = 0; tap < 5; tap++) await shop.like()
  await viewer.waitForTimeout(1_000)
  expect(await shopPages(elsewhere).comment('大家好，我来了').count()).toBe(0)
  await elsewhere.context().close()
}

/** 4. The host mutes the viewer from the comment at the desk, finds who did it, and takes it back. */
async function keepOrder({ host }: Show): Promise<void> {
  const studio = studioPages(host)
  await studio.mute('大家好，我来了')
  await studio.openOrder()
  await sees(studio.sanctionBy('小满'))
  await studio.liftFirst()
  await sees(studio.nobodySanctioned())
  await studio.closeOrder()
}

/** 5. Products come into the bag and are explained, one after the other; late joiners agree. */
async function explain({ viewer, host, neighbour, liveId }: Show): Promise<void> {
  const studio = studioPages(host)
  const card = shopPages(viewer).explainCard()
  await studio.addProducts(['冰糖山楂串', '山茶花护手霜'])
  await studio.explain(1)
  await sees(card)
  const first = await card.textContent()
  await studio.explain(2)
  await viewer.waitForFunction(
    before => document.querySelector('[aria-label=讲解卡片]')?.textContent !== before,
    first,
  )
  const late = shopPages(neighbour)
  await late.openRoom(liveId)
  await sees(late.explainCard())
  expect(await late.explainCard().textContent()).toBe(await card.textContent())
}

/** 6. The buyer buys without leaving the picture, and may even change the language. */
async function buyInTheRoom(show: Show): Promise<void> {
  const shop = shopPages(show.viewer)
  show.orderId = await buy(show.viewer)
  expect(await shop.sameVideoMoves()).toBe(true)
  await switchLanguage(show.viewer)
  expect(await shop.sameVideoMoves()).toBe(true)
}

/** 7. The merchant ships, the buyer sees the parcel and confirms. */
async function shipAndConfirm({ viewer, host, orderId }: Show): Promise<void> {
  await ship(host, viewer, orderId)
  await sees(viewer.getByText('SF1234567890123'))
  await shopPages(viewer).confirmReceipt()
  await sees(viewer.getByText('已完成').first())
}

/** 8. The host ends; viewers see it; the recap counts what happened. */
async function endAndRecap({ host, neighbour, liveId, stopEncoder }: Show): Promise<void> {
  const studio = studioPages(host)
  await host.goto(`/studio/live/${liveId}`)
  await studio.end()
  await sees(shopPages(neighbour).ended())
  await stopEncoder()
  await sees(host.getByRole('article', { name: /^复盘/ }))
  expect(await studio.recapFact('成交订单')).toBe('1')
  expect(await studio.recapFact('评论')).toBe('1')
  expect(await studio.recapFact('点赞')).toBe('5')
}

/** 9. Stock, money and logs add up, the key is in no log, and no page complained. */
async function everythingAddsUp({ streamKey }: Show): Promise<void> {
  for (const command of ['doctor', 'ledger-check']) {
    const { code, output } = await server.kaibo(command)
    expect(output).not.toContain('BROKEN')
    expect(code).toBe(0)
  }
  expect(server.output()).not.toContain(streamKey)
  expect(stage.problems()).toEqual([])
}

/** The demo room plays the built-in clip through the real ingest. */
async function seesDemoRoomMove(): Promise<void> {
  const passerBy = await stage.person(phone, 'en-GB')
  await passerBy.goto('/')
  await passerBy.getByRole('link', { name: /夜里泡一壶春茶/ }).click()
  await shopPages(passerBy).seesPicture()
  await passerBy.context().close()
}

/** Somebody in the demo room, who must not hear what is said in the other one. */
async function openElsewhere(): Promise<Page> {
  const { output } = await server.kaibo('demo', '--json')
  const [room] = JSON.parse(output).rooms
  const page = await stage.person(phone)
  await shopPages(page).openRoom(room.id)
  await shopPages(page).seesPicture()
  return page
}

/** From the explain card to a paid order; answers with its id. */
async function buy(viewer: Page): Promise<string> {
  const shop = shopPages(viewer)
  await shop.buyExplained()
  await shop.chooseFirstSpecs()
  await shop.buyNow()
  await shop.fillAddress({
    name: '小邻',
    phone: people.buyer,
    region: ['浙江省', '杭州市', '西湖区'],
    detail: '龙井路 1 号',
  })
  await shop.placeOrder()
  await shop.payAtCashier()
  await sees(shop.paid())
  const link = await viewer.getByRole('link', { name: '查看订单' }).getAttribute('href')
  await shop.backToLive()
  return link?.split('/').at(-1) ?? ''
}

async function switchLanguage(viewer: Page): Promise<void> {
  await viewer.getByRole('button', { name: 'Switch to English' }).click()
  await sees(viewer.getByRole('button', { name: 'Leave the room' }))
  await viewer.getByRole('button', { name: '切换到中文' }).click()
  await sees(viewer.getByRole('button', { name: '离开直播间' }))
}

async function ship(merchant: Page, buyer: Page, orderId: string): Promise<void> {
  await buyer.goto(`/orders/${orderId}`)
  const text = await buyer.getByText(/订单号 \d+/).textContent()
  const number = /\d+/.exec(text ?? '')?.[0] ?? ''
  const back = consolePages(merchant)
  await back.openOrders()
  await sees(back.paidOrder(number))
  await back.ship({ number, waybill: 'SF1234567890123' })
}
