import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createMediaControl, type MediaControl } from '@kaibo/media/control-client'
import { signPlay } from '@kaibo/media/play-token'
import { portOf } from './ports.ts'

const SECRET = 'bench-secret-bench-secret'
const MAIN = fileURLToPath(new URL('../../apps/media/src/main.ts', import.meta.url))

export type MediaUnderTest = {
  readonly pid: number
  readonly ports: { readonly http: number; readonly rtmp: number }
  ingestUrl(key: string): string
  playUrl(streamId: string, file: string): string
  readonly whipUrl: string
  whepUrl(streamId: string): string
  readonly control: MediaControl
  /** One figure of `/metrics`. */
  metric(name: string): Promise<number>
  stop(): void
}

/** Lets the key `key-NAME` publish the stream NAME; `light…` has a smaller variant beside it. */
const createGate = () =>
  createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const key = /"key":"key-([a-z0-9]+)"/.exec(Buffer.concat(pieces).toString())?.[1]
    response.setHeader('content-type', 'application/json')
    const ladder = key?.startsWith('light') ? 'light' : 'none'
    const answer = key
      ? { ok: true, streamId: key, ladder, records: true }
      : { ok: false, reason: 'key_unknown' }
    response.end(JSON.stringify(answer))
  })

/** Starts the real media process on free ports, with a stand-in for the app server. */
export const startMedia = async (
  env: Readonly<Record<string, string>> = {},
): Promise<MediaUnderTest> => {
  const gate = createGate()
  const gatePort = await portOf(gate)
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      KAIBO_MEDIA_SECRET: SECRET,
      KAIBO_MEDIA_PORT: '0',
      RTMP_PORT: '0',
      KAIBO_MEDIA_BIND: '127.0.0.1',
      KAIBO_APP_URL: `http://127.0.0.1:${gatePort}`,
      KAIBO_PARENT: '1',
      ...env,
    },
  })
  const { promise, resolve, reject } = Promise.withResolvers<{ http: number; rtmp: number }>()
  child.once('exit', () => reject(new Error('the media process did not start')))
  child.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null) return
    if (!('httpPort' in message) || !('rtmpPort' in message)) return
    resolve({ http: Number(message.httpPort), rtmp: Number(message.rtmpPort) })
  })
  const ports = await promise
  const origin = `http://127.0.0.1:${ports.http}`
  return {
    pid: child.pid ?? 0,
    ports,
    ingestUrl: key => `rtmp://127.0.0.1:${ports.rtmp}/live/${key}`,
    playUrl: (streamId, file) => `${origin}/live/${file}?t=${tokenFor(streamId)}`,
    whipUrl: `${origin}/whip`,
    whepUrl: streamId => `${origin}/whep/${streamId}?t=${tokenFor(streamId)}`,
    control: createMediaControl({ baseUrl: origin, secret: SECRET }),
    async metric(name) {
      const text = await (await fetch(`${origin}/metrics`)).text()
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    },
    stop() {
      child.kill('SIGKILL')
      gate.close()
    },
  }
}

const tokenFor = (streamId: string): string =>
  signPlay(SECRET, { streamId, expSec: Math.floor(Date.now() / 1000) + 3600 })
