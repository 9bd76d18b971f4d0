import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sees, seesNoMore } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { axeFindings } from './stage/axe.ts'
import { chromiumPath, desk, openStage, phone, type Stage } from './stage/browser.ts'
import { pressBy, tabTo } from './stage/keyboard.ts'
import { type RunningServer, startServer } from './stage/server.ts'
import { enterAs, giveAddress } from './stage/visitor.ts'

const told = test.skipIf(chromiumPath === undefined && process.env.CI !== 'true')
const people = { buyer: '13800000001', host: '13800000002', operator: '13800000009' }
const calm = { reducedMotion: 'reduce' } as const

let server: RunningServer
let stage: Stage
let liveId: string

beforeAll(async () => {
  if (chromiumPath === undefined && process.env.CI !== 'true') return
  server = await startServer()
  stage = await openStage(server.url)
  const { output } = await server.kaibo('demo', '--json')
  liveId = JSON.parse(output).rooms[0].id
})
afterEach(() => stage?.sendHome())
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

/** Somebody who is signed in, with a page that moves no more than it must. */
async function somebody(
  who: keyof typeof people,
  { at, locale }: { at: typeof phone | typeof desk; locale?: 'zh-CN' | 'en-GB' },
): Promise<Page> {
  const page = await stage.person({ ...at, ...calm }, locale)
  await enterAs(page, { url: server.url, phone: people[who] })
  return page
}

const words = {
  'zh-CN': { bag: /^小黄车，/, buy: /去抢购|购买/, buyNow: '立即购买', order: '提交订单' },
  'en-GB': { bag: /^Product bag, /, buy: /Buy/, buyNow: 'Buy now', order: 'Place order' },
} as const

told.each(['zh-CN', 'en-GB'] as const)(
  'axe finds nothing serious where people buy and sell, in %s',
  { timeout: 300_000 },
  async locale => {
    const w = words[locale]
    const findings: Record<string, string[]> = {}
    const look = async (place: string, page: Page) => {
      findings[place] = await axeFindings(page)
    }

    const buyer = await somebody('buyer', { at: phone, locale })
    await giveAddress(buyer, server)
    await shopPages(buyer).openRoom(liveId)
    await sees(buyer.locator('.room-host'))
    await look('room', buyer)
    await buyer.getByRole('button', { name: w.bag }).click()
    await sees(buyer.getByRole('dialog').getByRole('button', { name: w.buy }))
    await look('bag', buyer)
    await buyer.getByRole('dialog').getByRole('button', { name: w.buy }).first().click()
    await shopPages(buyer).chooseFirstSpecs()
    await look('choosing', buyer)
    await buyer.getByRole('button', { name: w.buyNow }).last().click()
    await sees(buyer.getByRole('button', { name: w.order }))
    await look('checkout', buyer)

    const host = await somebody('host', { at: desk, locale })
    await host.goto(`/studio/live/${liveId}`)
    await sees(host.locator('.bag-row'))
    await look('desk', host)
    await host.setViewportSize(phone.viewport)
    for (const button of await host.locator('.phone-nav button').all()) {
      await button.click()
      await look(`phone host view, ${await button.textContent()}`, host)
    }

    const operator = await somebody('operator', { at: desk, locale })
    await operator.goto('/console/platform/patrol')
    await sees(operator.getByRole('main').getByText('夜里泡一壶春茶'))
    await look('wall', operator)

    expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([])
  },
)

told(
  'the keyboard alone talks, opens the bag, chooses, buys and pays',
  { timeout: 300_000 },
  async () => {
    const page = await somebody('buyer', { at: desk })
    await giveAddress(page, server)
    const shop = shopPages(page)
    await shop.openRoom(liveId)

    // Who signed in is given a field that can be written in.
    await tabTo(page, page.locator('[aria-label="说点什么…"]:not([readonly])'))
    await page.keyboard.type('键盘也能聊')
    await page.keyboard.press('Enter')
    await sees(shop.comment('键盘也能聊'))

    await pressBy(page, page.getByRole('button', { name: words['zh-CN'].bag }))
    await pressBy(page, page.getByRole('dialog').getByRole('button', { name: words['zh-CN'].buy }))
    const groups = page.getByRole('dialog').locator('fieldset', { has: page.getByRole('radio') })
    await groups.first().waitFor()
    for (const group of await groups.all()) {
      // A group of pills takes the focus where one is chosen, or at its first.
      const chosen = group.locator('input:checked')
      if ((await chosen.count()) > 0) continue
      await tabTo(page, group.getByRole('radio', { disabled: false }).first())
      await page.keyboard.press('Space')
    }
    await pressBy(page, page.getByRole('dialog').getByRole('button', { name: '立即购买' }))
    const agreement = page.getByRole('checkbox', { name: /七天无理由退货/ })
    await sees(page.getByRole('button', { name: '提交订单' }))
    if ((await agreement.count()) > 0) {
      await tabTo(page, agreement)
      await page.keyboard.press('Space')
    }
    await pressBy(page, page.getByRole('button', { name: '提交订单', disabled: false }))
    await pressBy(page, page.frameLocator('iframe').getByRole('button', { name: '确认支付' }))
    await sees(shop.paid())
  },
)

told('the keyboard alone keeps order at the desk', { timeout: 300_000 }, async () => {
  const viewer = await somebody('buyer', { at: phone })
  await shopPages(viewer).openRoom(liveId)
  await shopPages(viewer).writeComment('请管管我')
  const host = await somebody('host', { at: desk })
  await host.goto(`/studio/live/${liveId}`)
  const line = host.getByRole('log').locator('.said-line', { hasText: '请管管我' })
  await sees(line)
  // One row takes the Tab key, the newest; the arrows walk over the others.
  await pressBy(host, line)
  await pressBy(host, host.getByRole('button', { name: '处理此人' }))
  await pressBy(
    host,
    host.getByRole('alertdialog').getByRole('button', { name: '禁言', exact: true }),
  )
  await seesNoMore(host.getByRole('alertdialog'))
  await sees(viewer.getByText('你已被禁言'))
})
