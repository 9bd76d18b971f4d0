import { type RecorderFeed, startRecorderFeed } from '@kaibo/media/browser/recorder-feed'
import { type RecordingType, readRecordingType } from '@kaibo/media/browser/recording-type'
import { tagType } from '@kaibo/media/flv/tag'
import type { Hub } from '@kaibo/media/hub/hub'
import type { Gate, Publisher, PublishSink } from '@kaibo/media/hub/publisher'
import { RateMeter } from '@kaibo/media/hub/rate-meter'
import type { RawData, WebSocket } from 'ws'

export type IngestNeeds = {
  readonly hub: Pick<Hub, 'attach'>
  readonly gate: Gate
  /** Takes one of the few places for pictures that must be encoded; undefined: all are taken. */
  takeEncoderSlot(): (() => void) | undefined
  /** A socket that never became a publisher. */
  onRefused(refusal: { ip: string; reason: string }): void
  readonly limits?: IngestLimits
}

export type IngestLimits = {
  readonly helloMs: number
  readonly idleMs: number
  readonly firstPictureMs: number
}

const LIMITS: IngestLimits = { helloMs: 5_000, idleMs: 8_000, firstPictureMs: 15_000 }
const HELLO_BYTES_MAX = 4_096
const SWEEP_EVERY_MS = 500
/** The socket is not read while more than this waits for ffmpeg. */
const QUEUE_BYTES_PAUSE = 1024 * 1024
/** 24 Mbps over the meter's six seconds, as the hub allows any publisher. */
const RECENT_BYTES_MAX = (6 * 24_000_000) / 8
/** A peer that does not answer the closing handshake is cut all the same. */
const FAREWELL_MS = 1_000

/** Private codes of the WebSocket, so that a page can tell what to do without parsing reasons. */
const CLOSE_CODE_OF: Readonly<Record<string, number>> = {
  bad_hello: 4400,
  already_publishing: 4409,
  ended: 4410,
  'codec.video_unsupported': 4415,
  encoder_slots_full: 4503,
  too_many_streams: 4503,
  gate_busy: 4503,
  gate_failed: 4503,
  gate_timeout: 4503,
}
/** The gate said no. */
const REFUSED = 4401
/** Cut after it was let in. */
const CUT = 4499

type Hello = { readonly ticket: string; readonly mime: string }

/** One page that sends what its MediaRecorder makes, from the first frame to the end. */
export class IngestSession implements Publisher {
  readonly ip: string
  #socket: WebSocket
  #needs: IngestNeeds
  #phase: 'hello' | 'gate' | 'publishing' | 'closed' = 'hello'
  #sink: PublishSink | undefined
  #feed: RecorderFeed | undefined
  #freeSlot: (() => void) | undefined
  #openedAtMs = performance.now()
  #bytesAtMs = performance.now()
  #hasPicture = false
  #meter = new RateMeter()
  #sweeper = setInterval(() => this.#sweep(performance.now()), SWEEP_EVERY_MS)

  constructor(socket: WebSocket, ip: string, needs: IngestNeeds) {
    this.#socket = socket
    this.ip = ip
    this.#needs = needs
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#takeSlice(toBuffer(data))
      else this.#takeText(toBuffer(data)).catch(() => this.cut('internal_error'))
    })
    socket.on('close', () => this.#close('disconnected'))
    socket.on('error', () => this.#close('connection_error'))
  }

  cut(reason: string): void {
    if (this.#phase === 'closed') return
    const code = this.#sink ? CUT : (CLOSE_CODE_OF[reason] ?? REFUSED)
    this.#socket.resume()
    this.#socket.close(code, reason)
    setTimeout(() => this.#socket.terminate(), FAREWELL_MS).unref()
    this.#close(reason)
  }

  async #takeText(text: Buffer): Promise<void> {
    const hello = this.#phase === 'hello' ? readHello(text) : undefined
    const type = hello && readRecordingType(hello.mime)
    if (hello === undefined || type === undefined) {
      this.cut(hello ? 'codec.video_unsupported' : 'bad_hello')
      return
    }
    this.#phase = 'gate'
    this.#socket.pause()
    const answer = await this.#needs.gate(hello.ticket, { ip: this.ip })
    if (this.#phase !== 'gate') return
    if (answer.ok) this.#publish(answer.streamId, type)
    else this.cut(answer.reason)
  }

  #publish(streamId: string, type: RecordingType): void {
    this.#freeSlot = type.isH264 ? () => {} : this.#needs.takeEncoderSlot()
    const sink = this.#freeSlot
      ? this.#needs.hub.attach(streamId, this)
      : { refused: 'encoder_slots_full' }
    if ('refused' in sink) {
      this.cut(sink.refused)
      return
    }
    this.#sink = sink
    this.#phase = 'publishing'
    this.#bytesAtMs = performance.now()
    this.#openedAtMs = this.#bytesAtMs
    this.#feed = startRecorderFeed({
      type,
      handleMessage: message => {
        this.#hasPicture ||= message.typeId === tagType.video
        sink.handleMessage(message)
      },
      handleExit: () => this.cut('recording_broken'),
      handleDrain: () => this.#socket.resume(),
    })
    this.#socket.send(JSON.stringify({ type: 'ready' }))
    this.#socket.resume()
  }

  #takeSlice(slice: Buffer): void {
    if (this.#phase === 'hello') this.cut('bad_hello')
    if (this.#phase !== 'publishing' || this.#feed === undefined) return
    this.#bytesAtMs = performance.now()
    this.#meter.add(slice.length, { frames: 0, nowMs: this.#bytesAtMs })
    if (this.#meter.recentBytes() > RECENT_BYTES_MAX) this.cut('bitrate_too_high')
    else if (!this.#feed.push(slice)) this.cut('encoder_too_slow')
    else if (this.#feed.queuedBytes > QUEUE_BYTES_PAUSE) this.#socket.pause()
  }

  #sweep(nowMs: number): void {
    const { helloMs, idleMs, firstPictureMs } = this.#needs.limits ?? LIMITS
    const ageMs = nowMs - this.#openedAtMs
    if (this.#phase === 'hello' && ageMs > helloMs) this.cut('bad_hello')
    if (this.#phase !== 'publishing') return
    // A socket that is not read is silent by our own doing.
    const isIdle = !this.#socket.isPaused && nowMs - this.#bytesAtMs > idleMs
    if (isIdle) this.cut('idle')
    else if (!this.#hasPicture && ageMs > firstPictureMs) this.cut('no_picture')
  }

  #close(reason: string): void {
    if (this.#phase === 'closed') return
    this.#phase = 'closed'
    clearInterval(this.#sweeper)
    this.#feed?.stop()
    this.#freeSlot?.()
    if (this.#sink) this.#sink.handleGone(reason)
    else this.#needs.onRefused({ ip: this.ip, reason })
  }
}

const toBuffer = (data: RawData): Buffer => {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

const readHello = (text: Buffer): Hello | undefined => {
  if (text.length > HELLO_BYTES_MAX) return undefined
  try {
    const hello: unknown = JSON.parse(text.toString('utf8'))
    if (typeof hello !== 'object' || hello === null) return undefined
    const ticket = 'ticket' in hello ? hello.ticket : undefined
    const mime = 'mime' in hello ? hello.mime : undefined
    return typeof ticket === 'string' && typeof mime === 'string' ? { ticket, mime } : undefined
  } catch {
    return undefined
  }
}
