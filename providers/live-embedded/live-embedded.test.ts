import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { verifyPlay } from '@kaibo/media/play-token'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createLiveEmbedded, playBase } from './index.ts'

const secret = 'test-secret'
const clock = manualClock(new Date('2026-11-22T02:00:00Z'))
const nowSec = clock.now().getTime() / 1_000

/** The control side of a media process. */
const media = {
  status: 200,
  streams: [] as object[],
  troubles: [] as object[],
  heard: [] as unknown[],
}
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString()
  media.heard.push([request.url, request.headers.authorization, body && JSON.parse(body)])
  response
    .writeHead(media.status)
    .end(JSON.stringify({ streams: media.streams, troubles: media.troubles }))
}).listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => server.close())
beforeEach(() => Object.assign(media, { status: 200, streams: [], troubles: [], heard: [] }))

const { port } = server.address() as AddressInfo
const needs = { clock, secret, rtmpPort: 1935, mediaPort: 8081, mediaUrl: '' }
const provider = createLiveEmbedded({ ...needs, controlUrl: `http://127.0.0.1:${port}` })
const absent = createLiveEmbedded({ ...needs, controlUrl: 'http://127.0.0.1:1' })

const streamOf = (streamId: string, changes = {}) => ({
  streamId,
  state: 'live',
  viewers: { flv: 1, hls: 0, whep: 0 },
  bitrateBps: 2_000_600,
  fps: 29.97,
  keyFrameGapMs: 1_000,
  delayMs: 40,
  codec: 'avc1.64001f,mp4a.40.2',
  since: '2026-11-22T01:00:00.000Z',
  ...changes,
})

test('play addresses are on the host that people used, and good for four hours', () => {
  const id = newId()
  const { endpoints, expiresAt } = provider.play(id, { host: 'shop.example:8080', latency: 'low' })
  expect(endpoints.map(({ url }) => url.split('=')[0])).toEqual([
    `http://shop.example:8081/live/${id}.flv?t`,
    `ws://shop.example:8081/live/${id}.flv?t`,
    `http://shop.example:8081/live/${id}/index.m3u8?t`,
    `http://shop.example:8081/live/${id}/hls.m3u8?t`,
  ])
  expect(expiresAt).toBe('2026-11-22T06:00:00.000Z')
  for (const { url } of endpoints) {
    const token = new URL(url).searchParams.get('t') ?? ''
    const verdict = (streamId: string, atSec: number) =>
      verifyPlay(secret, { streamId, token, nowSec: atSec })
    expect(verdict(id, nowSec)).toBe('ok')
    expect(verdict(id, nowSec + 4 * 3_600 + 1)).toBe('expired')
    expect(verdict(newId(), nowSec)).toBe('forged')
  }
})

test('a room of standard latency is watched by HLS alone, the cheapest way first', () => {
  const { endpoints } = provider.play(newId(), { host: 'shop.example', latency: 'standard' })
  expect(endpoints.map(({ protocol }) => protocol)).toEqual(['hls', 'llhls'])
  const [plain, lowLatency] = endpoints.map(({ expectedLatencyMs }) => expectedLatencyMs)
  expect(plain).toBeGreaterThan(lowLatency ?? Infinity)
})

test('where every tenth of a second counts, WebRTC comes first', () => {
  const id = newId()
  const { endpoints } = provider.play(id, { host: 'shop.example', latency: 'realtime' })
  expect(endpoints.map(({ protocol }) => protocol)).toEqual([
    ...['whep', 'flv', 'wsflv', 'llhls', 'hls'],
  ])
  expect(endpoints[0]?.url).toMatch(`http://shop.example:8081/whep/${id}?t=`)
})

test('browsers publish by WebRTC first, and over a socket where UDP is blocked', async () => {
  const iceServers = [{ urls: ['stun:stun.example'] }]
  const withServers = createLiveEmbedded({ ...needs, controlUrl: '', iceServers: () => iceServers })
  const ingestOf = (from: typeof provider) =>
    from.browserIngest('shop.example:8080', { id: newId(), ticket: 'pt_x' })
  expect((await ingestOf(provider)).endpoints).toEqual([
    { protocol: 'whip', url: 'http://shop.example:8081/whip' },
    { protocol: 'ws', url: 'ws://shop.example:8081/ingest' },
  ])
  expect((await ingestOf(withServers)).iceServers).toEqual(iceServers)
})

test('hosts keep their form, and a media address of its own goes first', () => {
  expect(provider.rtmpUrl('192.0.2.7:8080')).toBe('rtmp://192.0.2.7:1935/live')
  expect(provider.rtmpUrl('[2001:db8::1]:8080')).toBe('rtmp://[2001:db8::1]:1935/live')
  expect(provider.rtmpUrl('')).toBe('rtmp://localhost:1935/live')
  expect(playBase({ ...needs, mediaUrl: 'https://media.example' }, 'x')).toBe(
    'https://media.example',
  )
})

test('streams with a picture are on air; a process that cannot be asked says nothing', async () => {
  const [live, away] = [newId(), newId()]
  media.streams = [streamOf(live), streamOf(away, { state: 'away' }), streamOf('not-ours')]
  expect(await provider.onAir()).toEqual(new Set([live]))
  media.status = 500
  expect(await provider.onAir()).toBeNull()
  expect(await absent.onAir()).toBeNull()
})

test('health is what arrives from the encoder, in units that people read', async () => {
  const id = newId()
  media.streams = [streamOf(id)]
  const codecs = 'avc1.64001f,mp4a.40.2'
  const pictures = { keyFrameGapMs: 1_000, delayMs: 40 }
  const health = {
    state: 'live',
    bitrateKbps: 2_001,
    framesPerSec: 30,
    ...pictures,
    codecs,
    trouble: null,
  }
  expect(await provider.health(id)).toEqual(health)
  const unknown = { keyFrameGapMs: 0, delayMs: 0 }
  const nothing = {
    state: 'offline',
    bitrateKbps: 0,
    framesPerSec: 0,
    ...unknown,
    codecs: '',
    trouble: null,
  }
  expect(await provider.health(newId())).toEqual(nothing)
  expect(await absent.health(id)).toEqual(nothing)
})

test('cutting and ending tell the media process, and fail when it cannot be reached', async () => {
  await provider.kick('a', 'key_renewed')
  await provider.end('b')
  const bearer = `Bearer ${secret}`
  expect(media.heard).toEqual([
    ['/control/kick', bearer, { streamId: 'a', reason: 'key_renewed' }],
    ['/control/end', bearer, { streamId: 'b' }],
  ])
  media.status = 404
  await expect(provider.end('unknown')).resolves.toBeUndefined()
  await expect(absent.kick('a', 'key_renewed')).rejects.toThrow()
  await expect(absent.end('a')).rejects.toThrow()
})

test('why a publisher was refused is part of the health, also while nothing is there', async () => {
  const [refused, odd] = [newId(), newId()]
  media.troubles = [
    { streamId: refused, reason: 'codec.video_unsupported', agoSec: 3 },
    { streamId: odd, reason: 'never heard of', agoSec: 4 },
  ]
  const trouble = { reason: 'codec.video_unsupported', agoSec: 3 }
  expect(await provider.health(refused)).toMatchObject({ state: 'offline', trouble })
  expect(await provider.health(odd)).toMatchObject({ trouble: { reason: 'other', agoSec: 4 } })
})
