import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { signPlay } from '@kaibo/media/play-token'

const secret = 'a-secret-of-the-test'
const entry = fileURLToPath(new URL('../../apps/media/src/main.ts', import.meta.url))
const page = fileURLToPath(new URL('./rtc.html', import.meta.url))

export type RunningMedia = {
  /** A page of its own origin that publishes and watches. */
  readonly pageUrl: string
  readonly url: string
  rtmpUrl(key: string): string
  whepUrl(streamId: string): string
  /** Streams that have a picture now. */
  live(): Promise<string[]>
  stop(): Promise<void>
}

/** A media process on its own; the key `key-NAME` opens the stream NAME. */
export async function startMedia(): Promise<RunningMedia> {
  const app = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html').end(await readFile(page))
      return
    }
    const streamId = /"key":"key-([a-z0-9]+)"/.exec(body)?.[1]
    const answer = streamId ? { ok: true, streamId } : { ok: false, reason: 'unknown_key' }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  const appUrl = await listen(app)
  const child = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      ...{ KAIBO_MEDIA_SECRET: secret, KAIBO_MEDIA_PORT: '0', RTMP_PORT: '0' },
      ...{ KAIBO_APP_URL: appUrl, KAIBO_PARENT: '1' },
    },
  })
  const [{ httpPort, rtmpPort }] = await once(child, 'message')
  const url = `http://127.0.0.1:${httpPort}`
  return {
    pageUrl: appUrl,
    url,
    rtmpUrl: key => `rtmp://127.0.0.1:${rtmpPort}/live/${key}`,
    whepUrl(streamId) {
      const expSec = Math.floor(Date.now() / 1_000) + 3_600
      return `${url}/whep/${streamId}?t=${signPlay(secret, { streamId, expSec })}`
    },
    async live() {
      const headers = { authorization: `Bearer ${secret}` }
      const reply: unknown = await (await fetch(`${url}/control/streams`, { headers })).json()
      return [...JSON.stringify(reply).matchAll(/"streamId":"(\w+)","state":"live"/g)].flatMap(
        ([, streamId]) => streamId ?? [],
      )
    },
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
      app.closeAllConnections()
      app.close()
    },
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}
