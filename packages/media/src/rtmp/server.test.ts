import { spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { readTags, tagType } from '../flv/tag.ts'
import { makeClip } from '../testing/clip.ts'
import { type Ingest, type IngestOptions, startIngest, until } from '../testing/ingest.ts'
import { encodeMessage } from './chunk-writer.ts'
import { openPublication, type RtmpPublication } from './client.ts'
import { clientGreeting } from './handshake.ts'
import { commandMessage } from './message.ts'
import { RTMP_LIMITS } from './server.ts'

const running: Ingest[] = []

const start = async (options?: IngestOptions): Promise<Ingest> => {
  const ingest = await startIngest(options)
  running.push(ingest)
  return ingest
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(ingest => ingest.close()))
})

const clip = makeClip({ seconds: 2 })
const tags = [...readTags(clip)]

const sendClip = (publication: Awaited<ReturnType<typeof openPublication>>): void => {
  for (const { type, timestampMs, payload } of tags) {
    if (type !== tagType.script) publication.send({ typeId: type, timestampMs, payload })
  }
}

const push = (url: string) =>
  spawn('ffmpeg', ['-v', 'error', '-re', '-i', 'pipe:0', '-c', 'copy', '-f', 'flv', url], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })

test('what ffmpeg pushes reaches an FLV viewer frame by frame', async () => {
  const ingest = await start()
  const encoder = push(ingest.url('key-show'))
  encoder.stdin.end(clip)
  await until(() => ingest.hub.find('show') !== undefined)
  const received: Buffer[] = []
  ingest.hub.find('show')?.flv.join({
    write: bytes => received.push(bytes),
    end: () => {},
    destroy: () => {},
    writableLength: 0,
  })
  await once(encoder, 'close')
  await until(() => ingest.hub.find('show')?.state === 'away')
  const seen = [...readTags(Buffer.concat(received))]
  const pictures = seen.filter(({ type, payload }) => type === tagType.video && payload[1] === 1)
  const sounds = seen.filter(({ type, payload }) => type === tagType.audio && payload[1] === 1)
  expect(pictures.length).toBe(60)
  expect(sounds.length).toBeGreaterThan(80)
  expect(
    pictures.every(({ timestampMs }, at) => timestampMs >= (pictures[at - 1]?.timestampMs ?? 0)),
  ).toBe(true)
  expect(ingest.events.map(({ type }) => type)).toEqual(['publish_start', 'publish_end'])
})

test('codec refused: an encoder with MP3 sound is told which to set', async () => {
  const ingest = await start()
  const encoder = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', '-i', 'pipe:0', '-c:v', 'copy', '-c:a', 'libmp3lame'],
      ...['-f', 'flv', ingest.url('key-mp3')],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  encoder.stdin.on('error', () => {}).end(clip)
  const told: Buffer[] = []
  encoder.stderr.on('data', piece => told.push(piece))
  await once(encoder, 'close')
  expect(Buffer.concat(told).toString()).toContain('Set the audio encoder to AAC-LC')
  expect(ingest.events).toEqual([
    { streamId: 'mp3', type: 'error', reason: 'codec.audio_unsupported' },
  ])
})

const gates: [string, NonNullable<IngestOptions['authorize']>][] = [
  ['says no', async () => ({ ok: false, reason: 'key_revoked' })],
  ['never answers', () => new Promise(() => {})],
  ['fails', () => Promise.reject(new Error('database down'))],
]

test.each(gates)('a publisher is cut within a second when the gate %s', async (_, authorize) => {
  expect(RTMP_LIMITS.gateMs).toBeLessThan(1_000)
  const ingest = await start({ authorize })
  await expect(openPublication(ingest.url('sk_secret'))).rejects.toThrow(
    'NetStream.Publish.BadName',
  )
  expect(ingest.hub.list()).toEqual([])
  expect(ingest.events).toEqual([])
  expect(ingest.refusals.length).toBe(1)
  expect(JSON.stringify(ingest.refusals)).not.toContain('sk_secret')
})

test('a refused ffmpeg gives up within a second of connecting', async () => {
  const ingest = await start()
  const encoder = push(ingest.url('wrong'))
  encoder.stdin.on('error', () => {}).end(clip)
  const [code] = await once(encoder, 'close')
  expect(code).not.toBe(0)
  expect(ingest.refusals).toEqual(['key_unknown'])
})

test('the gate is asked before anything is sent, and media sent meanwhile waits', async () => {
  const gate = Promise.withResolvers<void>()
  const ingest = await start({
    authorize: async () => {
      await gate.promise
      return { ok: true, streamId: 'show' }
    },
  })
  const opening = openPublication(ingest.url('any'))
  await sleep(100)
  expect(ingest.hub.list()).toEqual([])
  gate.resolve()
  const publication = await opening
  sendClip(publication)
  await until(() => ingest.events.length === 1)
  publication.close()
})

test('the key may stand at the end of the address with an empty stream name', async () => {
  const ingest = await start()
  const socket = connect(ingest.port, '127.0.0.1')
  const send = (...values: Parameters<typeof commandMessage>[1][]) =>
    socket.write(encodeMessage(commandMessage(0, ...values), 128))
  socket.write(clientGreeting())
  socket.write(Buffer.alloc(1536))
  send('connect', 1, { app: 'live/key-show' })
  send('createStream', 2, null)
  send('publish', 3, null, '', 'live')
  await until(() => ingest.hub.find('show') !== undefined)
  socket.destroy()
})

test('a refused encoder that goes on sending reads why', async () => {
  const ingest = await start({ authorize: async () => ({ ok: false, reason: 'unknown_key' }) })
  const socket = connect(ingest.port, '127.0.0.1').on('error', () => {})
  const told: Buffer[] = []
  socket.on('data', piece => told.push(piece))
  socket.write(Buffer.concat([clientGreeting(), Buffer.alloc(1536)]))
  for (const command of [
    commandMessage(0, 'connect', 1, { app: 'live' }),
    commandMessage(0, 'publish', 3, null, 'any', 'live'),
  ])
    socket.write(encodeMessage(command, 128))
  const sending = setInterval(() => socket.writable && socket.write(Buffer.alloc(65_536)), 1)
  await once(socket, 'close')
  clearInterval(sending)
  expect(Buffer.concat(told).toString('latin1')).toContain('This stream key is not valid.')
  expect(ingest.refusals).toEqual(['unknown_key'])
})

test('a second publisher is refused while the first is alive', async () => {
  const ingest = await start()
  const first = await openPublication(ingest.url('key-show'))
  sendClip(first)
  await expect(openPublication(ingest.url('key-show'))).rejects.toThrow('BadName')
  expect(ingest.refusals).toEqual(['already_publishing'])
  first.close()
})

/** The silence counts from the last byte that arrived, which a busy machine takes in late. */
async function openWhenFree(url: string, triesLeft = 20): Promise<RtmpPublication> {
  try {
    return await openPublication(url)
  } catch (error) {
    if (triesLeft === 0) throw error
    await sleep(250)
    return openWhenFree(url, triesLeft - 1)
  }
}

test('a second publisher takes over from one that has been silent for three seconds', async () => {
  const ingest = await start()
  const first = await openPublication(ingest.url('key-show'))
  sendClip(first)
  await until(() => ingest.events.length === 1)
  await sleep(3_100)
  const second = await openWhenFree(ingest.url('key-show'))
  sendClip(second)
  await first.closed
  await until(() => ingest.events.length === 3)
  expect(ingest.events.map(({ type, reason }) => [type, reason])).toEqual([
    ['publish_start', undefined],
    ['publish_end', 'taken_over'],
    ['resume', undefined],
  ])
  second.close()
})

test('a publisher that sends no media is cut', async () => {
  const ingest = await start({ limits: { idleMs: 300 } })
  const publication = await openPublication(ingest.url('key-show'))
  await publication.closed
  expect(ingest.hub.list()).toEqual([])
})

test('a peer that never finishes its handshake is cut', async () => {
  const ingest = await start({ limits: { handshakeMs: 300 } })
  const socket = connect(ingest.port, '127.0.0.1').on('error', () => {})
  socket.resume().write(Buffer.from([3, 0, 0]))
  await once(socket, 'close')
  expect(ingest.refusals).toEqual(['handshake_timeout'])
})

test('one address gets only so many connections', async () => {
  const ingest = await start({ limits: { connectionsPerIpMax: 2 } })
  const sockets = Array.from({ length: 3 }, () => connect(ingest.port, '127.0.0.1'))
  for (const socket of sockets) socket.on('error', () => {}).resume()
  await until(() => ingest.refusals.includes('too_many_connections'))
  expect(sockets.filter(socket => socket.destroyed).length).toBeLessThanOrEqual(1)
  for (const socket of sockets) socket.destroy()
})

/** Random bytes, a cut-off handshake, or a good handshake followed by random bytes. */
const breakConnection = async (port: number, kind: number): Promise<void> => {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.resume()
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  const hello = Buffer.concat([clientGreeting(), Buffer.alloc(1536)])
  const junk = randomBytes(randomInt(1, 2_000))
  socket.write(
    kind === 0
      ? junk
      : kind === 1
        ? hello.subarray(0, randomInt(1, 1_600))
        : Buffer.concat([hello, junk]),
  )
  await sleep(randomInt(1, 15))
  socket.destroy()
  await closed
}

test('a thousand broken connections leave the server working and its memory flat', async () => {
  const ingest = await start({ limits: { connectionsPerIpMax: 100 } })
  const round = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => breakConnection(ingest.port, at % 3)))
  await round(50)
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed
  for (let at = 0; at < 20; at++) await round(50)
  await until(() => ingest.refusals.length === 1_050)
  globalThis.gc?.()
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed
  expect((after - before) / 2 ** 20).toBeLessThan(30)
  const publication = await openPublication(ingest.url('key-show'))
  publication.close()
})
