import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCamera } from '../media/camera.ts'
import { startMedia } from '../media/media-under-test.ts'
import { portOf } from '../media/ports.ts'
import { type Answer, createBrowser } from './browser.ts'
import { startFront } from './nginx.ts'

/**
 * The nginx recipe of the documents before the real media process, with a picture: what is asked by
 * HTTP/2 comes through, a piece is fetched once for many viewers, and what is private stays so.
 */
const viewerCount = 200
const playlistMaxMs = 15_000

const folder = mkdtempSync(join(tmpdir(), 'kaibo-front-'))
const app = createServer((request, response) => {
  const { 'x-forwarded-for': from, 'x-forwarded-proto': by, host } = request.headers
  response.end(JSON.stringify({ path: request.url, from, by, host }))
})
const appPort = await portOf(app)
const media = await startMedia()
const camera = startCamera([`[f=flv]${media.ingestUrl('key-front')}`])
const mediaPort = Number(new URL(media.playUrl('front', '')).port)
const front = await startFront(folder, { appPort, mediaPort })
const shop = createBrowser({ port: front.tlsPort, host: 'shop.example' })
const player = createBrowser({ port: front.tlsPort, host: 'media.shop.example' })

const failures: string[] = []
const check = (what: string, isSo: boolean, seen: unknown) => {
  console.log(`${isSo ? 'ok    ' : 'FAILED'}  ${what}: ${seen}`)
  if (!isSo) failures.push(what)
}
const pathOf = (file: string) => {
  const { pathname, search } = new URL(media.playUrl('front', file))
  return pathname + search
}

async function playlist(): Promise<Answer> {
  const untilMs = Date.now() + playlistMaxMs
  for (;;) {
    const answer = await player.get(pathOf('front/index.m3u8'))
    if (answer.text.includes('#EXT-X-PART:') || Date.now() > untilMs) return answer
    await sleep(200)
  }
}

async function checkPlaylists(): Promise<string> {
  const first = await playlist()
  check('a playlist by HTTP/2', first.status === 200, `${first.protocol}, ${first.status}`)
  const sequence = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(first.text)?.[1])
  const next = sequence + first.text.split('#EXTINF').length
  const asked = await player.get(`${pathOf('front/index.m3u8')}&_HLS_msn=${next}&_HLS_part=0`)
  const waitedMs = Math.round(asked.tookMs)
  check(
    'a blocking reload waits for its part',
    asked.status === 200 && waitedMs > 0,
    `${waitedMs} ms`,
  )
  const bare = await player.get('/live/front/index.m3u8')
  check('a playlist without its token', bare.status === 403, bare.status)
  const parts = [...asked.text.matchAll(/#EXT-X-PART:.*?URI="([^"]+)"/g)].map(
    match => match[1] ?? '',
  )
  return new URL(parts.at(-1) ?? '', 'https://media.shop.example/live/front/').pathname
}

async function checkPieces(part: string): Promise<void> {
  const answers = await Promise.all(Array.from({ length: viewerCount }, () => player.get(part)))
  const bytes = new Set(answers.map(({ text }) => text.length))
  const isWhole = answers.every(({ status }) => status === 200) && bytes.size === 1
  check(`a piece for ${viewerCount} viewers at once`, isWhole, `${[...bytes]} characters each`)
  const misses = answers.filter(({ headers }) => headers['x-cache'] === 'MISS')
  check('of which the origin gave', misses.length === 1, misses.length)
}

async function checkStreams(): Promise<void> {
  const flv = await player.get(pathOf('front.flv'), { bytesMax: 20_000 })
  check('FLV flows', flv.text.startsWith('FLV'), `20 kB after ${Math.round(flv.tookMs)} ms`)
  const upgraded = await player.upgrade(pathOf('front.flv'))
  check('FLV over a socket', upgraded === 101, upgraded)
}

async function checkApp(): Promise<void> {
  const page = await shop.get('/api/live')
  check('the app learns who asks', page.text.includes('"from":"127.0.0.1","by":"https"'), page.text)
  for (const path of ['/internal/media/events', '/metrics']) {
    const { status } = await shop.get(path)
    check(`${path} from outside`, status === 404, status)
  }
  for (const path of ['/control/streams', '/metrics', '/']) {
    const { status } = await player.get(path)
    check(`${path} of the media port from outside`, status === 404, status)
  }
  const plain = await fetch(`http://127.0.0.1:${front.plainPort}/live/1`, { redirect: 'manual' })
  check('http leads to https', plain.status === 301, plain.headers.get('location'))
}

try {
  await checkPieces(await checkPlaylists())
  await checkStreams()
  await checkApp()
} finally {
  for (const each of [shop, player]) each.close()
  camera.stop()
  front.stop()
  media.stop()
  app.close()
  await sleep(200)
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failures.length === 0 ? 0 : 1)
