import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'

export type PlayerName = 'mpegts' | 'llhls' | 'hls' | 'whep'

/** What one viewer saw. Latencies are of the second half of the run, after players have settled. */
export type Watched = {
  readonly joinMs: number
  readonly latenciesMs: readonly number[]
  /** The longest time for which no new picture was shown. */
  readonly longestFreezeMs: number
  readonly stallCount: number
  readonly unreadableCount: number
  readonly errors: readonly string[]
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      '--autoplay-policy=no-user-gesture-required',
      // The page that publishes draws on while another one is looked at.
      ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
    ],
  })

/** Plays an address in a fresh page for some seconds and reads the clock off its frames. */
export const watch = async (
  browser: Browser,
  show: { siteUrl: string; player: PlayerName; url: string; seconds: number; pictureFile?: string },
): Promise<Watched> => {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } })
  const query = new URLSearchParams({ player: show.player, url: show.url })
  await page.goto(`${show.siteUrl}/page.html?${query}`)
  await sleep(show.seconds * 1000)
  if (show.pictureFile) await page.screenshot({ path: show.pictureFile })
  const result = parseResult(await page.evaluate('window.result'))
  await page.close()
  const settledAtMs = (show.seconds * 1000) / 2
  return {
    joinMs: result.joinMs ?? Number.NaN,
    latenciesMs: result.samples.flatMap(([atMs, latencyMs]) =>
      atMs > settledAtMs ? [latencyMs] : [],
    ),
    longestFreezeMs: longestGap(result.samples.map(([atMs]) => atMs)),
    stallCount: result.stalls,
    unreadableCount: result.unreadable,
    errors: result.errors,
  }
}

const longestGap = (times: readonly number[]): number =>
  Math.max(0, ...times.slice(1).map((at, n) => at - (times[n] ?? 0)))

type PageResult = {
  joinMs: number | null
  samples: [number, number][]
  unreadable: number
  stalls: number
  errors: string[]
}

const isPageResult = (value: unknown): value is PageResult =>
  typeof value === 'object' && value !== null && 'samples' in value && 'errors' in value

const parseResult = (value: unknown): PageResult => {
  if (isPageResult(value)) return value
  throw new Error('the page has no result')
}
