import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable']
export const chromiumPath = paths.find(path => existsSync(path))

/** A person gives up on a control that does not answer for this long. */
const actionMsMax = 30_000

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
export const desk = { viewport: { width: 1440, height: 900 } }

export type Stage = {
  /** A person with a browser of their own. Everything that goes wrong on their pages is collected. */
  person(options: typeof phone | typeof desk, locale?: 'zh-CN' | 'en-GB'): Promise<Page>
  /** Page errors, console errors, answers from elsewhere: empty after a good run. */
  problems(): string[]
  /** Everybody closes their pages: what nobody looks at any more is not drawn. */
  sendHome(): Promise<void>
  close(): Promise<void>
}

/** A camera with a green picture that moves, another one, and a microphone that beeps every second. */
export const cameraFlags = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=device-count=2,fps=10',
]

export async function openStage(url: string, flags: readonly string[] = []): Promise<Stage> {
  const browser: Browser = await chromium.launch({
    args: [...quietFlags, ...flags],
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
  })
  const problems: string[] = []
  const contexts: BrowserContext[] = []
  const sendHome = async () => {
    await Promise.all(contexts.splice(0).map(context => context.close()))
  }
  return {
    async person(options, locale = 'zh-CN') {
      const context = await browser.newContext({ ...options, locale, baseURL: url })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(actionMsMax)
      watch(page, { url, problems })
      return page
    },
    problems: () => problems,
    sendHome,
    async close() {
      await sendHome()
      await browser.close()
    },
  }
}

/**
 * Refusals that a story provokes on purpose are answers, not problems; and a stream that ends is gone
 * for a moment before its viewers hear of it, or has yet to come back.
 */
const isExpected = (text: string, url: string) =>
  /status of (401|409|422|429)/.test(text) ||
  (/(status of|response code:) 404/.test(text) && /\/live\/[^/]+\.flv/.test(`${text} ${url}`))

function watch(page: Page, { url, problems }: { url: string; problems: string[] }): void {
  const { hostname } = new URL(url)
  page.on('pageerror', error => problems.push(`page error: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error' && !isExpected(message.text(), message.location().url))
      problems.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.on('request', request => {
    const target = new URL(request.url())
    if (/^(http|ws)/.test(target.protocol) && target.hostname !== hostname) {
      problems.push(`request to ${target.hostname}`)
    }
  })
}
