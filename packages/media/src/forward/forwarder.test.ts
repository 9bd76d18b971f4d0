import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type FlvTag, readTags, tagType } from '../flv/tag.ts'
import { createCounters } from '../hub/counters.ts'
import { createHub, type Hub } from '../hub/hub.ts'
import { makeTags } from '../testing/clip.ts'
import { type Ingest, type IngestOptions, startIngest, until } from '../testing/ingest.ts'
import { Forwarder } from './forwarder.ts'

const film = makeTags({ seconds: 2 })
/** However slow the machine is. */
const WAIT_MAX_MS = 20_000
/** Four megabytes wait in the process, the rest in the kernel. */
const QUEUED_BYTES_MAX = 16 * 1024 * 1024
const running: { close(): unknown }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map(thing => thing.close()))
})

/** The other server. */
const startPeer = async (options?: IngestOptions): Promise<Ingest> => {
  const peer = await startIngest(options)
  running.push(peer)
  return peer
}

/** A stream here that is handed on to `url`, published again and again as if it were live. */
const startShow = (url: string, filmNow = () => film) => {
  const sent = { byteCount: 0 }
  const states: string[] = []
  const forwarder: Forwarder = new Forwarder({
    url,
    newestGroup: () => hub.find('show')?.flv.newestGroup() ?? [],
    onState: (state, reason) => states.push(reason ? `${state}: ${reason}` : state),
    onSent: byteCount => {
      sent.byteCount += byteCount
    },
  })
  const hub: Hub = createHub({
    graceMs: 5_000,
    streamsMax: 1,
    counters: createCounters(),
    createConsumers: () => [forwarder],
    onEvent: () => {},
  })
  const sink = hub.attach('show', { cut: () => {} })
  if ('refused' in sink) throw new Error(sink.refused)
  let sentMs = 0
  const publish = () => {
    for (const { type, timestampMs, payload } of filmNow()) {
      sink.handleMessage({ typeId: type, timestampMs: timestampMs + sentMs, payload })
    }
    sentMs += 2_000
  }
  publish()
  // Faster than real time, but not so fast that the other side would refuse the bitrate.
  const timer = setInterval(publish, 250)
  running.push({
    close() {
      clearInterval(timer)
      hub.end('show', 'test_over')
    },
  })
  return { hub, states, sent }
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A way to the other server on which nothing moves any more once it is blocked. */
const startWay = async (port: number) => {
  const sockets: Socket[] = []
  const way = createServer(near => {
    const far = connect(port, '127.0.0.1')
    sockets.push(near, far)
    for (const socket of [near, far]) socket.on('error', () => {})
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  running.push({
    close() {
      for (const socket of sockets) socket.destroy()
      way.close()
    },
  })
  await once(way, 'listening')
  return {
    port: portOf(way),
    block() {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}

const isPicture = ({ type, payload }: FlvTag) => type === tagType.video && payload[1] === 1

test('a stream is handed on whole: metadata, headers, sound and pictures with their times', async () => {
  const peer = await startPeer()
  startShow(peer.url('key-copy'))
  await until(() => peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
  const pieces: Buffer[] = []
  peer.hub.find('copy')?.flv.join({
    write: bytes => pieces.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  const seen = () => [...readTags(Buffer.concat(pieces))]
  await until(() => pieces.length > 0 && seen().filter(isPicture).length > 90, WAIT_MAX_MS)
  expect(seen()[0]?.type).toBe(tagType.script)
  expect(seen().some(({ type }) => type === tagType.audio)).toBe(true)
  const times = seen()
    .filter(isPicture)
    .map(({ timestampMs }) => timestampMs)
  const steps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(Math.min(...steps)).toBeGreaterThan(0)
  expect(Math.max(...steps)).toBeLessThan(100)
})

test('when the stream ends here, it ends there', async () => {
  const peer = await startPeer({ graceMs: 0 })
  const { hub } = startShow(peer.url('key-copy'))
  await until(() => peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
  hub.end('show', 'ended_by_host')
  await until(() => peer.hub.find('copy') === undefined, WAIT_MAX_MS)
})

test('a server that cuts the connection is connected to again', async () => {
  const peer = await startPeer({ graceMs: 0 })
  const { states } = startShow(peer.url('key-copy'))
  await until(() => peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
  peer.hub.end('copy', 'kicked')
  await until(() => states.length >= 3 && peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
  expect(states).toEqual(['forwarding', 'waiting: connection lost', 'forwarding'])
})

test('a refusal is told without the address, and tried again later', async () => {
  const peer = await startPeer()
  const { states } = startShow(peer.url('wrong-secret'))
  await until(() => states.length >= 2, WAIT_MAX_MS)
  expect(states[0]).toBe('waiting: rtmp: refused with NetStream.Publish.BadName')
  expect(states.join()).not.toContain('wrong-secret')
})

test('a server that reads nothing costs the stream here nothing', async () => {
  const sockets: Socket[] = []
  const mute = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {}).pause()
  }).listen(0, '127.0.0.1')
  running.push({
    close() {
      for (const socket of sockets) socket.destroy()
      mute.close()
    },
  })
  await once(mute, 'listening')
  const { hub } = startShow(`rtmp://127.0.0.1:${portOf(mute)}/live/key`)
  await until(() => sockets.length === 1, WAIT_MAX_MS)
  expect(hub.find('show')?.state).toBe('live')
})

test('a server that stops reading misses pictures, holds up nobody, and is connected to anew', async () => {
  const peer = await startPeer()
  const way = await startWay(peer.port)
  // As much as a publisher may send.
  const heavy = film.map(tag => ({
    ...tag,
    payload: isPicture(tag) ? Buffer.concat([tag.payload, Buffer.alloc(10_000)]) : tag.payload,
  }))
  let films = film
  const { hub, states, sent } = startShow(`rtmp://127.0.0.1:${way.port}/live/key-copy`, () => films)
  await until(() => peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
  let seenBytes = 0
  hub.find('show')?.flv.join({
    write: bytes => {
      seenBytes += bytes.length
    },
    ...{ end: () => {}, destroy: () => {}, writableLength: 0 },
  })
  way.block()
  films = heavy
  const [sentBefore, seenBefore] = [sent.byteCount, seenBytes]
  await until(() => states.length >= 2, 2 * WAIT_MAX_MS)
  films = film
  expect(states[1]).toBe('waiting: the server does not keep up')
  // What waits for it: the queue here and the buffers of two sockets. Viewers had all there was.
  expect(sent.byteCount - sentBefore).toBeLessThan(QUEUED_BYTES_MAX)
  expect(seenBytes - seenBefore).toBeGreaterThan(QUEUED_BYTES_MAX)
  expect(hub.find('show')?.state).toBe('live')
  await until(() => states.at(-1) === 'forwarding', WAIT_MAX_MS)
  await until(() => peer.hub.find('copy')?.state === 'live', WAIT_MAX_MS)
})
