import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'

const JOIN_MAX_MS = 15_000

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

type Show = { readonly siteUrl: string; readonly player: PlayerName; readonly url: string }

const open = async (browser: Browser, { siteUrl, player, url }: Show): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } })
  await page.goto(`${siteUrl}/page.html?${new URLSearchParams({ player, url })}`)
  return page
}

/** From opening an address in a fresh page to its first picture; at most fifteen seconds. */
export const measureJoin = async (browser: Browser, show: Show): Promise<number> => {
  const page = await open(browser, show)
  const joined = page.waitForFunction('window.result.joinMs', null, { timeout: JOIN_MAX_MS })
  await joined.catch(() => {})
  const { joinMs } = parseResult(await page.evaluate('window.result'))
  await page.close()
  return joinMs ?? JOIN_MAX_MS
}

/** Plays an address in a fresh page for some seconds and reads the clock off its frames. */
export const watch = async (
  browser: Browser,
  show: Show & { readonly seconds: number; readonly pictureFile?: string },
): Promise<Watched> => {
  const page = await open(browser, show)
  await sleep(show.seconds * 1000)
  if (show.pictureFile) await page.screenshot({ path: show.pictureFile })
  const result = parseResult(await page.evaluate('window.noteFreeze(), window.result'))
  await page.close()
  const settledAtMs = (show.seconds * 1000) / 2
  return {
    joinMs: result.joinMs ?? Number.NaN,
    latenciesMs: result.samples.flatMap(([atMs, latencyMs]) =>
      atMs > settledAtMs ? [latencyMs] : [],
    ),
    longestFreezeMs: result.longestFreezeMs,
    stallCount: result.stalls,
    unreadableCount: result.unreadable,
    errors: result.errors,
  }
}

type PageResult = {
  joinMs: number | null
  samples: [number, number][]
  longestFreezeMs: number
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
