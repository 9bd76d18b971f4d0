import type { Socket } from 'node:net'
import type { Gate, GateAnswer, Publisher, PublishSink } from '../hub/publisher.ts'
import { explainReason } from '../hub/reasons.ts'
import { type AmfValue, decodeAmf } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import { encodeMessage } from './chunk-writer.ts'
import { createServerHandshake } from './handshake.ts'
import {
  commandMessage,
  controlMessage,
  MEDIA_STREAM_ID,
  messageType,
  peerBandwidthMessage,
  type RtmpMessage,
  userControl,
  userControlMessage,
} from './message.ts'

export type SessionNeeds = {
  /** A rejection counts as a no. */
  readonly authorize: Gate
  /** Claims the stream for this publisher, or says why not. */
  openStream(streamId: string, publisher: Publisher): PublishSink | { readonly refused: string }
  /** A connection that never became a publisher, or broke the protocol. For logs and metrics. */
  onRefused(refusal: { ip: string; reason: string }): void
}

export type SessionLimits = {
  readonly handshakeMs: number
  readonly idleMs: number
  readonly gateMs: number
  readonly messageBytesMax: number
}

const WINDOW_ACK_BYTES = 2_500_000
const CHUNK_BYTES_OUT = 4096
/** Before the gate has opened, nothing legitimate is larger than a connect command. */
const COMMAND_BYTES_MAX = 64 * 1024
const APP_NAME = /^[A-Za-z0-9_.-]{1,64}$/
const KEY = /^[\x21-\x7e]{1,256}$/
/** How long a refused peer gets to read why, and what it may send meanwhile. */
const FAREWELL_MS = 1_000
const FAREWELL_BYTES_MAX = 16 * 1024 * 1024

type Phase = 'handshake' | 'command' | 'gate' | 'publishing' | 'closed'

/** One RTMP connection from its first byte to its end. */
export class RtmpSession implements Publisher {
  readonly ip: string
  #socket: Socket
  #needs: SessionNeeds
  #limits: SessionLimits
  #phase: Phase = 'handshake'
  #handshake = createServerHandshake()
  #reader = new ChunkReader({ messageBytesMax: COMMAND_BYTES_MAX })
  #chunkBytesOut = 128
  #app = ''
  #sink: PublishSink | undefined
  #openedAtMs = performance.now()
  #mediaAtMs = performance.now()
  #receivedBytes = 0
  #acknowledgedBytes = 0
  #bytesMax = Number.POSITIVE_INFINITY

  constructor(socket: Socket, ip: string, options: { needs: SessionNeeds; limits: SessionLimits }) {
    this.#socket = socket
    this.ip = ip
    this.#needs = options.needs
    this.#limits = options.limits
    socket.setNoDelay(true)
    socket.on('data', bytes => this.#handleBytes(bytes))
    socket.on('error', () => this.#close('connection_error'))
    socket.on('close', () => this.#close('disconnected'))
  }

  /** Called about twice a second by the server: enforces the two deadlines. */
  sweep(nowMs: number): void {
    if (this.#phase === 'publishing') {
      if (nowMs - this.#mediaAtMs > this.#limits.idleMs) this.cut('idle')
    } else if (nowMs - this.#openedAtMs > this.#limits.handshakeMs) {
      this.cut('handshake_timeout')
    }
  }

  cut(reason: string): void {
    if (this.#phase === 'publishing') this.#sendStatus('error', 'NetStream.Publish.Denied', reason)
    this.#farewell(reason)
  }

  #handleBytes(bytes: Buffer): void {
    this.#receivedBytes += bytes.length
    if (this.#phase === 'closed') {
      if (this.#receivedBytes > this.#bytesMax) this.#socket.destroy()
      return
    }
    try {
      if (this.#phase === 'handshake') this.#shakeHands(bytes)
      else this.#reader.push(bytes)
      this.#drain()
      this.#acknowledge()
    } catch {
      // The text of a parse error could quote the peer's bytes, which may hold a key.
      this.#farewell('protocol_error')
    }
  }

  #shakeHands(bytes: Buffer): void {
    const step = this.#handshake(bytes)
    if (step.reply.length > 0) this.#socket.write(step.reply)
    if (step.rest === undefined) return
    this.#phase = 'command'
    this.#reader.push(step.rest)
  }

  #drain(): void {
    while (this.#phase === 'command' || this.#phase === 'publishing') {
      const message = this.#reader.next()
      if (message === undefined) return
      this.#handleMessage(message)
    }
  }

  #acknowledge(): void {
    if (this.#receivedBytes - this.#acknowledgedBytes < WINDOW_ACK_BYTES) return
    this.#acknowledgedBytes = this.#receivedBytes
    this.#send(controlMessage(messageType.acknowledgement, this.#receivedBytes % 2 ** 32))
  }

  #handleMessage(message: RtmpMessage): void {
    const { typeId, payload } = message
    switch (typeId) {
      case messageType.setChunkSize:
        this.#reader.setChunkBytes(payload.readUInt32BE(0))
        break
      case messageType.abort:
        this.#reader.abort(payload.readUInt32BE(0))
        break
      case messageType.userControl:
        this.#answerPing(payload)
        break
      case messageType.command:
        this.#handleCommand(decodeAmf(payload))
        break
      case messageType.audio:
      case messageType.video:
        this.#mediaAtMs = performance.now()
        this.#sink?.handleMessage(message)
        break
      case messageType.data:
        this.#sink?.handleMessage(message)
    }
  }

  #answerPing(payload: Buffer): void {
    if (payload.readUInt16BE(0) !== userControl.pingRequest) return
    this.#send(userControlMessage(userControl.pingResponse, payload.readUInt32BE(2)))
  }

  #handleCommand([name, transaction, first, second]: AmfValue[]): void {
    switch (name) {
      case 'connect':
        this.#connect(transaction, first)
        break
      case 'createStream':
        this.#send(commandMessage(0, '_result', transaction, null, MEDIA_STREAM_ID))
        break
      case 'FCPublish':
        this.#send(commandMessage(0, 'onFCPublish', 0, null, null))
        break
      case 'publish':
        this.#publish(second).catch(() => this.#farewell('internal_error'))
        break
      case 'FCUnpublish':
      case 'deleteStream':
      case 'closeStream':
        if (this.#phase === 'publishing') this.#farewell('unpublished')
    }
  }

  #connect(transaction: AmfValue, properties: AmfValue): void {
    const isObject = typeof properties === 'object' && properties !== null
    const app = isObject && 'app' in properties ? properties.app : undefined
    this.#app = typeof app === 'string' ? app.replace(/\/+$/, '') : ''
    this.#send(controlMessage(messageType.windowAckSize, WINDOW_ACK_BYTES))
    this.#send(peerBandwidthMessage(WINDOW_ACK_BYTES))
    this.#send(controlMessage(messageType.setChunkSize, CHUNK_BYTES_OUT))
    this.#chunkBytesOut = CHUNK_BYTES_OUT
    const server = { fmsVer: 'FMS/3,5,7,7009', capabilities: 31 }
    const status = {
      level: 'status',
      code: 'NetConnection.Connect.Success',
      description: 'Connection succeeded.',
      objectEncoding: 0,
    }
    this.#send(commandMessage(0, '_result', transaction, server, status))
  }

  /** The gate: the socket is not read while the answer is awaited, and no answer means no. */
  async #publish(name: AmfValue): Promise<void> {
    if (this.#phase !== 'command') return
    this.#phase = 'gate'
    this.#socket.pause()
    const key = findKey(this.#app, name)
    const answer = key === undefined ? refuse('bad_name') : await this.#askGate(key)
    if (this.#phase !== 'gate') return
    if (!answer.ok) return this.#refuse(answer.reason)
    const sink = this.#needs.openStream(answer.streamId, this)
    if ('refused' in sink) return this.#refuse(sink.refused)
    this.#sink = sink
    this.#phase = 'publishing'
    this.#mediaAtMs = performance.now()
    this.#reader.messageBytesMax = this.#limits.messageBytesMax
    this.#send(userControlMessage(userControl.streamBegin, MEDIA_STREAM_ID))
    this.#sendStatus('status', 'NetStream.Publish.Start', '')
    this.#socket.resume()
    this.#handleBytes(Buffer.alloc(0))
  }

  async #askGate(key: string): Promise<GateAnswer> {
    const { promise: late, resolve } = Promise.withResolvers<GateAnswer>()
    const timer = setTimeout(() => resolve(refuse('gate_timeout')), this.#limits.gateMs)
    try {
      return await Promise.race([this.#needs.authorize(key, { ip: this.ip }), late])
    } catch {
      return refuse('gate_failed')
    } finally {
      clearTimeout(timer)
    }
  }

  #refuse(reason: string): void {
    this.#sendStatus('error', 'NetStream.Publish.BadName', reason)
    this.#farewell(reason)
  }

  #sendStatus(level: 'status' | 'error', code: string, reason: string): void {
    const description = level === 'status' ? 'Publishing.' : explainReason(reason)
    const status = { level, code, description }
    this.#send(commandMessage(MEDIA_STREAM_ID, 'onStatus', 0, null, status))
  }

  #send(message: RtmpMessage): void {
    if (!this.#socket.writable) return
    this.#socket.write(encodeMessage(message, this.#chunkBytesOut))
  }

  /**
   * Lets the last words leave, then closes; a peer that does not read them is cut all the same.
   * What it still sends is read and thrown away: closed over unread bytes, the connection would be
   * reset, and the words lost.
   */
  #farewell(reason: string): void {
    if (this.#phase === 'closed') return
    this.#bytesMax = this.#receivedBytes + FAREWELL_BYTES_MAX
    this.#socket.resume().end()
    setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref()
    this.#close(reason)
  }

  #close(reason: string): void {
    if (this.#phase === 'closed') return
    this.#phase = 'closed'
    const sink = this.#sink
    this.#sink = undefined
    if (sink) sink.handleGone(reason)
    else this.#needs.onRefused({ ip: this.ip, reason })
  }
}

const refuse = (reason: string): GateAnswer => ({ ok: false, reason })

/**
 * The key is the stream name; some encoders put it at the end of the address instead, where it
 * arrives as the last part of the application name.
 */
const findKey = (app: string, name: AmfValue): string | undefined => {
  const [appName = '', ...rest] = app.split('/')
  if (!APP_NAME.test(appName)) return undefined
  const given = typeof name === 'string' && name !== '' ? name : rest.at(-1)
  const key = given?.split('?')[0]
  return key !== undefined && KEY.test(key) ? key : undefined
}
