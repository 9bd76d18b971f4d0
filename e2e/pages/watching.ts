import type { Page } from './page.ts'

/** What reaches a viewer's eyes, measured at the `<video>`. */
export const watching = (page: Page) => ({
  /** Waits until the picture moves and has this many pixels on its shorter side. */
  seesSide: (px: number) =>
    page.waitForFunction(
      side => {
        const video = document.querySelector('video')
        const isShown = video !== null && video.currentTime > 0 && video.readyState > 2
        return isShown && Math.min(video.videoWidth, video.videoHeight) === side
      },
      px,
      { polling: 500, timeout: 180_000 },
    ),
  /** Waits until the picture is green, as that of the fake camera is. */
  seesGreen: () =>
    page.waitForFunction(
      () => {
        const video = document.querySelector('video')
        const canvas = document.createElement('canvas')
        const pen = canvas.getContext('2d')
        if (!video || video.videoWidth === 0 || !pen) return false
        canvas.width = canvas.height = 16
        pen.drawImage(video, 0, 0, 16, 16)
        const { data } = pen.getImageData(0, 0, 16, 16)
        let apart = 0
        for (let at = 0; at < data.length; at += 4) {
          apart += (data[at + 1] ?? 0) - (data[at] ?? 0)
        }
        return apart / (data.length / 4) > 40
      },
      null,
      { polling: 500, timeout: 90_000 },
    ),
})
