import { setTimeout as sleep } from 'node:timers/promises'
import { median, reporter } from '../lib/report.ts'
import { startCamera } from './camera.ts'
import type { MediaUnderTest } from './media-under-test.ts'
import { startSite } from './site.ts'
import { openBrowser, watch } from './viewer.ts'

const report = reporter('media')

const BEFORE_MS = 8_000
const DROPS_SEC = [5, 20]
/** Of watching beside the drop: before it, and until the players have settled again. */
const AROUND_SEC = 23

type Options = { readonly rounds: number; readonly folder: string }

/**
 * A publisher is killed and comes back with the same key, five and twenty seconds later, while two
 * pages watch. What they freeze beyond the drop itself is the figure; neither page is reloaded.
 */
export const measureResume = async (media: MediaUnderTest, options: Options): Promise<void> => {
  for (const dropSec of DROPS_SEC) await measureDrop(media, { ...options, dropSec })
}

const measureDrop = async (
  media: MediaUnderTest,
  { rounds, folder, dropSec }: Options & { dropSec: number },
): Promise<void> => {
  const dropMs = dropSec * 1_000
  const site = await startSite(folder)
  const browser = await openBrowser()
  const output = `[f=flv]${media.ingestUrl('key-resume')}`
  const extraMs: Record<'flv' | 'llhls', number[]> = { flv: [], llhls: [] }
  for (let round = 0; round < rounds; round++) {
    const first = startCamera([output])
    await sleep(BEFORE_MS)
    const show = { siteUrl: site.url, seconds: AROUND_SEC + dropSec }
    const watched = Promise.all([
      watch(browser, { ...show, player: 'mpegts', url: media.playUrl('resume', 'resume.flv') }),
      watch(browser, {
        ...show,
        player: 'llhls',
        url: media.playUrl('resume', 'resume/index.m3u8'),
      }),
    ])
    await sleep(BEFORE_MS)
    first.stop()
    await sleep(dropMs)
    const second = startCamera([output])
    const [flv, llhls] = await watched
    process.stderr.write(`resume ${JSON.stringify({ flv: flv.errors, llhls: llhls.errors })}\n`)
    extraMs.flv.push(flv.longestFreezeMs - dropMs)
    extraMs.llhls.push(llhls.longestFreezeMs - dropMs)
    second.stop()
    await second.exited
  }
  await browser.close()
  site.stop()
  for (const [name, values] of Object.entries(extraMs)) {
    const metric = `${name}_resume_${dropSec}s_freeze_beyond_drop_ms`
    report({ metric, value: median(values), unit: 'ms', runs: rounds })
  }
}
