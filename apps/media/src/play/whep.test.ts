import { OPUS_SILENCE } from '@kaibo/media/audio/opus'
import type { FlvTag } from '@kaibo/media/flv/tag'
import { createCounters } from '@kaibo/media/hub/counters'
import { createHub } from '@kaibo/media/hub/hub'
import { signPlay } from '@kaibo/media/play-token'
import { ffmpegChildren } from '@kaibo/media/testing/children'
import { makeTags } from '@kaibo/media/testing/clip'
import { until } from '@kaibo/media/testing/ingest'
import { publishRtc } from '@kaibo/media/testing/rtc-publisher'
import { createViewerOffer, watchRtc } from '@kaibo/media/testing/rtc-viewer'
import type { RtcSource } from '@kaibo/media/webrtc/rtc-feed'
import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createMediaHttp } from '../http.ts'
import type { MediaPart } from '../part.ts'
import { createWhipPart } from '../publish/whip-part.ts'
import { createPlayGate } from './gate.ts'
import { createWhepPart } from './whep-part.ts'

const SECRET = 'a-secret-of-the-test'
const film = makeTags({ seconds: 4, gopSec: 2 })
/** Nothing waits this long but where it would fail anyway. */
const DEADLINE_MS = 60_000
vi.setConfig({ testTimeout: 3 * DEADLINE_MS })

const exits: (() => unknown)[] = []
afterEach(async () => {
  for (const exit of exits.splice(0).reverse()) await exit()
})

/** Publishing and watching by WebRTC around one hub, and encoders that feed it directly. */
const start = async ({ viewersMax = 10 } = {}) => {
  const parts: MediaPart[] = []
  const hub = createHub({
    graceMs: 10_000,
    streamsMax: 10,
    counters: createCounters(),
    createConsumers: streamId => parts.flatMap(part => part.createConsumers?.(streamId) ?? []),
    onEvent: event => {
      for (const part of parts) part.handleEvent?.(event)
    },
  })
  const settings = { udpPorts: undefined, publicAddress: undefined }
  const iceLinks = () => undefined
  const whip = createWhipPart({
    ...{ hub, settings, iceLinks },
    gate: async key => ({ ok: true, streamId: key.slice(4) }),
    onRefused: () => {},
  })
  const gate = createPlayGate(SECRET, () => true)
  const asked = { count: 0 }
  const sources = new Map<RtcSource, RtcSource>()
  /** The publisher itself, with a count of how often viewers asked it for a picture. */
  const sourceOf = (streamId: string): RtcSource | undefined => {
    const source = whip.sourceOf(streamId)
    if (source === undefined) return undefined
    const counted = sources.get(source) ?? {
      get pictureMs() {
        return source.pictureMs
      },
      onOpus: listener => source.onOpus(listener),
      askForKeyFrame() {
        asked.count += 1
        source.askForKeyFrame()
      },
    }
    sources.set(source, counted)
    return counted
  }
  const load = { isStrained: false }
  const isStrained = () => load.isStrained
  const whep = createWhepPart({
    ...{ hub, gate, settings, iceLinks, viewersMax, sourceOf, isStrained },
  })
  parts.push(whip, whep)
  const routes = parts.flatMap(part => part.routes ?? [])
  const server = createMediaHttp({ routes, sockets: [] }, pino({ enabled: false }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  exits.push(
    () => server.close(),
    () => parts.forEach(part => void part.stop?.()),
  )
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const tokenFor = (streamId: string) =>
    signPlay(SECRET, { streamId, expSec: Math.floor(Date.now() / 1000) + 60 })
  const urlOf = (streamId: string) => `${origin}/whep/${streamId}?t=${tokenFor(streamId)}`
  const watch = async (streamId: string) => {
    const viewer = await watchRtc(urlOf(streamId))
    exits.push(viewer.stop)
    return viewer
  }
  /** An encoder that sends a film in real time, again and again; `now` of it at once. */
  const encode = (streamId: string, tags: readonly FlvTag[], now = 0) => {
    const sink = hub.attach(streamId, { cut: () => {} })
    if ('refused' in sink) throw new Error(sink.refused)
    const startedAtMs = performance.now()
    let sent = 0
    const send = (untilMs: number) => {
      for (; ; sent++) {
        const tag = tags[sent % tags.length]
        const lap = Math.floor(sent / tags.length) * 4_000
        if (tag === undefined || lap + tag.timestampMs > untilMs) return
        const { type, timestampMs, payload } = tag
        sink.handleMessage({ typeId: type, timestampMs: lap + timestampMs, payload })
      }
    }
    send(now)
    const timer = setInterval(() => send(now + performance.now() - startedAtMs), 10)
    exits.push(() => clearInterval(timer))
  }
  const publish = async (streamId: string) => {
    const key = `key-${streamId}`
    const publisher = await publishRtc({ url: `${origin}/whip`, key, tags: film })
    exits.push(publisher.stop)
    await until(() => hub.find(streamId)?.state === 'live', DEADLINE_MS)
    return publisher
  }
  return { hub, origin, whep, asked, load, urlOf, watch, encode, publish }
}

test('an encoder is watched by WebRTC from the first moment, with H.264 as it came and Opus', async () => {
  const { watch, encode } = await start()
  encode('show', film, 1_500)
  const viewer = await watch('show')
  // Whatever a slow machine loses on the way, both keep coming.
  await until(() => viewer.pictures.length > 30, DEADLINE_MS)
  await until(() => viewer.opus.length > 10, DEADLINE_MS)
  expect(viewer.pictures[0]?.isKeyFrame).toBe(true)
  const times = viewer.pictures.map(({ timestamp }) => timestamp)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  // It joined in the middle of a group and did not wait for the next one.
  expect(viewer.pictures.slice(1, 15).some(({ isKeyFrame }) => isKeyFrame)).toBe(false)
})

test('ffmpeg killed: viewers keep their picture, and their sound comes back', async () => {
  const { watch, encode } = await start()
  encode('show', film, 1_500)
  const viewer = await watch('show')
  await until(() => viewer.opus.length > 10, DEADLINE_MS)
  process.kill((await ffmpegChildren()).at(-1) ?? Number.NaN, 'SIGKILL')
  const [seen, heard] = [viewer.pictures.length, viewer.opus.length]
  await until(() => viewer.pictures.length > seen + 30, DEADLINE_MS)
  // More than was on its way when it died.
  await until(() => viewer.opus.length > heard + 100, DEADLINE_MS)
})

test('the sound of a browser passes through untouched, and a lost picture is asked for', async () => {
  const { asked, watch, publish } = await start()
  await publish('show')
  const viewer = await watch('show')
  await until(() => viewer.pictures.length > 30 && viewer.opus.length > 30, DEADLINE_MS)
  expect(viewer.opus.every(packet => packet.equals(OPUS_SILENCE))).toBe(true)
  const before = asked.count
  await viewer.askForKeyFrame()
  await until(() => asked.count > before, DEADLINE_MS)
})

test('the answer names exactly one codec of each kind, and one that sends', async () => {
  const { watch, encode } = await start()
  encode('show', film, 500)
  const { answer } = await watch('show')
  expect(answer.match(/a=rtpmap:\d+ (\w+)/g)?.length).toBe(2)
  expect(answer).toContain('a=sendonly')
  expect(answer).not.toContain('a=recvonly')
})

test('nobody watches without a token, what is not there, or what a browser cannot show', async () => {
  const { origin, urlOf, encode } = await start()
  encode('show', film, 500)
  encode('tangled', makeTags({ seconds: 2, bFrames: 2 }), 1_500)
  const { peer, sdp } = await createViewerOffer()
  exits.push(() => peer.close())
  const ask = async (url: string, body = sdp) => {
    const headers = { 'content-type': 'application/sdp' }
    const response = await fetch(url, { method: 'POST', headers, body })
    return [response.status, await response.json()]
  }
  expect(await ask(`${origin}/whep/show`)).toEqual([403, { code: 'forbidden' }])
  expect(await ask(`${origin}/whep/show?t=1.x`)).toEqual([403, { code: 'forbidden' }])
  expect(await ask(urlOf('other'))).toEqual([404, { code: 'unknown' }])
  expect(await ask(urlOf('tangled'))).toEqual([409, { code: 'b_frames' }])
  expect(await ask(urlOf('show'), 'v=0')).toEqual([400, { code: 'offer_malformed' }])
  const other = sdp.replaceAll('H264/90000', 'VP8/90000')
  expect(await ask(urlOf('show'), other)).toEqual([406, { code: 'codec_not_offered' }])
})

test('over the quota or the strength of the machine a viewer is asked to come back, and a place that was left is free', async () => {
  const { whep, load, urlOf, watch, encode } = await start({ viewersMax: 1 })
  encode('show', film, 500)
  const first = await watch('show')
  const { peer, sdp } = await createViewerOffer()
  exits.push(() => peer.close())
  const headers = { 'content-type': 'application/sdp' }
  const refused = await fetch(urlOf('show'), { method: 'POST', headers, body: sdp })
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(whep.viewerCount?.('show', 'whep')).toBe(1)
  expect((await fetch(first.resource, { method: 'DELETE' })).status).toBe(204)
  expect((await fetch(first.resource, { method: 'DELETE' })).status).toBe(404)
  expect(whep.viewerCount?.('show', 'whep')).toBe(0)
  load.isStrained = true
  await expect(watch('show')).rejects.toThrow('503')
  load.isStrained = false
  await watch('show')
})

test('viewers stay while the publisher is away, and leave with the stream', async () => {
  const { hub, whep, watch, publish } = await start()
  const publisher = await publish('show')
  const viewer = await watch('show')
  await until(() => viewer.pictures.length > 10, DEADLINE_MS)
  await fetch(publisher.resource, { method: 'DELETE' })
  expect(hub.find('show')?.state).toBe('away')
  expect(whep.viewerCount?.('show', 'whep')).toBe(1)
  const [seen, heard] = [viewer.pictures.length, viewer.opus.length]
  await publish('show')
  await until(
    () => viewer.pictures.length > seen + 30 && viewer.opus.length > heard + 30,
    DEADLINE_MS,
  )
  hub.end('show', 'banned')
  expect(whep.viewerCount?.('show', 'whep')).toBe(0)
})
