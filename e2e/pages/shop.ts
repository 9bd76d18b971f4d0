import type { Locator, Page } from './page.ts'

const found = (page: Page): Locator => page.locator('main a[href^="/product/"]')

/** The buyer's pages, by the words that a person reads there. */
export const shopPages = (page: Page) => ({
  openFeed: () => page.goto('/'),
  roomCard: (title: string): Locator =>
    page.getByRole('link', { name: new RegExp(`^进入直播间：${title}`) }),
  openRoom: (liveId: string) => page.goto(`/live/${liveId}`),

  /** Waits until the picture moves. */
  async seesPicture() {
    await page.waitForFunction(() => {
      const video = document.querySelector('video')
      return video !== null && video.currentTime > 0 && video.videoWidth > 0 && !video.paused
    })
  },
  turnSoundOn: () => page.getByRole('button', { name: '点按打开声音' }).click(),
  isMuted: () => page.evaluate(() => document.querySelector('video')?.muted),

  /** Marks the `<video>` element; {@link sameVideoMoves} finds out whether it is still the same. */
  markVideo: () =>
    page.evaluate(() => document.querySelector('video')?.setAttribute('data-mark', 'first')),
  async sameVideoMoves(): Promise<boolean> {
    const at = (before: number) => {
      const video = document.querySelector<HTMLVideoElement>('video[data-mark=first]')
      return video === null ? 'gone' : video.currentTime > before && video.currentTime
    }
    const now = await (await page.waitForFunction(at, 0)).jsonValue()
    if (typeof now !== 'number') return false
    return typeof (await (await page.waitForFunction(at, now)).jsonValue()) === 'number'
  },

  async writeComment(text: string) {
    await this.writing().fill(text)
    await page.getByRole('button', { name: '发送', exact: true }).click()
  },
  writing: (): Locator => page.getByRole('textbox', { name: '说点什么…' }),
  /** Taps a comment and answers to it. */
  async answer(comment: string, text: string) {
    await this.comment(comment).click()
    await page
      .getByRole('dialog', { name: '这条评论' })
      .getByRole('button', { name: '回复', exact: true })
      .click()
    await this.writeComment(text)
  },
  pinned: (text: string): Locator =>
    page.getByRole('button', { name: new RegExp(`^置顶评论.*${text}`) }),
  comment: (text: string): Locator => page.getByRole('log').getByText(text, { exact: true }),
  like: () => page.getByRole('button', { name: /^点赞/ }).click(),
  explainCard: (): Locator => page.getByRole('region', { name: '讲解卡片' }),

  /** The sheet on top. */
  sheet: (name: string | RegExp): Locator => page.getByRole('dialog', { name }),
  async buyExplained() {
    await page
      .getByRole('region', { name: '讲解卡片' })
      .getByRole('button', { name: '去抢购' })
      .click()
  },
  /** Of every spec the first value that can be had. */
  async chooseFirstSpecs() {
    const groups = page
      .getByRole('dialog')
      .locator('fieldset')
      .filter({ has: page.getByRole('radio') })
    await groups.first().waitFor()
    for (const group of await groups.all()) {
      await group.getByRole('radio', { disabled: false }).first().check()
    }
  },
  buyNow: () => page.getByRole('button', { name: '立即购买' }).click(),
  async fillAddress(address: {
    name: string
    phone: string
    region: readonly [province: string, city: string, county: string]
    detail: string
  }) {
    const form = page.getByRole('form', { name: '新增地址' })
    await form.getByLabel('收货人').fill(address.name)
    await form.getByLabel('手机号').fill(address.phone)
    for (const [index, level] of ['省份', '城市', '区县'].entries())
      await form.getByLabel(level).selectOption({ label: address.region[index] ?? '' })
    await form.getByLabel('详细地址').fill(address.detail)
    await form.getByRole('button', { name: '保存' }).click()
  },
  /** Searches until so many products are found: a young server is still indexing. */
  async search(words: string, foundMin: number) {
    for (let attempt = 0; attempt < 10; attempt++) {
      await page.goto('/search')
      await page.getByRole('searchbox').fill(words)
      await page.getByRole('searchbox').press('Enter')
      const last = found(page).nth(foundMin - 1)
      const isThere = await last.waitFor({ timeout: 4_000 }).then(
        () => true,
        () => false,
      )
      if (isThere) return
    }
    throw new Error(`fewer than ${foundMin} products are found by ${words}`)
  },
  /** Opens what was found at a place of the list, from 0. */
  openFound: (place: number) => found(page).nth(place).click(),
  async putIntoCart() {
    await page.getByRole('button', { name: '加入购物车' }).first().click()
    await this.chooseFirstSpecs()
    await page.getByRole('dialog').getByRole('button', { name: '加入购物车' }).click()
    await page.getByText('已加入购物车').first().waitFor()
  },
  openCart: () => page.goto('/cart'),
  /** What the cart has of a shop. */
  cartOf: (shop: string): Locator => page.getByRole('region', { name: shop }),
  checkOut: (lineCount: number) =>
    page.getByRole('button', { name: `结算 (${lineCount})` }).click(),
  /** Claims a coupon on the page of a shop that the cart has something of. */
  async claimCoupon(shop: string, title: string) {
    await this.cartOf(shop).getByRole('link', { name: shop }).click()
    await page.waitForURL(/\/shop\//)
    await page.goto(`${page.url()}/coupons`)
    const ticket = page.getByRole('article').filter({ hasText: title })
    await ticket.getByRole('button', { name: '领取' }).click()
    await page.getByText('领取成功').first().waitFor()
  },
  /** Agrees to what cannot be returned, where there is such, and places the order. */
  async placeOrder(taps: 1 | 2 = 1) {
    const button = page.getByRole('button', { name: '提交订单', disabled: false })
    await button.waitFor()
    const agreement = page.getByRole('checkbox', { name: /七天无理由退货/ })
    if ((await agreement.count()) > 0) await agreement.check()
    await button.click({ clickCount: taps })
  },
  payAtCashier: () => page.frameLocator('iframe').getByRole('button', { name: '确认支付' }).click(),
  paid: (): Locator => page.getByRole('heading', { name: '支付成功' }),
  backToLive: () => page.getByRole('button', { name: '继续看直播' }).click(),

  async confirmReceipt() {
    await page.getByRole('button', { name: '确认收货' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '确认收货' }).click()
  },
  /** Chooses the size of the picture in the menu, once it is offered there. */
  async chooseQuality(name: string) {
    await page.getByRole('button', { name: '更多' }).click()
    const menu = page.getByRole('dialog', { name: '更多' })
    await menu.getByRole('radio', { name }).check()
    await menu.press('Escape')
  },
  openBag: () => page.getByRole('button', { name: /^小黄车/ }).click(),
  /** What the room says while its host is away. */
  away: (): Locator => page.getByText('主播暂时离开，马上回来'),
  ended: (): Locator => page.getByRole('heading', { name: '直播已结束' }),
})
