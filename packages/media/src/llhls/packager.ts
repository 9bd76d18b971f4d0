import type { Packet, PacketConsumer } from '../hub/packet.ts'
import { AAC_FRAME_SAMPLES, type AacConfig, readAacConfig } from './aac-config.ts'
import { type AvcConfig, readAvcConfig } from './avc-config.ts'
import { type VideoSample, writeFragment } from './fragment.ts'
import { type TrackConfigs, writeInitSegment } from './init-segment.ts'

/** A piece of a segment that is published before the segment is complete. */
export type Part = {
  readonly bytes: Buffer
  /** On the stream's clock. */
  readonly startMs: number
  readonly durationMs: number
  /** Begins with a key frame, so a player may start here. */
  readonly isIndependent: boolean
}

/** What the packager makes, in the order in which a playlist tells it. */
export type PackagerSink = {
  /** A new init segment; what follows cannot be decoded with the one before. */
  handleMap(bytes: Buffer): void
  handlePart(part: Part): void
  /** The parts since the last call make a segment. */
  handleSegmentEnd(): void
  handleEnd(): void
  /** The longest part there may be, ms; undefined until the first one has shown the frame rate. */
  readonly partTargetMs: number | undefined
  /** The longest segment allowed now, ms. */
  readonly segmentMaxMs: number
}

/**
 * The longest part that is aimed at: a fifth of a second, which leaves no crumb at the end of a
 * segment of whole seconds, and room for the rounding of 29.97 frames a second, and for 24.
 */
export const PART_TARGET_MS = 210
/** A part must have this share of the target unless it ends its segment (RFC 8216bis §4.4.4.9). */
export const PART_SHARE_MIN = 0.85
/** A part with so much in it is closed however little time it covers. */
const PART_BYTES_MAX = 4 * 1024 * 1024
/** Key frames that come faster than this do not each begin a segment. */
const SEGMENT_MIN_MS = 900
/** Audio may be this far from the video clock before it is pulled back. */
const AUDIO_DRIFT_MAX_MS = 100

type Frame = { dtsMs: number; compositionMs: number; isKeyFrame: boolean; data: Buffer }

/**
 * Cuts a stream into CMAF fragments of about a fifth of a second, grouped into segments that
 * begin with key frames. One frame is held back, because its duration is known only when the next
 * one arrives.
 */
export class Packager implements PacketConsumer {
  #sink: PackagerSink
  #video: AvcConfig | undefined
  #audio: AacConfig | undefined
  #isMapCurrent = false
  #held: Frame | undefined
  #samples: VideoSample[] = []
  #frameMs = 40
  #partStartMs = 0
  #samplesStartMs = 0
  #segmentStartMs = 0
  #partBytes = 0
  #sequence = 0
  #audioFrames: Buffer[] = []
  #audioStart = 0
  #audioNext = 0

  constructor(sink: PackagerSink) {
    this.#sink = sink
  }

  /** RFC 6381 names of the codecs in use. */
  get codec(): string {
    return [this.#video?.codec, this.#audio?.codec].filter(name => name !== undefined).join(',')
  }

  /** Of the pictures; zero before their header. */
  get size(): { width: number; height: number } {
    const { width = 0, height = 0 } = this.#video ?? {}
    return { width, height }
  }

  handlePacket(packet: Packet): void {
    switch (packet.kind) {
      case 'videoHeader':
        this.#changeTracks()
        this.#video = readAvcConfig(packet.payload)
        break
      case 'audioHeader':
        this.#changeTracks()
        this.#audio = readAacConfig(packet.payload)
        break
      case 'audioFrame':
        this.#addAudio(packet)
        break
      case 'keyFrame':
      case 'interFrame':
        this.#addVideo(packet)
    }
  }

  end(): void {
    this.#finishSegment()
    this.#sink.handleEnd()
  }

  #changeTracks(): void {
    this.#finishSegment()
    this.#isMapCurrent = false
  }

  /** Ends part and segment early, giving the held frame the duration of the one before it. */
  #finishSegment(): void {
    const held = this.#held
    if (held === undefined) return
    const endMs = held.dtsMs + this.#frameMs
    this.#place(held, endMs)
    this.#held = undefined
    this.#closePart(endMs)
    this.#sink.handleSegmentEnd()
  }

  #begin(tracks: TrackConfigs, startMs: number): void {
    this.#sink.handleMap(writeInitSegment(tracks))
    this.#isMapCurrent = true
    this.#partStartMs = startMs
    this.#segmentStartMs = startMs
    this.#audioFrames = []
    this.#audioNext = toSamples(tracks.audio, startMs)
  }

  #addVideo({ kind, timestampMs, payload }: Packet): void {
    const isKeyFrame = kind === 'keyFrame'
    if (!this.#isMapCurrent) {
      if (!isKeyFrame || this.#video === undefined) return
      this.#begin({ video: this.#video, audio: this.#audio }, timestampMs)
    }
    const held = this.#held
    this.#held = {
      dtsMs: timestampMs,
      compositionMs: (payload.readUIntBE(2, 3) << 8) >> 8,
      isKeyFrame,
      data: payload.subarray(5),
    }
    if (held === undefined) return
    this.#place(held, timestampMs)
    const segmentMs = timestampMs - this.#segmentStartMs
    if ((isKeyFrame && segmentMs >= SEGMENT_MIN_MS) || segmentMs >= this.#sink.segmentMaxMs) {
      this.#closePart(timestampMs)
      this.#sink.handleSegmentEnd()
      this.#segmentStartMs = timestampMs
    } else if (this.#isPartFull(timestampMs)) {
      this.#closePart(timestampMs)
    }
  }

  /** Adds the held frame, whose end is now known; a part that it would overfill is closed first. */
  #place(frame: Frame, endMs: number): void {
    const targetMs = this.#sink.partTargetMs ?? PART_TARGET_MS
    const { dtsMs, data, compositionMs, isKeyFrame } = frame
    this.#frameMs = endMs - dtsMs
    const isPause = this.#frameMs > targetMs && this.#sink.partTargetMs !== undefined
    if (!isPause && endMs - this.#partStartMs > targetMs) this.#closePart(dtsMs)
    if (this.#samples.length === 0) this.#samplesStartMs = dtsMs
    this.#partBytes += data.length
    this.#samples.push({ data, durationMs: this.#frameMs, compositionMs, isKeyFrame })
    if (isPause) this.#splitPause(endMs, targetMs)
  }

  /**
   * A publisher that drops pictures but not sound leaves one picture standing for long. No part may
   * exceed the target, so the time is cut into parts of which all but the first hold sound alone.
   */
  #splitPause(endMs: number, targetMs: number): void {
    const audioEnd = this.#audioStart + this.#audioFrames.length * AAC_FRAME_SAMPLES
    if (audioEnd < toSamples(this.#audio, endMs - targetMs)) return
    while (endMs - this.#partStartMs > targetMs) {
      const cutMs = this.#partStartMs + targetMs
      const audio = toSamples(this.#audio, cutMs) - this.#audioStart
      this.#closePart(cutMs, Math.max(0, Math.ceil(audio / AAC_FRAME_SAMPLES)))
      // Sound that begins later or stops early leaves nothing to make a part of.
      if (this.#partStartMs < cutMs) return
    }
  }

  /** Full when one more frame like the last would be too much: no need to wait for it. */
  #isPartFull(endMs: number): boolean {
    const targetMs = this.#sink.partTargetMs ?? PART_TARGET_MS
    const partMs = endMs - this.#partStartMs
    const isLongEnough =
      this.#sink.partTargetMs === undefined || partMs >= targetMs * PART_SHARE_MIN
    const isFull = isLongEnough && partMs + this.#frameMs > targetMs
    return isFull || this.#partBytes > PART_BYTES_MAX
  }

  /** Hands out what was gathered, or only the first of the audio frames. */
  #closePart(endMs: number, audioFrameCount = this.#audioFrames.length): void {
    const frames = this.#audioFrames.splice(0, audioFrameCount)
    if (this.#samples.length === 0 && frames.length === 0) return
    const startMs = this.#partStartMs
    const durationMs = endMs - startMs
    const bytes = writeFragment({
      sequence: ++this.#sequence,
      video: { decodeTimeMs: this.#samplesStartMs, samples: this.#samples },
      audio: { decodeTime: this.#audioStart, frames },
    })
    const isIndependent = this.#samples.some(({ isKeyFrame }) => isKeyFrame)
    this.#audioStart += frames.length * AAC_FRAME_SAMPLES
    this.#samples = []
    this.#partBytes = 0
    this.#partStartMs = endMs
    this.#sink.handlePart({ bytes, startMs, durationMs, isIndependent })
  }

  /** Audio runs on its own sample clock; FLV's milliseconds only correct it when it drifts off. */
  #addAudio({ timestampMs, payload }: Packet): void {
    if (this.#audio === undefined || !this.#isMapCurrent) return
    const expected = toSamples(this.#audio, timestampMs)
    const driftMax = toSamples(this.#audio, AUDIO_DRIFT_MAX_MS)
    if (this.#audioNext - expected > driftMax) return
    if (this.#audioFrames.length === 0) {
      if (expected - this.#audioNext > driftMax) this.#audioNext = expected
      this.#audioStart = this.#audioNext
    }
    this.#audioFrames.push(payload.subarray(2))
    this.#audioNext += AAC_FRAME_SAMPLES
  }
}

const toSamples = (audio: AacConfig | undefined, timeMs: number): number =>
  Math.round((timeMs * (audio?.sampleRate ?? 0)) / 1000)
