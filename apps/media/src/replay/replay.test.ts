import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTags } from '@kaibo/media/flv/tag'
import { signPlay } from '@kaibo/media/play-token'
import { replayTokenOf } from '@kaibo/media/record/replay-token'
import { openPublication } from '@kaibo/media/rtmp/client'
import { makeClip } from '@kaibo/media/testing/clip'
import { until as untilWithin } from '@kaibo/media/testing/ingest'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const SECRET = 'a-secret-of-the-test'
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const FILM_MS = 8_000
/** A fragment is a second, and one picture is held back until the next. */
const TAIL_MAX_MS = 1_200
const tags = [...readTags(makeClip({ seconds: FILM_MS / 1_000 }))]

type Data = { number: number; durationMs: number; bytes: number }
const told: { streamId: string; type: string; data?: Data }[] = []
const appServer: Server = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const body = JSON.parse(Buffer.concat(pieces).toString())
  if (request.url === '/internal/media/events') told.push(...body.events)
  const streamId = String(body.key).replace(/^sk_/, '')
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ ok: true, streamId, records: streamId !== 'unkept' }))
})
const addressOf = (server: Server) => {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** Generous: a busy machine is slow, and only a state that never comes is a failure. */
const PATIENCE_MS = 20_000
const until = (isTrue: () => boolean) => untilWithin(isTrue, PATIENCE_MS)

type Media = { child: ChildProcess; http: string; rtmpPort: number }
let media: Media
let directory: string

const startMedia = async (): Promise<Media> => {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      KAIBO_MEDIA_SECRET: SECRET,
      KAIBO_MEDIA_PORT: '0',
      RTMP_PORT: '0',
      KAIBO_MEDIA_BIND: '127.0.0.1',
      KAIBO_APP_URL: addressOf(appServer),
      KAIBO_RECORDINGS_DIR: directory,
      KAIBO_RECORDINGS_FREE_GIB: '0',
      KAIBO_AWAY_GRACE_SEC: '1',
    },
  })
  const [{ httpPort, rtmpPort }] = await once(child, 'message')
  return { child, http: `http://127.0.0.1:${httpPort}`, rtmpPort }
}

const kill = async (signal: NodeJS.Signals) => {
  media.child.kill(signal)
  await once(media.child, 'exit')
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kaibo-replay-'))
  appServer.listen(0, '127.0.0.1')
  await once(appServer, 'listening')
  media = await startMedia()
})

afterAll(async () => {
  await kill('SIGTERM')
  appServer.closeAllConnections()
  appServer.close()
  await rm(directory, { recursive: true })
})

const publish = async (streamId: string) => {
  const publication = await openPublication(
    `rtmp://127.0.0.1:${media.rtmpPort}/live/sk_${streamId}`,
  )
  for (const { type, timestampMs, payload } of tags) {
    if (type !== 18) publication.send({ typeId: type, timestampMs, payload })
  }
  await until(() => told.some(event => event.streamId === streamId))
  return publication
}

const ask = (path: string, method = 'GET') =>
  fetch(`${media.http}/control/recordings${path}`, {
    method,
    headers: { authorization: `Bearer ${SECRET}` },
  })

type Folder = { name: string; isOpen: boolean; pieces: Data[] }
const folderOf = async (streamId: string): Promise<Folder> => {
  const response = await ask(`/${streamId}`)
  expect(response.status).toBe(200)
  return JSON.parse(await response.text())
}
const lengthOf = ({ pieces }: Folder) => pieces.reduce((sum, piece) => sum + piece.durationMs, 0)

const fetchFile = (key: string, options: { expSec?: number; headers?: object } = {}) => {
  const { expSec = Math.floor(Date.now() / 1000) + 60, headers = {} } = options
  const token = signPlay(SECRET, { streamId: replayTokenOf(key.split('/')[0] ?? ''), expSec })
  return fetch(`${media.http}/replay/${key}?t=${token}`, { headers: { ...headers } })
}

/** Of all pieces that there are. */
const bytesOnDisk = () =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.m4s'))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, -bytesBefore)
let bytesBefore = 0

/** What a film holds of sound and picture, without the headers of its tags. */
const mediaBytesBefore = (ms: number) =>
  tags
    .filter(({ type, timestampMs }) => type !== 18 && timestampMs < ms)
    .reduce((sum, { type, payload }) => sum + payload.length - (type === 9 ? 5 : 2), 0)

test('a stream that ended is recorded whole, and every piece of it was told', async () => {
  const publication = await publish('show')
  publication.close()
  await until(() => told.some(({ streamId, type }) => streamId === 'show' && type === 'ended'))
  await vi.waitUntil(async () => !(await folderOf('show')).isOpen, { timeout: PATIENCE_MS })
  const folder = await folderOf('show')
  expect(Math.abs(lengthOf(folder) - FILM_MS)).toBeLessThan(100)
  const recorded = () =>
    told.filter(event => event.streamId === 'show' && event.type === 'recorded')
  await until(() => recorded().length === folder.pieces.length)
  expect(recorded().map(({ data }) => data)).toEqual(
    folder.pieces.map(piece => ({ folder: folder.name, ...piece })),
  )
})

test('a media process that is killed loses no more of a recording than its tail', async () => {
  bytesBefore = bytesOnDisk()
  await publish('killed')
  // All but the fragment that is still being gathered has been handed to the system.
  await until(() => bytesOnDisk() >= mediaBytesBefore(FILM_MS - 1_000))
  await kill('SIGKILL')
  media = await startMedia()
  const folder = await folderOf('killed')
  expect(folder.isOpen).toBe(false)
  expect(lengthOf(folder)).toBeGreaterThan(FILM_MS - TAIL_MAX_MS)
  const publication = await publish('killed')
  publication.close()
  await until(() => told.some(({ streamId, type }) => streamId === 'killed' && type === 'ended'))
  const numbers = (await folderOf('killed')).pieces.map(({ number }) => number)
  expect(numbers).toEqual(numbers.map((_, at) => at))
})

test('a stream that is not to be kept leaves no file', async () => {
  const publication = await publish('unkept')
  publication.close()
  await until(() => told.some(({ streamId, type }) => streamId === 'unkept' && type === 'ended'))
  expect((await ask('/unkept')).status).toBe(404)
})

test('pieces are served in parts, for ever the same, to who has a signed address', async () => {
  const { name, pieces } = await folderOf('show')
  const size = pieces[0]?.bytes ?? 0
  const whole = await fetchFile(`${name}/0.m4s`)
  expect(whole.status).toBe(200)
  expect(whole.headers.get('cache-control')).toContain('immutable')
  const bytes = new Uint8Array(await whole.arrayBuffer())
  expect(bytes.length).toBe(size)
  const part = await fetchFile(`${name}/0.m4s`, { headers: { range: 'bytes=10-19' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${size}`])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20))
  const tail = await fetchFile(`${name}/0.m4s`, { headers: { range: 'bytes=-5' } })
  expect(new Uint8Array(await tail.arrayBuffer())).toEqual(bytes.subarray(-5))
  const beyond = await fetchFile(`${name}/0.m4s`, { headers: { range: `bytes=${size}-` } })
  expect(beyond.status).toBe(416)
  expect((await fetchFile(`${name}/999.m4s`)).status).toBe(404)
  expect((await fetchFile(`${name}/index.jsonl`)).status).toBe(404)
  expect((await fetchFile(`${name}/0.m4s`, { expSec: 1 })).status).toBe(403)
  expect((await fetch(`${media.http}/replay/${name}/0.m4s`)).status).toBe(403)
})

test('only the app server lists and removes recordings', async () => {
  const { name } = await folderOf('show')
  for (const method of ['GET', 'DELETE']) {
    expect((await fetch(`${media.http}/control/recordings/show`, { method })).status).toBe(401)
  }
  expect(JSON.parse(await (await ask('')).text())).toMatchObject({
    streams: expect.arrayContaining([{ streamId: 'show', isOpen: false }]),
    disk: { state: 'ok', freeBytes: expect.any(Number) },
  })
  await ask(`/${name}`, 'DELETE')
  expect((await fetchFile(`${name}/0.m4s`)).status).toBe(404)
})
