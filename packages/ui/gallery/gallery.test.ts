import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, extname, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

// Still pictures: software rendering of endless animations would take most of the test's time.
const still = { reducedMotion: 'reduce' } as const
const phone = {
  ...still,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  locale: 'zh-CN',
}
const desk = { ...still, viewport: { width: 1000, height: 700 }, locale: 'en-GB' }
const chromiumPath = onPath(['chromium', 'chromium-browser', 'google-chrome-stable'])
const ffmpegPath = onPath(['ffmpeg'])
const isStrict = process.env.CI === 'true'

describe.skipIf(!isStrict && !chromiumPath)('the kit in a browser', () => {
  let folder: string
  let server: Server
  let browser: Browser
  let origin: string
  let streamRequests = 0
  let deskPage: Page | undefined
  const publishers = new Set<ChildProcess>()
  const problems: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kaibo-gallery-'))
    const built = build({
      configFile: join(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
    const launched = chromium.launch({
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    })
    ;[browser] = await Promise.all([launched, built])
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://gallery').pathname
      if (path === '/live.flv') sendLive(response)
      else sendFile(response, join(folder, path === '/' ? 'index.html' : path))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    origin = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  })

  afterEach(async () => {
    const used = browser.contexts().filter(context => context !== deskPage?.context())
    await Promise.all(used.map(context => context.close()))
    expect(problems.splice(0)).toEqual([])
  })

  afterAll(async () => {
    for (const publisher of publishers) publisher.kill()
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A live stream as the media server sends it: FLV that never ends. */
  function sendLive(response: ServerResponse): void {
    streamRequests++
    const picture = 'testsrc2=size=180x320:rate=15'
    const encode = '-c:v libx264 -profile:v baseline -preset ultrafast -g 15 -pix_fmt yuv420p'
    const input = `-v error -re -f lavfi -i ${picture} -f lavfi -i sine -t 30`
    const args = `${input} ${encode} -c:a aac -ar 44100 -f flv -`.split(' ')
    const publisher = spawn(ffmpegPath ?? 'ffmpeg', args)
    publishers.add(publisher)
    response.writeHead(200, { 'content-type': 'video/x-flv' })
    publisher.stdout.pipe(response)
    response.on('close', () => publisher.kill())
  }

  async function open(path: string, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => message.type() === 'error' && problems.push(message.text()))
    await page.goto(origin + path)
    await page.locator('.g-page, .g-room').waitFor()
    return page
  }

  /** One page for all that is tried on a desk: each test closes what it opened. */
  async function openDesk(): Promise<Page> {
    deskPage ??= await open('/', { ...desk, permissions: ['clipboard-read', 'clipboard-write'] })
    return deskPage
  }

  test.each([
    ['zh-CN', 'paper'],
    ['en-GB', 'room'],
  ])('every part fits a phone in %s on %s, with targets for fingers', async (locale, theme) => {
    const page = await open(`/?theme=${theme}`, { ...phone, locale })
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale.replace('-GB', ''))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBe(0)
    expect(await smallTargets(page)).toEqual([])
  })

  test('a sheet takes the focus, keeps it, and gives it back on Esc', async () => {
    const page = await openDesk()
    const opener = page.getByRole('button', { name: 'Bottom sheet' })
    await opener.click()
    const sheet = page.getByRole('dialog', { name: 'Product bag' })
    await expectFocus(page, 'Product bag')
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press('Tab')
      const strayed = await page.evaluate(() => {
        const focused = document.activeElement
        return focused !== document.body && !focused?.closest('dialog')
      })
      expect(strayed).toBe(false)
    }
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await expectFocus(page, 'Bottom sheet')
  })

  test('a dialog above a sheet closes alone, and its toast can be seen and heard', async () => {
    const page = await openDesk()
    await page.getByRole('button', { name: 'Bottom sheet' }).click()
    await page.getByRole('button', { name: 'Place order' }).last().click()
    const dialog = page.getByRole('alertdialog')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expectFocus(page, 'Place order')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'OK' }).click()
    const heard = page.locator('dialog[open] [aria-live=polite]', { hasText: 'copied' })
    await heard.waitFor()
    expect(await page.locator('.k-toast').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test('a finger pulls a sheet down only when its content is at the top', async () => {
    const page = await open('/', phone)
    await page.getByRole('button', { name: '底部面板' }).tap()
    const sheet = page.getByRole('dialog')
    await sheet.waitFor()
    const body = sheet.locator('.k-sheet-body')
    await body.evaluate(node => {
      node.scrollTop = 200
    })
    await swipe(page, { x: 200, from: 500, to: 800 })
    await page.waitForTimeout(100)
    expect(await sheet.isVisible()).toBe(true)
    await body.evaluate(node => {
      node.scrollTop = 0
    })
    await swipe(page, { x: 200, from: 500, to: 800 })
    await sheet.waitFor({ state: 'hidden' })
  })

  test('a tap outside closes a sheet', async () => {
    const page = await open('/', phone)
    await page.getByRole('button', { name: '底部面板' }).tap()
    await page.getByRole('dialog').waitFor()
    await page.touchscreen.tap(200, 60)
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test('a code is typed or pasted out of a text message', async () => {
    const page = await openDesk()
    const code = page.getByLabel('Text message code')
    await code.pressSequentially('12x3')
    expect(await page.locator('.k-code-box').allTextContents()).toEqual(['1', '2', '3', '', '', ''])
    await code.clear()
    await page.evaluate(() => navigator.clipboard.writeText('【开播】验证码 246 810'))
    await page.keyboard.press('Control+V')
    await page.getByTestId('code').filter({ hasText: '246810' }).waitFor({ state: 'attached' })
  })

  test('tabs are walked with the arrow keys, around the end', async () => {
    const page = await openDesk()
    await page.getByRole('tab', { name: 'To pay' }).focus()
    await page.keyboard.press('ArrowRight')
    await expectFocus(page, 'Paid')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    await expectFocus(page, 'To pay')
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('To pay')
  })

  test('the chat follows until the reader scrolls up, then waits for them', async () => {
    const page = await open('/?page=room', phone)
    const log = page.getByRole('log')
    await log.locator('p').nth(9).waitFor()
    const distance = () =>
      log.evaluate(node => node.scrollHeight - node.scrollTop - node.clientHeight)
    expect(await distance()).toBeLessThan(2)
    await log.evaluate(node => {
      node.scrollTop = 0
    })
    const unread = page.getByRole('button', { name: '条新评论' })
    await unread.waitFor()
    expect(await distance()).toBeGreaterThan(30)
    await unread.tap()
    await unread.waitFor({ state: 'hidden' })
    expect(await distance()).toBeLessThan(2)
    await page.getByRole('button', { name: '朗读最新评论' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.k-chat > [aria-live=polite]').filter({ hasText: '：' }).waitFor()
  })

  test('a double tap likes; with reduced motion nothing flies', async () => {
    const page = await open('/?page=room', desk)
    await page.mouse.dblclick(500, 250)
    await page.locator('.k-like-count', { hasText: '10K' }).waitFor()
    expect(
      await page
        .locator('canvas')
        .evaluate(node => node instanceof HTMLCanvasElement && node.width),
    ).toBe(300)
  })

  test.skipIf(!isStrict && !ffmpegPath)(
    'the stream goes on under a sheet, in another language, and with sound',
    async () => {
      streamRequests = 0
      const page = await open('/?page=room&flv=/live.flv', phone)
      await page.locator('[data-player=playing]').waitFor()
      const video = await page.locator('video').elementHandle()
      const seconds = () =>
        page.locator('video').evaluate(node => 'currentTime' in node && node.currentTime)
      const startSec = await seconds()
      await page.getByRole('button', { name: '去抢购' }).tap()
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '开播 UI' }).tap()
      await page.getByRole('button', { name: 'Tap for sound' }).tap()
      await page.waitForTimeout(700)
      expect(Number(await seconds())).toBeGreaterThan(Number(startSec) + 0.5)
      const isSame = await page.evaluate(
        kept =>
          kept === document.querySelector('video') &&
          kept instanceof HTMLVideoElement &&
          !kept.muted,
        video,
      )
      expect(isSame).toBe(true)
      expect(streamRequests).toBe(1)
    },
    60_000,
  )
})

/** Names of the controls that a finger cannot hit on 44 × 44 px. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const reach = 21
    const controls = [...document.querySelectorAll('main :is(button, a, select)')]
    return controls.flatMap(control => {
      control.scrollIntoView({ block: 'center', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      const x = box.left + box.width / 2
      const y = box.top + box.height / 2
      const isHit = [y - reach, y + reach].every(edge => {
        const hit = document.elementFromPoint(x, edge)
        return control === hit || control.contains(hit)
      })
      return isHit && box.width >= 44
        ? []
        : [control.textContent || control.ariaLabel || control.tagName]
    })
  })
}

async function expectFocus(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(text)
}

/** A slow, straight pull of one finger. */
async function swipe(page: Page, path: { x: number; from: number; to: number }): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: path.x, y }],
    })
  await touch('touchStart', path.from)
  for (let step = 1; step <= 6; step++) {
    await touch('touchMove', path.from + ((path.to - path.from) * step) / 6)
  }
  await touch('touchEnd')
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const types: Record<string, string> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
  }
  const body = await readFile(path).catch(() => null)
  // Browsers ask for an icon by themselves; that is no error of the page.
  response.writeHead(body ? 200 : 204, { 'content-type': types[extname(path)] ?? 'text/plain' })
  response.end(body)
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync)
}
