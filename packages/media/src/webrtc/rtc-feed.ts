import { createOpusEncoder } from '../audio/opus-encoder.ts'
import type { Packet, PacketConsumer } from '../hub/packet.ts'
import { readParameterSets, splitNals, toPayloads } from '../rtp/h264-packets.ts'
import type { WhepViewer } from './whep-viewer.ts'

/** A publisher that already speaks WebRTC: its sound is passed on as it is. */
export type RtcSource = {
  askForKeyFrame(): void
  /** The publisher's time of the picture that is being handed to the hub right now. */
  readonly pictureMs: number
  onOpus(listener: (packet: Buffer, at: { atMs: number; timestamp: number }) => void): () => void
}

const VIDEO_PER_MS = 90
const OPUS_PER_MS = 48
/** A group of pictures larger than this is not sent at once: it would drown a phone's path. */
const BURST_BYTES_MAX = 768 * 1024
const BURST_PICTURES_MAX = 150
/** Pictures of the burst are shown as fast as they can be decoded. */
const BURST_STEP_MS = 2

/** Feeds one stream to its viewers by WebRTC: each picture is cut into packets once for all. */
export class RtcFeed implements PacketConsumer {
  #sourceNow: () => RtcSource | undefined
  #source: RtcSource | undefined
  #viewers = new Set<WhepViewer>()
  #header: Packet | undefined
  #sets: Buffer[] = []
  #aacHeader: Packet | undefined
  #group: Packet[] = []
  #groupBytes = 0
  #hasBFrames = false
  /** Wall clock at the stream's zero. */
  #wallMs: number | undefined
  /** Stream time minus publisher time, as the hub's clock has it for this publisher. */
  #clockOffsetMs: number | undefined
  #stopOpus: (() => void) | undefined
  #opusBase: { raw: number; timestamp: number } | undefined
  #encoder = createOpusEncoder((packet, atMs) =>
    this.#sendOpus(packet, { timestamp: Math.round(atMs * OPUS_PER_MS), atMs }),
  )

  constructor(sourceNow: () => RtcSource | undefined) {
    this.#sourceNow = sourceNow
  }

  get viewerCount(): number {
    return this.#viewers.size
  }

  /** Why this stream cannot be watched by WebRTC now; undefined: it can. */
  get obstacle(): 'no_picture' | 'b_frames' | undefined {
    if (this.#header === undefined) return 'no_picture'
    return this.#hasBFrames ? 'b_frames' : undefined
  }

  /** The publisher's H.264 profile and constraints, four hex digits. */
  get profile(): string {
    return this.#header?.payload.toString('hex', 6, 8) ?? '42e0'
  }

  add(viewer: WhepViewer): void {
    this.#viewers.add(viewer)
    this.#useSource(this.#sourceNow())
  }

  remove(viewer: WhepViewer): void {
    this.#viewers.delete(viewer)
    if (this.#viewers.size === 0) this.#stopSound()
  }

  /** The viewer's connection is open: it is shown the newest group of pictures. */
  start(viewer: WhepViewer): void {
    const pictures = this.#group
    if (pictures.length === 0) {
      this.askForKeyFrame()
      return
    }
    viewer.isStarted = true
    const lastMs = pictures.at(-1)?.timestampMs ?? 0
    for (const [index, picture] of pictures.entries()) {
      const atMs = lastMs - (pictures.length - 1 - index) * BURST_STEP_MS
      viewer.sendPicture(this.#toPayloads(picture), this.#pictureAt(atMs))
    }
  }

  askForKeyFrame(): void {
    this.#source?.askForKeyFrame()
  }

  handlePacket(packet: Packet): void {
    switch (packet.kind) {
      case 'videoHeader':
        this.#takeHeader(packet)
        break
      case 'audioHeader':
        this.#aacHeader = packet
        break
      case 'audioFrame':
        if (this.#viewers.size > 0 && this.#source === undefined && this.#aacHeader) {
          this.#encoder.push(packet, this.#aacHeader)
        }
        break
      case 'keyFrame':
      case 'interFrame':
        this.#takePicture(packet)
    }
  }

  end(): void {
    for (const viewer of this.#viewers) viewer.close('ended')
    this.#stopSound()
  }

  #takeHeader(packet: Packet): void {
    this.#header = packet
    this.#hasBFrames = false
    this.#forgetGroup()
    this.#sets = readParameterSets(packet.payload.subarray(5))
  }

  #takePicture(packet: Packet): void {
    // Decode order is not display order, and WebRTC knows only one of them.
    if (packet.payload.readIntBE(2, 3) !== 0) this.#refuseBFrames()
    if (this.#hasBFrames) return
    this.#remember(packet)
    if (packet.kind === 'keyFrame') this.#useSource(this.#sourceNow())
    if (this.#source) this.#clockOffsetMs = packet.timestampMs - this.#source.pictureMs
    if (this.#viewers.size === 0) return
    const payloads = this.#toPayloads(packet)
    const at = this.#pictureAt(packet.timestampMs)
    for (const viewer of this.#viewers) {
      if (!viewer.isConnected) continue
      viewer.isStarted ||= packet.kind === 'keyFrame'
      if (viewer.isStarted) viewer.sendPicture(payloads, at)
    }
  }

  #refuseBFrames(): void {
    if (this.#hasBFrames) return
    this.#hasBFrames = true
    this.#forgetGroup()
    for (const viewer of this.#viewers) viewer.close('b_frames')
  }

  #remember(packet: Packet): void {
    if (packet.kind === 'keyFrame') this.#forgetGroup()
    else if (this.#group.length === 0) return
    this.#group.push(packet)
    this.#groupBytes += packet.payload.length
    const isTooLarge = this.#groupBytes > BURST_BYTES_MAX
    if (isTooLarge || this.#group.length > BURST_PICTURES_MAX) this.#forgetGroup()
  }

  #forgetGroup(): void {
    this.#group = []
    this.#groupBytes = 0
  }

  #toPayloads({ kind, payload }: Packet): Buffer[] {
    return toPayloads(splitNals(payload.subarray(5)), kind === 'keyFrame' ? this.#sets : [])
  }

  #pictureAt(atMs: number) {
    return { timestamp: Math.round(atMs * VIDEO_PER_MS), wallMs: this.#wallAt(atMs) }
  }

  #wallAt(atMs: number): number {
    this.#wallMs ??= Date.now() - atMs
    return this.#wallMs + atMs
  }

  /** Sound comes from the publisher itself when it speaks WebRTC, else from the encoder. */
  #useSource(source: RtcSource | undefined): void {
    if (this.#viewers.size === 0 || (source === this.#source && this.#stopOpus)) return
    if (source === this.#source && source === undefined) return
    this.#stopSound()
    this.#source = source
    this.#stopOpus = source?.onOpus((packet, { atMs, timestamp }) => {
      if (this.#clockOffsetMs === undefined) return
      const streamMs = atMs + this.#clockOffsetMs
      this.#opusBase ??= { raw: timestamp, timestamp: Math.round(streamMs * OPUS_PER_MS) }
      const elapsed = (timestamp - this.#opusBase.raw) | 0
      this.#sendOpus(packet, { timestamp: this.#opusBase.timestamp + elapsed, atMs: streamMs })
    })
  }

  #stopSound(): void {
    this.#stopOpus?.()
    this.#stopOpus = undefined
    this.#source = undefined
    this.#opusBase = undefined
    this.#clockOffsetMs = undefined
    this.#encoder.stop()
  }

  #sendOpus(packet: Buffer, { timestamp, atMs }: { timestamp: number; atMs: number }): void {
    const at = { timestamp, wallMs: this.#wallAt(atMs) }
    for (const viewer of this.#viewers) viewer.sendOpus(packet, at)
  }
}
