import { classify } from '../flv/payload.ts'
import { StreamClock } from './clock.ts'
import { readAudioHeader, readVideoHeader } from './codecs.ts'
import type { MediaCounters } from './counters.ts'
import type { FlvFeed } from './flv-feed.ts'
import { encodeMetadata } from './metadata.ts'
import { createPacket, type FrameKind, type PacketConsumer, type PacketKind } from './packet.ts'
import { PictureMeter } from './picture-meter.ts'
import type { MediaMessage, Publisher, PublishSink } from './publisher.ts'
import { RateMeter } from './rate-meter.ts'

/** What a stream tells the outside. `reason` is a code, never free text from a publisher. */
export type StreamEvent = {
  readonly streamId: string
  readonly type: 'publish_start' | 'publish_end' | 'resume' | 'ended' | 'error'
  readonly reason?: string
}

/** `starting` until the first key frame: nobody is told of a stream that has no picture. */
export type StreamState = 'starting' | 'live' | 'away' | 'ended'

export type StreamNeeds = {
  readonly flv: FlvFeed
  /** Fed after the FLV viewers, in this order. */
  readonly consumers: readonly PacketConsumer[]
  readonly graceMs: number
  readonly counters: MediaCounters
  onEvent(event: StreamEvent): void
  onEnded(): void
}

/** An old publisher that has been silent this long yields to a new one (a half-dead connection). */
const TAKEOVER_SILENCE_MS = 3_000
/** A publisher that sends but shows no picture for this long is not a live stream. */
const FIRST_PICTURE_MAX_MS = 10_000
/** Later it may lose its picture for longer: a phone whose camera app is in the background. */
const NEXT_PICTURE_MAX_MS = 20_000
/** Pictures in a row with the same time stamp: no clock stands still for so many. */
const STUCK_PICTURES_MAX = 60

type HeaderKind = 'videoHeader' | 'audioHeader'

/** 24 Mbps over the meter's six seconds: more than any host needs, or sent faster than real time. */
const RECENT_BYTES_MAX = (6 * 24_000_000) / 8

/** One stream from its first publisher to its end, across reconnects. */
export class LiveStream {
  readonly id: string
  readonly flv: FlvFeed
  readonly since = new Date()
  readonly meter = new RateMeter()
  readonly pictures = new PictureMeter()
  state: StreamState = 'starting'
  #needs: StreamNeeds
  /** Consumers that came later. */
  #guests = new Set<PacketConsumer>()
  #clock = new StreamClock()
  #publisher: Publisher | undefined
  #mediaAtMs = 0
  #pictureAtMs = 0
  #hasPicture = false
  #isKeyFrameDue = false
  #stuckCount = 0
  /** Headers of a publisher that showed no picture yet: the stream is not theirs before. */
  #newHeaders = new Map<HeaderKind, Buffer>()
  #codecs = { video: '', audio: '' }
  #graceTimer: NodeJS.Timeout | undefined

  constructor(id: string, needs: StreamNeeds) {
    this.id = id
    this.flv = needs.flv
    this.#needs = needs
  }

  /** RFC 6381 names of the codecs in use. */
  get codec(): string {
    return Object.values(this.#codecs).filter(Boolean).join(',')
  }

  /** Lets a publisher in, unless another is alive. */
  attach(publisher: Publisher): PublishSink | { refused: string } {
    const nowMs = performance.now()
    if (this.state === 'ended') return { refused: 'ended' }
    if (this.#publisher) {
      const isSilent = nowMs - this.#mediaAtMs >= TAKEOVER_SILENCE_MS
      if (this.state === 'starting' || !isSilent) return { refused: 'already_publishing' }
      this.#publisher.cut('taken_over')
    }
    this.#publisher = publisher
    this.#mediaAtMs = nowMs
    this.#pictureAtMs = nowMs
    this.#hasPicture = false
    this.#stuckCount = 0
    this.#newHeaders.clear()
    this.#clock.restart()
    return {
      handleMessage: message => {
        if (this.#publisher === publisher) this.#handleMessage(message)
      },
      handleGone: reason => this.#handleGone(publisher, reason),
    }
  }

  /**
   * Feeds one more consumer from now on, beginning with the headers and the pictures since the
   * newest key frame. Returns its exit; `end()` is called only when the stream ends before.
   */
  join(consumer: PacketConsumer): () => void {
    for (const packet of this.flv.newestGroup()) consumer.handlePacket(packet)
    this.#guests.add(consumer)
    return () => this.#guests.delete(consumer)
  }

  /** Ends the stream for good: cuts the publisher, completes what viewers are receiving. */
  end(reason: string): void {
    if (this.state === 'ended') return
    const wasAnnounced = this.state !== 'starting'
    this.state = 'ended'
    clearTimeout(this.#graceTimer)
    const publisher = this.#publisher
    this.#publisher = undefined
    publisher?.cut(reason)
    this.flv.end()
    for (const consumer of [...this.#needs.consumers, ...this.#guests]) consumer.end()
    this.#guests.clear()
    if (wasAnnounced) this.#tell('ended', reason)
    this.#needs.onEnded()
  }

  #handleMessage(message: MediaMessage): void {
    const kind = classify(message.typeId, message.payload)
    switch (kind) {
      case 'ignored':
        break
      case 'unsupportedVideo':
        this.#reject('codec.video_unsupported')
        break
      case 'unsupportedAudio':
        this.#reject('codec.audio_unsupported')
        break
      case 'metadata':
        this.#takeMetadata(message.payload)
        break
      case 'videoHeader':
      case 'audioHeader':
        this.#takeHeader(kind, message.payload)
        break
      default:
        this.#takeFrame(kind, message)
    }
  }

  #takeMetadata(payload: Buffer): void {
    const clean = encodeMetadata(payload)
    if (clean) this.#feed('metadata', { timestampMs: this.#clock.nowMs, payload: clean })
  }

  /** A header that says nothing new is not passed on: to a player it would be a seam. */
  #takeHeader(kind: HeaderKind, payload: Buffer): void {
    if (this.#hasPicture && this.flv.header(kind)?.payload.equals(payload)) return
    const config = kind === 'videoHeader' ? readVideoHeader(payload) : readAudioHeader(payload)
    if ('refused' in config) {
      this.#reject(config.refused)
      return
    }
    if (!this.#hasPicture) {
      this.#newHeaders.set(kind, payload)
      return
    }
    this.#codecs[kind === 'videoHeader' ? 'video' : 'audio'] = config.codec
    if (kind === 'videoHeader') this.#isKeyFrameDue = true
    this.#feed(kind, { timestampMs: this.#clock.nowMs, payload })
  }

  #takeFrame(kind: FrameKind, { payload, timestampMs }: MediaMessage): void {
    const nowMs = performance.now()
    this.#mediaAtMs = nowMs
    this.#needs.counters.bytesIn += payload.length
    this.meter.add(payload.length, { frames: kind === 'audioFrame' ? 0 : 1, nowMs })
    const complaint = this.#complaint(kind, nowMs)
    if (complaint) {
      this.#reject(complaint)
      return
    }
    if (!this.#hasPicture && !this.#beginsPicture(kind)) return
    if (kind === 'keyFrame') this.#isKeyFrameDue = false
    // What the encoder made before its new header cannot be decoded with it.
    if (kind === 'interFrame' && this.#isKeyFrameDue) return
    this.#feed(kind, { timestampMs: this.#place(kind, { timestampMs, nowMs }), payload })
  }

  /** Why a publisher that was let in cannot go on. */
  #complaint(kind: FrameKind, nowMs: number): string | undefined {
    if (this.meter.recentBytes() > RECENT_BYTES_MAX) return 'bitrate_too_high'
    if (this.#stuckCount > STUCK_PICTURES_MAX) return 'timestamps_stuck'
    if (kind === 'keyFrame' || (kind === 'interFrame' && this.#hasPicture)) return undefined
    const waitMaxMs = this.#hasPicture ? NEXT_PICTURE_MAX_MS : FIRST_PICTURE_MAX_MS
    return nowMs - this.#pictureAtMs > waitMaxMs ? 'no_picture' : undefined
  }

  /** The stream time of a frame. */
  #place(kind: FrameKind, { timestampMs, nowMs }: { timestampMs: number; nowMs: number }): number {
    const { seamCount } = this.#clock
    if (kind === 'audioFrame') return this.#clock.next('audio', timestampMs)
    const at = this.#clock.next('video', timestampMs)
    if (this.#clock.seamCount !== seamCount) this.pictures.restart()
    this.#stuckCount = at === this.pictures.newestMs ? this.#stuckCount + 1 : 0
    this.pictures.add({ isKeyFrame: kind === 'keyFrame', timestampMs: at, nowMs })
    this.#pictureAtMs = nowMs
    return at
  }

  /** Nothing is passed on before a key frame: no decoder could use it. */
  #beginsPicture(kind: FrameKind): boolean {
    if (kind !== 'keyFrame') return false
    if (!this.#newHeaders.has('videoHeader') && !this.flv.header('videoHeader')) {
      this.#reject('codec.header_missing')
      return false
    }
    this.#hasPicture = true
    for (const [header, payload] of this.#newHeaders) this.#takeHeader(header, payload)
    clearTimeout(this.#graceTimer)
    this.#tell(this.state === 'starting' ? 'publish_start' : 'resume')
    this.state = 'live'
    return true
  }

  #feed(kind: PacketKind, from: { timestampMs: number; payload: Buffer }): void {
    const packet = createPacket(kind, from)
    this.flv.handlePacket(packet)
    for (const consumer of this.#needs.consumers) consumer.handlePacket(packet)
    for (const guest of this.#guests) guest.handlePacket(packet)
  }

  #handleGone(publisher: Publisher, reason: string): void {
    if (this.#publisher !== publisher) return
    this.#publisher = undefined
    if (this.state === 'starting') {
      this.end(reason)
      return
    }
    // The grace runs on through the tries of publishers that showed no picture.
    if (this.state === 'away') return
    this.state = 'away'
    this.#tell('publish_end', reason)
    this.#graceTimer = setTimeout(() => this.end('grace_over'), this.#needs.graceMs).unref()
  }

  #reject(reason: string): void {
    this.#tell('error', reason)
    this.#publisher?.cut(reason)
  }

  #tell(type: StreamEvent['type'], reason?: string): void {
    this.#needs.onEvent({ streamId: this.id, type, ...(reason === undefined ? {} : { reason }) })
  }
}
