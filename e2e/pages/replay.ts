import type { Locator, Page } from './page.ts'

/** Replays and clips, by the words that a person reads there. */
export const replayPages = (page: Page) => ({
  /** By the address of the room: who comes right after the end is asked first. */
  async open(liveId: string) {
    await page.goto(`/live/${liveId}`)
    const watch = page.getByRole('button', { name: '看回放' })
    const chip = page.getByText(/^回放 · /)
    await watch.or(chip).first().waitFor()
    if (await watch.isVisible()) await watch.click()
  },
  /** Waits until a picture moves. */
  async seesPicture() {
    await page.waitForFunction(() => {
      const video = document.querySelector('video')
      return video !== null && video.currentTime > 0 && video.videoWidth > 0
    })
  },
  /** Goes to where a product was explained. */
  async toChapter(title: string) {
    await page.getByRole('button', { name: /^讲解片段 \(\d+\)$/ }).click()
    await page
      .getByRole('dialog', { name: /^讲解片段/ })
      .getByRole('button', { name: new RegExp(title) })
      .click()
  },
  /** Not by the button: a film that runs to its end meanwhile has another one. */
  pause: () => page.locator('video').evaluate((video: HTMLVideoElement) => video.pause()),
  async playHighlight(title: string) {
    await page.getByRole('button', { name: new RegExp(`^播放精彩片段：${title}`) }).click()
  },
  fullReplay: (): Locator => page.getByRole('link', { name: '看完整回放' }),
})
