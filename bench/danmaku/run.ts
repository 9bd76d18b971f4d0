import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { basename, join } from 'node:path'
import { chromium } from 'playwright-core'
import { median, percentile, reporter } from '../lib/report.ts'

const sources = join(import.meta.dirname, '../../apps/shop/src/features/danmaku')
const window = { width: 390, height: 844 }
const [warmUpMs, sampleMs] = [8_000, 4_000]
const runCount = Number(process.argv[2] ?? 3)
const report = reporter('danmaku', '390×844, unique texts, software rendering')

type Measured = { frames: number[]; counts: number[] }

/** The page, and the engine as it stands in the shop, without its types. */
const server = createServer(async (request, response) => {
  const name = basename(request.url ?? '')
  const isCode = name.endsWith('.ts')
  response.setHeader('content-type', isCode ? 'text/javascript' : 'text/html')
  if (!isCode) return response.end(await readFile(join(import.meta.dirname, 'page.html')))
  const code = await readFile(join(sources, name), 'utf8').catch(() => null)
  response.statusCode = code === null ? 404 : 200
  response.end(code && stripTypeScriptTypes(code))
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
const port = typeof address === 'object' ? address?.port : 0

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
const runs: Measured[] = []
for (let run = 0; run < runCount; run++) {
  const page = await browser.newPage({ viewport: window })
  await page.goto(`http://127.0.0.1:${port}/`)
  const call = `window.measure(${JSON.stringify({ warmUpMs, sampleMs })})`
  runs.push(await page.evaluate<Measured>(call))
  await page.close()
}
await browser.close()
server.close()

const figures = {
  fps: runs.map(({ frames }) => 1_000 / (frames.reduce((sum, ms) => sum + ms, 0) / frames.length)),
  p95: runs.map(({ frames }) => percentile(frames, 0.95)),
  flying: runs.map(({ counts }) => median(counts)),
}
report({ metric: 'frames per second', value: median(figures.fps), unit: 'fps', runs: runCount })
report({ metric: 'frame p95', value: median(figures.p95), unit: 'ms', runs: runCount })
report({ metric: 'flying', value: median(figures.flying), unit: 'texts', runs: runCount })
