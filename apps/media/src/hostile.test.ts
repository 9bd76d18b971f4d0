import { once } from 'node:events'
import { createServer } from 'node:http'
import { readTags } from '@kaibo/media/flv/tag'
import { signPlay } from '@kaibo/media/play-token'
import { openPublication } from '@kaibo/media/rtmp/client'
import { makeClip } from '@kaibo/media/testing/clip'
import { type HostileTarget, storm } from '@kaibo/media/testing/hostile'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { createMediaProcess } from './process.ts'

const SECRET = 'a-secret-of-the-test'
const film = [...readTags(makeClip({ seconds: 3 }))]
const tokenOf = (streamId: string) =>
  signPlay(SECRET, { streamId, expSec: Math.floor(Date.now() / 1000) + 600 })

/** Stands in for the app server: every key opens a stream of its name. */
const app = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString()
  const key: unknown = JSON.parse(body).key
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ ok: true, streamId: String(key).slice(0, 64) }))
})

let media: ReturnType<typeof createMediaProcess>
let target: HostileTarget

beforeAll(async () => {
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  const address = app.address()
  const appPort = typeof address === 'object' && address ? address.port : 0
  const config = readConfig({
    KAIBO_MEDIA_SECRET: SECRET,
    KAIBO_MEDIA_PORT: '0',
    RTMP_PORT: '0',
    KAIBO_MEDIA_BIND: '127.0.0.1',
    KAIBO_APP_URL: `http://127.0.0.1:${appPort}`,
    KAIBO_AWAY_GRACE_SEC: '0',
    KAIBO_MEDIA_LAG_MAX_MS: '60000',
  })
  media = createMediaProcess(config, pino({ level: 'silent' }))
  const ports = await media.start()
  const files = ['victim.flv', 'victim/index.m3u8', 'victim/hls.m3u8', 'hostile.flv']
  target = {
    ...ports,
    film,
    key: 'hostile',
    playPaths: files.map(file => `/live/${file}?t=${tokenOf(file.split(/[./]/)[0] ?? '')}`),
  }
})

afterAll(async () => {
  await media.stop()
  app.closeAllConnections()
  app.close()
})

test('broken RTMP, HTTP and WebSocket connections leave who publishes and who watches alone', async () => {
  const victim = await openPublication(`rtmp://127.0.0.1:${target.rtmpPort}/live/victim`)
  const send = (laterMs: number) => {
    for (const { type, timestampMs, payload } of film) {
      if (type !== 18) victim.send({ typeId: type, timestampMs: timestampMs + laterMs, payload })
    }
  }
  let sentMs = 0
  const timer = setInterval(() => {
    sentMs += 3_000
    send(sentMs)
  }, 500)
  send(0)
  const url = `http://127.0.0.1:${target.httpPort}${target.playPaths[0]}`
  const watch = async () => {
    const answer = await fetch(url)
    return answer.status === 200 ? answer.body?.getReader() : undefined
  }
  let viewer = await watch()
  while (viewer === undefined) viewer = await watch()
  const counts = await storm(target, { seed: 7, count: 150, atOnce: 12 })
  expect(counts.size).toBe(9)
  await viewer.read()
  const beforeMs = sentMs
  while (sentMs === beforeMs) await viewer.read()
  expect((await viewer.read()).value?.length).toBeGreaterThan(0)
  clearInterval(timer)
  await viewer.cancel()
  victim.close()
}, 180_000)
