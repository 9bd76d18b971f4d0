import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sees, seesNoMore } from './pages/page.ts'
import { shopPages } from './pages/shop.ts'
import { signIn } from './pages/sign-in.ts'
import { chromiumPath, openStage, phone, type Stage } from './stage/browser.ts'
import { offerCoupon } from './stage/coupon.ts'
import { type RunningServer, startServer } from './stage/server.ts'

const told = test.skipIf(chromiumPath === undefined && process.env.CI !== 'true')

const buyer = '13911110003'
const coupon = { title: '新客券 e2e', offFen: 500 }

let server: RunningServer
let stage: Stage

beforeAll(async () => {
  if (chromiumPath === undefined && process.env.CI !== 'true') return
  server = await startServer()
  stage = await openStage(server.url)
  await offerCoupon(server.url, { ownerPhone: '13800000002', ...coupon })
})
afterAll(async () => {
  await stage?.close()
  await server?.stop()
})

told(
  'a buyer shops: search, cart of two shops, coupon, checkout, one payment',
  {
    timeout: 240_000,
  },
  async () => {
    const page = await stage.person(phone)
    await fillCartAsVisitor(page)
    await signInAtCheckout(page)
    await claimCoupon(page)
    await checkOut(page)
    await payTogether(page)
    await everythingAddsUp()
  },
)

/** 1. A visitor finds goods of two shops and puts them into the cart on their device. */
async function fillCartAsVisitor(page: Page): Promise<void> {
  const shop = shopPages(page)
  for (const place of [0, 1]) {
    await shop.search('冰糖山楂', 2)
    await shop.openFound(place)
    await shop.putIntoCart()
  }
  await shop.openCart()
  await sees(shop.cartOf('山岚小铺'))
  await sees(shop.cartOf('小满的厨房'))
}

/** 2. Checking out asks who they are; the cart of the device becomes their own. */
async function signInAtCheckout(page: Page): Promise<void> {
  const shop = shopPages(page)
  await shop.checkOut(2)
  await signIn(page, { url: server.url, phone: buyer })
  await seesNoMore(page.getByRole('dialog', { name: '登录' }))
  await sees(page.getByRole('heading', { name: '确认订单' }))
  await shop.openCart()
  await sees(shop.cartOf('小满的厨房'))
}

/** 3. A coupon of one shop is claimed; the cart counts it at once. */
async function claimCoupon(page: Page): Promise<void> {
  const shop = shopPages(page)
  await shop.claimCoupon('山岚小铺', coupon.title)
  await shop.openCart()
  await sees(shop.cartOf('山岚小铺').getByText(coupon.title))
}

/** 4. Both shops at one checkout, with the coupon preselected; a double tap places once. */
async function checkOut(page: Page): Promise<void> {
  const shop = shopPages(page)
  await shop.checkOut(2)
  await shop.fillAddress({
    name: '小邻',
    phone: buyer,
    region: ['浙江省', '杭州市', '西湖区'],
    detail: '龙井路 1 号',
  })
  await sees(page.getByText(coupon.title).first())
  await shop.placeOrder(2)
}

/** 5. One payment for both orders; the cart is empty, the orders wait to be sent. */
async function payTogether(page: Page): Promise<void> {
  const shop = shopPages(page)
  await shop.payAtCashier()
  await sees(shop.paid())
  await page.goto('/orders')
  await sees(page.getByRole('link', { name: /^查看订单/ }).nth(1))
  expect(await page.getByRole('link', { name: /^查看订单/ }).count()).toBe(2)
  await shop.openCart()
  await sees(page.getByText('购物车是空的'))
}

/** 6. Stock and money add up, and no page complained. */
async function everythingAddsUp(): Promise<void> {
  for (const command of ['doctor', 'ledger-check']) {
    const { code, output } = await server.kaibo(command)
    expect(output).not.toContain('BROKEN')
    expect(code).toBe(0)
  }
  expect(stage.problems()).toEqual([])
}
