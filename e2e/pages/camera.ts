import type { Locator, Page } from './page.ts'

/** The host's camera, by the words that a person reads there. */
export const cameraPages = (page: Page) => ({
  /** From the session that was just made. */
  enter: () => page.getByRole('link', { name: '用这台设备开播' }).first().click(),
  /** Waits until the own picture moves. */
  seesMyself: () =>
    page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0),
  go: () => page.getByRole('button', { name: '开始直播' }).click(),
  onAir: (): Locator => page.locator('main[data-at=live]'),
})
