import type { Locator, Page } from './page.ts'

/** The host's pages, by the words that a person reads there. */
export const studioPages = (page: Page) => ({
  open: () => page.goto('/studio/'),
  goLive: () =>
    page
      .getByRole('link', { name: '开播' })
      .or(page.getByRole('button', { name: '开播', exact: true }))
      .first()
      .click(),
  /** Creates a session and answers with what the encoder needs. */
  async create(session: {
    title: string
    category: string
  }): Promise<{ address: string; key: string }> {
    await page.getByLabel('直播标题').fill(session.title)
    await page.getByRole('radio', { name: session.category }).check()
    await page.getByRole('button', { name: '创建场次' }).click()
    const address = await page.getByRole('textbox', { name: '推流地址' }).inputValue()
    const key = await page.getByRole('textbox', { name: '推流码' }).inputValue()
    return { address, key }
  },
  toDesk: () => page.getByRole('button', { name: '我已保存，进入中控台' }).click(),
  liveId: () => /live\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '',
  state: (name: string): Locator => page.getByText(name, { exact: true }).first(),
  async addProducts(titles: readonly string[]) {
    await page.getByRole('button', { name: '添加商品' }).first().click()
    const picker = page.getByRole('dialog', { name: '从货架添加' })
    for (const title of titles) await picker.getByRole('checkbox', { name: title }).check()
    await picker.getByRole('button', { name: `添加 ${titles.length} 件商品` }).click()
  },
  explain: (number: number) =>
    page.getByRole('button', { name: new RegExp(`^讲解 ${number} 号`) }).click(),
  moveUp: (number: number) =>
    page.getByRole('button', { name: new RegExp(`^排序 ${number} 号`) }).press('ArrowUp'),
  comment: (text: string): Locator => page.getByRole('log').getByText(text, { exact: true }),
  /** Opens what can be done with a comment, and mutes its author for ten minutes. */
  async mute(text: string) {
    await page.getByRole('log').getByText(text, { exact: true }).click()
    await page.getByRole('button', { name: '处理此人' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '禁言', exact: true }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  },
  openOrder: () => page.getByRole('button', { name: '房间秩序' }).click(),
  sanctionBy: (name: string): Locator =>
    page.getByRole('dialog', { name: '房间秩序' }).getByText(new RegExp(`^${name} 于 .* 处理$`)),
  liftFirst: () =>
    page
      .getByRole('button', { name: /^解除对/ })
      .first()
      .click(),
  nobodySanctioned: (): Locator => page.getByText('没有被禁言或封禁的人。'),
  closeOrder: () => page.getByRole('dialog', { name: '房间秩序' }).press('Escape'),
  async end() {
    await page.getByRole('button', { name: '结束直播' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '确认结束' }).click()
  },
  recapFact: (name: string): Promise<string | null> =>
    page
      .getByRole('article', { name: /^复盘/ })
      .locator('dl', { has: page.getByText(name, { exact: true }) })
      .locator('dd')
      .textContent(),
})
