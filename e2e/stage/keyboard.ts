import type { Locator, Page } from 'playwright-core'

/** More stops than any page of ours has. */
const stopsMax = 250

/** Presses Tab until the control has the focus: what a keyboard does not reach fails. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.first().waitFor()
  for (let stop = 0; stop < stopsMax; stop++) {
    const isThere = await control
      .first()
      .evaluate(element => element.ownerDocument.activeElement === element)
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not reach ${control}`)
}

/** Reaches a control by Tab and presses it by Enter. */
export async function pressBy(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press('Enter')
}
