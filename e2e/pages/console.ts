import type { Locator, Page } from './page.ts'

/** The merchant's pages, by the words that a person reads there. */
export const consolePages = (page: Page) => ({
  openOrders: () => page.goto('/console/orders'),
  paidOrder: (number: string): Locator => page.getByText(number),
  async ship(order: { number: string; waybill: string }) {
    await page
      .getByRole('button', { name: `发货 ${order.number}` })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('运单号').fill(order.waybill)
    await dialog
      .getByRole('button', { name: /确认发货|发货并继续/ })
      .first()
      .click()
  },
})
