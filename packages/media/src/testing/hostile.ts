import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FlvTag } from '../flv/tag.ts'
import { encodeMessage } from '../rtmp/chunk-writer.ts'
import { clientGreeting } from '../rtmp/handshake.ts'
import {
  commandMessage,
  controlMessage,
  MEDIA_STREAM_ID,
  messageType,
  type RtmpMessage,
} from '../rtmp/message.ts'

/** A media process that is attacked. */
export type HostileTarget = {
  readonly rtmpPort: number
  readonly httpPort: number
  /** A key that opens a stream of its own. */
  readonly key: string
  /** Paths with what a viewer needs to be let in. */
  readonly playPaths: readonly string[]
  /** A film whose tags are bent. */
  readonly film: readonly FlvTag[]
}

export type Storm = {
  /** The same seed sends the same bytes. */
  readonly seed: number
  readonly count: number
  readonly atOnce: number
}

/** No connection is followed for longer: what stays open is cut from our side. */
const LINGER_MAX_MS = 300
const LARGE_BYTES = 70_000

/** A generator of numbers that is the same everywhere (mulberry32). */
const createDice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

type Dice = ReturnType<typeof createDice>

/** Opens broken connections of every kind, several at a time; resolves with how many of each. */
export const storm = async (
  target: HostileTarget,
  { seed, count, atOnce }: Storm,
): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>()
  let opened = 0
  const worker = async () => {
    while (opened < count) {
      const dice = createDice(seed + opened++)
      const [name, attack] = ATTACKS[dice(ATTACKS.length)] ?? ATTACKS[0]
      counts.set(name, (counts.get(name) ?? 0) + 1)
      const { port, pieces } = attack(dice, target)
      await send(port, pieces)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return counts
}

/** Writes piece by piece, and leaves when the other side does or after a while. */
const send = async (port: number, pieces: readonly Buffer[]): Promise<void> => {
  const socket = connect(port, '127.0.0.1')
  const closed = once(socket.on('error', () => {}).resume(), 'close').catch(() => [])
  for (const piece of pieces) {
    if (socket.destroyed) break
    socket.write(piece)
    await sleep(1)
  }
  await Promise.race([closed, sleep(LINGER_MAX_MS)])
  socket.destroy()
  await closed
}

type Attack = (dice: Dice, target: HostileTarget) => { port: number; pieces: Buffer[] }

const noise = (dice: Dice, byteCount: number): Buffer =>
  Buffer.from(Array.from({ length: byteCount }, () => dice(256)))

const HELLO = Buffer.concat([clientGreeting(), Buffer.alloc(1536)])

const rtmp = (message: Omit<RtmpMessage, 'streamId'>): Buffer =>
  encodeMessage({ ...message, streamId: MEDIA_STREAM_ID }, 128)

const connectAndPublish = (key: string): Buffer[] => [
  HELLO,
  encodeMessage(commandMessage(0, 'connect', 1, { app: 'live', tcUrl: 'rtmp://x/live' }), 128),
  encodeMessage(commandMessage(0, 'createStream', 2, null), 128),
  encodeMessage(commandMessage(MEDIA_STREAM_ID, 'publish', 3, null, key, 'live'), 128),
]

/** A tag of the film with a few bytes, its length or its time bent. */
const bend = (dice: Dice, { type, timestampMs, payload }: FlvTag): Buffer => {
  const bytes = Buffer.from(payload.subarray(0, dice(8) === 0 ? dice(20) : payload.length))
  for (let flips = dice(4); flips > 0 && bytes.length > 0; flips--) {
    bytes.writeUInt8(dice(256), dice(dice(2) === 0 ? bytes.length : Math.min(24, bytes.length)))
  }
  const bentMs = dice(6) === 0 ? dice(2 ** 31) * 2 : timestampMs
  return rtmp({ typeId: dice(12) === 0 ? dice(32) : type, timestampMs: bentMs, payload: bytes })
}

const rtmpNoise: Attack = (dice, { rtmpPort }) => ({
  port: rtmpPort,
  pieces: [noise(dice, 1 + dice(2_000))],
})

const rtmpHalf: Attack = (dice, { rtmpPort }) => ({
  port: rtmpPort,
  pieces: [HELLO.subarray(0, dice(HELLO.length)), noise(dice, dice(40))],
})

const rtmpChunks: Attack = (dice, { rtmpPort }) => ({
  port: rtmpPort,
  pieces: [HELLO, ...Array.from({ length: 1 + dice(5) }, () => noise(dice, 1 + dice(400)))],
})

const rtmpCommands: Attack = (dice, { rtmpPort, key }) => {
  const steps = connectAndPublish(dice(2) === 0 ? key : `sk_${dice(1_000_000)}`)
  const shuffled = steps.toSorted(() => dice(3) - 1)
  return { port: rtmpPort, pieces: [HELLO, ...(dice(2) === 0 ? shuffled : steps.slice(1))] }
}

const rtmpMedia: Attack = (dice, { rtmpPort, key, film }) => ({
  port: rtmpPort,
  pieces: [
    ...connectAndPublish(key),
    Buffer.concat(film.slice(0, 8 + dice(40)).map(tag => bend(dice, tag))),
  ],
})

/** A message that claims to be huge, in chunks of a size nobody uses. */
const rtmpHuge: Attack = (dice, { rtmpPort, key }) => {
  const header = Buffer.from([0x04, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0])
  const chunkBytes = controlMessage(messageType.setChunkSize, dice(2) === 0 ? 1 : dice(2 ** 31))
  return {
    port: rtmpPort,
    pieces: [...connectAndPublish(key), encodeMessage(chunkBytes, 128), header, noise(dice, 200)],
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'XYZ']
const PATHS = [
  '/',
  '/livez',
  '/metrics',
  '/live/',
  '/whip',
  '/whep/x',
  '/control/kick',
  '/replay/x/y',
]

const query = (dice: Dice): string =>
  [`_HLS_msn=${dice(2 ** 31)}`, `_HLS_part=${dice(99_999)}`, `t=${dice(99)}.x`, '%00', '&&='][
    dice(5)
  ] ?? ''

const pathOf = (dice: Dice, { playPaths }: HostileTarget): string => {
  const path = dice(2) === 0 ? playPaths[dice(playPaths.length)] : PATHS[dice(PATHS.length)]
  return `${path ?? '/'}${path?.includes('?') ? '&' : '?'}${query(dice)}`
}

const httpRequest: Attack = (dice, target) => {
  const body = noise(dice, dice(3) === 0 ? LARGE_BYTES : dice(200))
  const head = `${METHODS[dice(METHODS.length)]} ${pathOf(dice, target)} HTTP/1.1\r\nHost: x\r\n`
  const type = ['application/sdp', 'application/json', 'text/plain'][dice(3)]
  const fields = `Content-Type: ${type}\r\nContent-Length: ${body.length + dice(2)}\r\n`
  const key = dice(2) === 0 ? `Authorization: Bearer ${target.key}\r\n` : ''
  return { port: target.httpPort, pieces: [Buffer.from(`${head}${fields}${key}\r\n`), body] }
}

const httpNoise: Attack = (dice, { httpPort }) => ({
  port: httpPort,
  pieces: [
    dice(2) === 0
      ? Buffer.from(`GET /${'a'.repeat(dice(LARGE_BYTES))} HTTP/1.1\r\n`)
      : noise(dice, 300),
    noise(dice, dice(2_000)),
  ],
})

const SOCKET_PATHS = ['/ingest', '/live/x.flv', '/realtime']

const webSocket: Attack = (dice, target) => {
  const paths = [...target.playPaths, ...SOCKET_PATHS]
  const head = [
    `GET ${paths[dice(paths.length)]} HTTP/1.1`,
    ...['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    dice(8) === 0 ? 'X-No-Key: 1' : `Sec-WebSocket-Key: ${noise(dice, 16).toString('base64')}`,
  ]
  const hello = Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
  const frames = Array.from({ length: dice(5) }, () => frame(dice, target))
  return { port: target.httpPort, pieces: [hello, ...frames] }
}

/** A masked frame with a body that is text, a claim to publish, or noise; its header may lie. */
const frame = (dice: Dice, { key }: HostileTarget): Buffer => {
  const ticket = JSON.stringify({
    ticket: dice(2) === 0 ? key : 'pt_x',
    mime: 'video/webm;codecs=h264',
  })
  const body = dice(3) === 0 ? Buffer.from(ticket) : noise(dice, dice(120))
  const first = dice(4) === 0 ? dice(256) : 0x80 | (1 + dice(2))
  const length = dice(6) === 0 ? dice(128) : body.length & 127
  const mask = Buffer.from([0x80 | length, 0, 0, 0, 0])
  return Buffer.concat([Buffer.from([first]), mask, body])
}

const ATTACKS: readonly [readonly [string, Attack], ...(readonly [string, Attack])[]] = [
  ['rtmp noise', rtmpNoise],
  ['rtmp half a handshake', rtmpHalf],
  ['rtmp chunks', rtmpChunks],
  ['rtmp commands', rtmpCommands],
  ['rtmp media', rtmpMedia],
  ['rtmp huge message', rtmpHuge],
  ['http request', httpRequest],
  ['http noise', httpNoise],
  ['websocket', webSocket],
]
