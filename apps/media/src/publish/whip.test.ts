import { connect } from 'node:net'
import { readTags, tagType } from '@kaibo/media/flv/tag'
import type { GateAnswer } from '@kaibo/media/hub/publisher'
import { ffmpegChildren } from '@kaibo/media/testing/children'
import { makeTags } from '@kaibo/media/testing/clip'
import { createTestHub, until } from '@kaibo/media/testing/ingest'
import {
  createRtcOffer,
  postOffer,
  publishRtc,
  watchReports,
} from '@kaibo/media/testing/rtc-publisher'
import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createMediaHttp } from '../http.ts'
import { createPublishGate } from './gate.ts'
import { createWhipPart } from './whip-part.ts'

const tags = makeTags({ seconds: 2 })
/** Nothing waits this long but where it would fail anyway. */
const DEADLINE_MS = 60_000
vi.setConfig({ testTimeout: 3 * DEADLINE_MS })

const exits: (() => unknown)[] = []
afterEach(async () => {
  for (const exit of exits.splice(0).reverse()) await exit()
})

/** The WHIP side of a media process; the key `key-NAME` opens the stream NAME. */
const start = async (authorize = allow) => {
  const parts = createTestHub(10_000)
  const refusals: string[] = []
  const whip = createWhipPart({
    hub: parts.hub,
    gate: createPublishGate(authorize),
    settings: { udpPorts: undefined, publicAddress: undefined },
    iceLinks: () => '<stun:stun.example>; rel="ice-server"',
    onRefused: ({ reason }) => refusals.push(reason),
  })
  const server = createMediaHttp(
    { routes: whip.routes ?? [], sockets: [] },
    pino({ enabled: false }),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  exits.push(
    () => server.close(),
    () => whip.stop?.(),
  )
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const url = `http://127.0.0.1:${port}/whip`
  const publish = async (key: string, options: { hasAudio?: boolean } = {}) => {
    const publisher = await publishRtc({ url, key, tags, ...options })
    exits.push(publisher.stop)
    return publisher
  }
  const watch = (streamId: string) => {
    const pieces: Buffer[] = []
    parts.hub.find(streamId)?.flv.join({
      write: bytes => pieces.push(bytes),
      end: () => {},
      destroy: () => {},
      writableLength: 0,
    })
    return () => (pieces.length > 0 ? [...readTags(Buffer.concat(pieces))] : [])
  }
  return { ...parts, refusals, url, publish, watch }
}

const allow = async (key: string): Promise<GateAnswer> =>
  key.startsWith('key-')
    ? { ok: true, streamId: key.slice(4) }
    : { ok: false, reason: 'unknown_key' }

const closePeer = (peer: { close(): Promise<void> }) => exits.push(() => peer.close())

test('a browser is told when its packets came, or it believes that the path carries nothing', async () => {
  const { publish } = await start()
  const reports = watchReports(await publish('key-show'))
  await until(() => reports().arrivalCount > 100, DEADLINE_MS)
  const { arrivalCount, span } = reports()
  expect(arrivalCount / span).toBeGreaterThan(0.5)
})

test('a browser that publishes by WebRTC is watched as H.264 and AAC', async () => {
  const { hub, publish, watch, events } = await start()
  await publish('key-show')
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const seen = watch('show')
  const count = (type: number) =>
    seen().filter(tag => tag.type === type && tag.payload[1] === 1).length
  await until(() => count(tagType.video) > 60 && count(tagType.audio) > 60, DEADLINE_MS)
  expect(events.map(({ type }) => type)).toEqual(['publish_start'])
  const times = (type: number) => seen().flatMap(tag => (tag.type === type ? tag.timestampMs : []))
  for (const type of [tagType.video, tagType.audio]) {
    const track = times(type)
    expect(track).toEqual([...track].sort((a, b) => a - b))
  }
})

test('the answer speaks one codec of each kind, says where to hang up and which servers help', async () => {
  const { url } = await start()
  const { peer, sdp } = await createRtcOffer()
  closePeer(peer)
  const response = await postOffer({ url, key: 'key-show' }, sdp)
  expect(response.status).toBe(201)
  expect(response.headers.get('location')).toMatch(/^\/whip\/[\w-]{22}$/)
  expect(response.headers.get('link')).toContain('rel="ice-server"')
  const codecs = (await response.text()).match(/a=rtpmap:\S+ \S+/g)
  expect(codecs?.map(line => line.split(' ')[1]?.toLowerCase())).toEqual([
    'h264/90000',
    'opus/48000/2',
  ])
})

test('nothing is created before the gate said yes; a wrong key, no answer and a failure are a no', async () => {
  const asked: string[] = []
  const never = new Promise<GateAnswer>(() => {})
  const { hub, url, refusals } = await start(async key => {
    asked.push(key)
    if (key === 'slow') return never
    if (key === 'broken') throw new Error('gate down')
    return allow(key)
  })
  const { peer, sdp } = await createRtcOffer()
  closePeer(peer)
  const statusOf = async (key: string) => (await postOffer({ url, key }, sdp)).status
  expect([await statusOf('wrong'), await statusOf('slow'), await statusOf('broken')]).toEqual([
    401, 503, 503,
  ])
  expect(refusals).toEqual(['unknown_key', 'gate_timeout', 'gate_failed'])
  expect((await fetch(url, { method: 'POST', body: sdp })).status).toBe(401)
  expect(asked).toEqual(['wrong', 'slow', 'broken'])
  expect(hub.list()).toEqual([])
})

test('an offer far too large is answered with a code, and a sender who leaves halfway harms nobody', async () => {
  const { url, refusals } = await start()
  const response = await postOffer({ url, key: 'key-show' }, 'v'.repeat(3_000_000))
  expect([response.status, await response.json()]).toEqual([400, { code: 'offer_malformed' }])
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).on('error', () => {})
  socket.write(
    'POST /whip HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer key-show\r\n' +
      'Content-Type: application/sdp\r\nContent-Length: 9000\r\n\r\nv=0',
    () => socket.destroy(),
  )
  await until(() => refusals.length === 2, DEADLINE_MS)
  expect(refusals).toEqual(['offer_malformed', 'offer_malformed'])
})

test('hanging up ends the connection at once, and the stream waits for the next one', async () => {
  const { hub, events, publish } = await start()
  const publisher = await publish('key-show')
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  expect((await fetch(publisher.resource, { method: 'DELETE' })).status).toBe(204)
  expect(hub.find('show')?.state).toBe('away')
  expect(events.at(-1)).toMatchObject({ type: 'publish_end', reason: 'unpublished' })
  expect((await fetch(publisher.resource, { method: 'DELETE' })).status).toBe(404)
  await publish('key-show')
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  expect(events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end', 'resume'])
})

test('a kick cuts the publisher, who can read why', async () => {
  const { hub, publish } = await start()
  const publisher = await publish('key-show', { hasAudio: false })
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  expect((await fetch(publisher.resource)).status).toBe(204)
  hub.end('show', 'banned')
  const after = await fetch(publisher.resource)
  expect([after.status, await after.json()]).toEqual([404, { code: 'banned' }])
  expect(hub.list()).toEqual([])
})

test('a second publisher is refused while the first is alive, and takes over when it fell silent', async () => {
  const { hub, events, url, publish } = await start()
  const first = await publish('key-show')
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  await expect(publish('key-show')).rejects.toThrow('already_publishing')
  // Silent, and not hung up: as when a phone loses its network.
  await first.stop()
  const takeOver = async () => {
    const { peer, sdp } = await createRtcOffer()
    await peer.close()
    return (await postOffer({ url, key: 'key-show' }, sdp)).status === 201
  }
  await expect.poll(takeOver, { timeout: DEADLINE_MS, interval: 300 }).toBe(true)
  expect(events.some(({ reason }) => reason === 'taken_over')).toBe(true)
})

test('sound lives on when its encoder is killed', async () => {
  const { hub, publish, watch } = await start()
  await publish('key-show')
  await until(() => hub.find('show')?.flv.header('audioHeader') !== undefined, DEADLINE_MS)
  const pids = await ffmpegChildren()
  const seen = watch('show')
  const soundCount = () => seen().filter(({ type }) => type === tagType.audio).length
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  const before = soundCount()
  await until(() => soundCount() > before + 50, DEADLINE_MS)
  expect(hub.find('show')?.state).toBe('live')
})
