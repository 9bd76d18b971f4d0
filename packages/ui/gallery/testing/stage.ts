import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, extname, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

export const chromiumPath = onPath(['chromium', 'chromium-browser', 'google-chrome-stable'])
export const ffmpegPath = onPath(['ffmpeg'])

/** The built gallery on a server of its own, a live stream, and a browser to look at both. */
export class Stage {
  /** Page errors and console errors since the last look. */
  readonly problems: string[] = []
  streamRequestCount = 0
  readonly #folder: string
  readonly #browser: Browser
  readonly #publishers = new Set<ChildProcess>()
  readonly #server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname
    if (path === '/live.flv') this.#sendLive(response)
    else sendFile(response, join(this.#folder, path === '/' ? 'index.html' : path))
  })

  private constructor(folder: string, browser: Browser) {
    this.#folder = folder
    this.#browser = browser
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'kaibo-gallery-'))
    const built = build({
      configFile: join(import.meta.dirname, '../vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    })
    const launched = chromium.launch({
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    })
    const [browser] = await Promise.all([launched, built])
    const stage = new Stage(folder, browser)
    await new Promise<void>(resolve => stage.#server.listen(0, '127.0.0.1', resolve))
    return stage
  }

  async page(path: string, options: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', error => this.problems.push(error.message))
    page.on('console', message => message.type() === 'error' && this.problems.push(message.text()))
    const address = this.#server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await page.goto(`http://127.0.0.1:${port}${path}`)
    await page.locator('.g-page, .g-room').waitFor()
    return page
  }

  async closePagesBut(kept: Page | undefined): Promise<void> {
    const used = this.#browser.contexts().filter(context => context !== kept?.context())
    await Promise.all(used.map(context => context.close()))
  }

  async close(): Promise<void> {
    for (const publisher of this.#publishers) publisher.kill()
    await this.#browser.close()
    this.#server.closeAllConnections()
    this.#server.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** A live stream as the media server sends it: FLV that does not end by itself. */
  #sendLive(response: ServerResponse): void {
    this.streamRequestCount++
    const input = '-v error -re -f lavfi -i testsrc2=size=180x320:rate=15 -f lavfi -i sine -t 60'
    const encode = '-c:v libx264 -profile:v baseline -preset ultrafast -g 15 -pix_fmt yuv420p'
    const args = `${input} ${encode} -c:a aac -ar 44100 -f flv -`.split(' ')
    const publisher = spawn(ffmpegPath ?? 'ffmpeg', args)
    this.#publishers.add(publisher)
    response.writeHead(200, { 'content-type': 'video/x-flv' })
    publisher.stdout.pipe(response)
    response.on('close', () => publisher.kill())
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const body = await readFile(path).catch(() => null)
  // Browsers ask for an icon by themselves; that is no error of the page.
  response.writeHead(body ? 200 : 204, { 'content-type': types[extname(path)] ?? 'text/plain' })
  response.end(body)
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync)
}
