import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cameraFlags, chromiumPath, desk, openStage, type Stage } from './stage/browser.ts'
import { hasFfmpeg, startEncoder } from './stage/encoder.ts'
import { type RunningMedia, startMedia } from './stage/media.ts'

const canRun = chromiumPath !== undefined && hasFfmpeg
const told = test.skipIf(!canRun && process.env.CI !== 'true')
/** Long enough for any machine; nothing here waits longer than it must. */
const slow = { timeout: 120_000, interval: 500 }

let media: RunningMedia
let stage: Stage
let encoder: ReturnType<typeof startEncoder> | undefined

beforeAll(async () => {
  if (!canRun && process.env.CI !== 'true') return
  media = await startMedia()
  stage = await openStage(media.pageUrl, cameraFlags)
})
afterAll(async () => {
  await encoder?.stop()
  await stage?.close()
  await media?.stop()
})

/** Calls a function of the page with texts. */
const call = (page: Page, name: string, ...texts: string[]): Promise<unknown> =>
  page.evaluate(`window.${name}(${texts.map(text => JSON.stringify(text)).join(', ')})`)

const openPage = async (): Promise<Page> => {
  const page = await stage.person(desk)
  await page.goto('/')
  return page
}

/** Joins, as often as a busy machine asks to come back, and sees pictures and sound arrive. */
const seesAndHears = async (page: Page, streamId: string): Promise<void> => {
  await expect.poll(() => call(page, 'watch', media.whepUrl(streamId)), slow).toBe('ok')
  const counts = async (): Promise<string> => JSON.stringify(await call(page, 'seen'))
  await expect.poll(counts, slow).toMatch(/"width":[1-9].*"pictures":\d{2,},"sounds":\d{2,}/)
}

told(
  'a camera in a browser is watched in another one by WebRTC alone',
  { timeout: 300_000 },
  async () => {
    const [host, viewer] = [await openPage(), await openPage()]
    expect(await call(host, 'publish', `${media.url}/whip`, 'wrong')).toBe(
      '401 {"code":"unknown_key"}',
    )
    expect(await call(host, 'publish', `${media.url}/whip`, 'key-camera')).toBe('ok')
    await expect.poll(media.live, slow).toContain('camera')
    await seesAndHears(viewer, 'camera')
  },
)

told('an encoder is watched by WebRTC in a browser', { timeout: 300_000 }, async () => {
  encoder = startEncoder(media.rtmpUrl('key-encoder'))
  await expect.poll(media.live, slow).toContain('encoder')
  await seesAndHears(await openPage(), 'encoder')
})

told(
  'where UDP is blocked a browser records H.264, or VP8 that is encoded anew',
  { timeout: 300_000 },
  async () => {
    const socketUrl = `${media.url.replace('http', 'ws')}/ingest`
    const kinds = [
      ['h264', 'video/webm;codecs=h264,opus'],
      ['vp8', 'video/webm;codecs=vp8,opus'],
    ] as const
    for (const [name, mime] of kinds) {
      const host = await openPage()
      expect(await call(host, 'record', socketUrl, `key-${name}`, mime)).toBe('ok')
      await expect.poll(media.live, slow).toContain(name)
      await host.close()
    }
  },
)
