import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readTags, tagType } from '@kaibo/media/flv/tag'
import type { GateAnswer } from '@kaibo/media/hub/publisher'
import { ffmpegChildren } from '@kaibo/media/testing/children'
import { createTestHub, until } from '@kaibo/media/testing/ingest'
import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createMediaHttp } from '../http.ts'
import { createPublishGate } from './gate.ts'
import { createIngestPart } from './ingest-part.ts'
import type { IngestLimits } from './ingest-session.ts'

const H264 = 'video/webm;codecs=h264,opus'
const VP8 = 'video/webm;codecs=vp8,opus'

/** Nothing waits this long but where it would fail anyway. */
const DEADLINE_MS = 60_000
vi.setConfig({ testTimeout: 3 * DEADLINE_MS })

const exits: (() => unknown)[] = []
afterEach(async () => {
  for (const exit of exits.splice(0).reverse()) await exit()
})

/** A film as a MediaRecorder makes it: an unknown length, a cluster every 100 ms. */
const record = (videoArguments: readonly string[]): Buffer => {
  const { stdout, status } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=320x180:r=30', '-f', 'lavfi'],
      ...['-i', 'sine=440:r=48000', '-t', '4', '-pix_fmt', 'yuv420p', '-g', '30'],
      ...[...videoArguments, '-c:a', 'libopus', '-live', '1', '-cluster_time_limit', '100'],
      ...['-f', 'matroska', 'pipe:1'],
    ],
    { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (status !== 0) throw new Error('ffmpeg is needed to make test films')
  return stdout
}
const films = {
  [H264]: record(['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency']),
  [VP8]: record(['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8']),
}

const allow = async (key: string): Promise<GateAnswer> =>
  key.startsWith('key-')
    ? { ok: true, streamId: key.slice(4) }
    : { ok: false, reason: 'unknown_key' }

/** The `/ingest` side of a media process; the ticket `key-NAME` opens the stream NAME. */
const start = async (authorize = allow, limits?: IngestLimits) => {
  const parts = createTestHub(10_000)
  const refusals: string[] = []
  const ingest = createIngestPart({
    hub: parts.hub,
    gate: createPublishGate(authorize),
    encodersMax: 1,
    ...(limits ? { limits } : {}),
    onRefused: ({ reason }) => refusals.push(reason),
  })
  const server = createMediaHttp(
    { routes: [], sockets: ingest.sockets ?? [] },
    pino({ enabled: false }),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  exits.push(
    () => server.close(),
    () => ingest.stop?.(),
  )
  const address = server.address()
  const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/ingest`
  return { ...parts, refusals, url }
}

/** Opens a socket and says hello; `closed` tells how it ended. */
const open = async (url: string, hello: unknown) => {
  const socket = new WebSocket(url)
  const texts: string[] = []
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.onclose = ({ code, reason }) => resolve({ code, reason })
  })
  socket.onmessage = ({ data }) => texts.push(String(data))
  await new Promise(resolve => {
    socket.onopen = resolve
  })
  exits.push(() => socket.close())
  if (hello !== undefined) socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello))
  return { socket, texts, closed }
}

/** Publishes a film slice by slice, about as fast as it was made. */
const publish = async (url: string, mime: keyof typeof films, ticket = 'key-show') => {
  const opened = await open(url, { ticket, mime })
  await until(() => opened.texts.length > 0, DEADLINE_MS)
  expect(opened.texts[0]).toBe('{"type":"ready"}')
  const film = films[mime]
  const sliceBytes = Math.ceil(film.length / 40)
  let at = 0
  const timer = setInterval(() => {
    if (opened.socket.readyState === WebSocket.OPEN && at < film.length) {
      opened.socket.send(film.subarray(at, at + sliceBytes))
    }
    at += sliceBytes
  }, 50)
  exits.push(() => clearInterval(timer))
  return opened
}

test('what a MediaRecorder makes of H.264 and Opus is watched as H.264 and AAC', async () => {
  const { hub, url, events } = await start()
  await publish(url, H264)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const pieces: Buffer[] = []
  hub.find('show')?.flv.join({
    write: bytes => pieces.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  const count = (type: number) =>
    [...readTags(Buffer.concat(pieces))].filter(tag => tag.type === type).length
  await until(
    () => pieces.length > 0 && count(tagType.video) > 30 && count(tagType.audio) > 30,
    15_000,
  )
  expect(events.map(({ type }) => type)).toEqual(['publish_start'])
})

test('VP8 is encoded anew while there is a slot; the next page is told to come with H.264', async () => {
  const { hub, url } = await start()
  const first = await publish(url, VP8)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const second = await open(url, { ticket: 'key-other', mime: VP8 })
  expect(await second.closed).toEqual({ code: 4503, reason: 'encoder_slots_full' })
  first.socket.close()
  await until(() => hub.find('show')?.state === 'away', DEADLINE_MS)
  await publish(url, VP8, 'key-other')
})

test.each([
  ['a hello that is no JSON', 'hello', { code: 4400, reason: 'bad_hello' }],
  ['a hello without a ticket', { mime: H264 }, { code: 4400, reason: 'bad_hello' }],
  ['a hello without end', 'x'.repeat(5_000), { code: 4400, reason: 'bad_hello' }],
  ['a wrong ticket', { ticket: 'no', mime: H264 }, { code: 4401, reason: 'unknown_key' }],
  ['a ticket of strange letters', { ticket: '密', mime: H264 }, { code: 4401, reason: 'bad_key' }],
  [
    'a codec that we do not take',
    { ticket: 'key-show', mime: 'video/webm;codecs=theora' },
    { code: 4415, reason: 'codec.video_unsupported' },
  ],
  [
    'sound alone',
    { ticket: 'key-show', mime: 'audio/webm;codecs=opus' },
    { code: 4415, reason: 'codec.video_unsupported' },
  ],
])('%s is refused, and nothing is created', async (_, hello, ending) => {
  const { hub, url, refusals } = await start()
  const { closed } = await open(url, hello)
  expect(await closed).toEqual(ending)
  expect(hub.list()).toEqual([])
  expect(refusals).toEqual([ending.reason])
})

test('bytes before the hello are refused; a gate that fails is a no', async () => {
  const { url } = await start(async () => {
    throw new Error('gate down')
  })
  const early = await open(url, undefined)
  early.socket.send(new Uint8Array([1, 2, 3]))
  expect(await early.closed).toEqual({ code: 4400, reason: 'bad_hello' })
  const late = await open(url, { ticket: 'key-show', mime: H264 })
  expect(await late.closed).toEqual({ code: 4503, reason: 'gate_failed' })
})

test('bytes that are no recording end the connection and leave no stream and no process', async () => {
  const { hub, url } = await start()
  const { socket, closed, texts } = await open(url, { ticket: 'key-show', mime: H264 })
  await until(() => texts.length > 0, DEADLINE_MS)
  for (let slice = 0; slice < 40; slice++) socket.send(randomBytes(50_000))
  const { code, reason } = await closed
  expect(code).toBe(4499)
  expect(['recording_broken', 'no_picture']).toContain(reason)
  await until(() => hub.list().length === 0, DEADLINE_MS)
  await expect.poll(ffmpegChildren, { timeout: DEADLINE_MS }).toEqual([])
})

test('a page that says nothing, or starts and falls silent, is cut', async () => {
  const { hub, url } = await start(allow, { helloMs: 100, idleMs: 100, firstPictureMs: 60_000 })
  const mute = await open(url, undefined)
  expect(await mute.closed).toEqual({ code: 4400, reason: 'bad_hello' })
  const stalled = await open(url, { ticket: 'key-show', mime: H264 })
  expect(await stalled.closed).toEqual({ code: 4499, reason: 'idle' })
  expect(hub.list()).toEqual([])
})

test('a page that never shows a picture is cut', async () => {
  const { url } = await start(allow, { helloMs: 5_000, idleMs: 60_000, firstPictureMs: 100 })
  const { closed } = await open(url, { ticket: 'key-show', mime: H264 })
  expect(await closed).toEqual({ code: 4499, reason: 'no_picture' })
})

test('an oversize slice and a flood are cut', async () => {
  const { url } = await start()
  const huge = await open(url, { ticket: 'key-show', mime: H264 })
  await until(() => huge.texts.length > 0, DEADLINE_MS)
  huge.socket.send(new Uint8Array(5 * 1024 * 1024))
  expect((await huge.closed).code).toBe(1009)
  const flood = await open(url, { ticket: 'key-flood', mime: H264 })
  await until(() => flood.texts.length > 0, DEADLINE_MS)
  for (let slice = 0; slice < 8; slice++) flood.socket.send(new Uint8Array(3 * 1024 * 1024))
  const ending = await flood.closed
  expect(ending.code).toBe(4499)
  expect(['bitrate_too_high', 'encoder_too_slow', 'recording_broken']).toContain(ending.reason)
})

test('a killed ffmpeg ends the connection; the page that comes back resumes the stream', async () => {
  const { hub, url, events } = await start()
  const { closed } = await publish(url, H264)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  for (const pid of await ffmpegChildren()) process.kill(pid, 'SIGKILL')
  expect(await closed).toEqual({ code: 4499, reason: 'recording_broken' })
  expect(hub.find('show')?.state).toBe('away')
  await publish(url, H264)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end', 'resume'])
})

test('a kick says why, and a second page is refused while the first is alive', async () => {
  const { hub, url } = await start()
  const first = await publish(url, H264)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const second = await open(url, { ticket: 'key-show', mime: H264 })
  expect(await second.closed).toEqual({ code: 4409, reason: 'already_publishing' })
  hub.end('show', 'banned')
  expect(await first.closed).toEqual({ code: 4499, reason: 'banned' })
})
