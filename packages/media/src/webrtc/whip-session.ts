import type { RTCPeerConnection, RTCRtpTransceiver, RtpPacket } from 'werift'
import { RtcpSrPacket } from 'werift'
import { createAacEncoder } from '../audio/aac-encoder.ts'
import { OPUS_RATE } from '../audio/opus.ts'
import { tagType } from '../flv/tag.ts'
import type { Publisher, PublishSink } from '../hub/publisher.ts'
import { toAvcPayloads } from '../rtp/avc-payload.ts'
import { type AccessUnit, createH264Assembler } from '../rtp/h264-assembler.ts'
import { createMediaClock, ntpToMs, type TrackKind } from '../rtp/media-clock.ts'
import { createReorder, type RtpUnit } from '../rtp/reorder.ts'
import { answerOffer, openPeer, reportArrivals, type WebRtcSettings } from './peer.ts'
import type { RtcSource } from './rtc-feed.ts'
import { pickH264, pickOpus, readOffer } from './sdp-offer.ts'

export type WhipNeeds = {
  readonly settings: WebRtcSettings
  /** Claims the stream for this publisher, or says why not. */
  openStream(publisher: Publisher): PublishSink | { readonly refused: string }
  /** Called once, after the sink heard of it. */
  handleClosed(reason: string): void
}

const VIDEO_RATE = 90_000
/** Baseline first: its pictures come without B-frames and every device decodes them. */
const PROFILES = ['42e0', '4200', '4d00', '6400', '640c']
const CONNECT_MAX_MS = 15_000
const IDLE_MAX_MS = 8_000
const SWEEP_EVERY_MS = 500
/** Viewers join at key frames, and an encoder of a browser makes none unless it is asked. */
const KEY_FRAME_EVERY_MS = 1_000
const KEY_FRAME_ASK_MIN_MS = 300
const VIDEO_WAIT_MS = 200
const AUDIO_WAIT_MS = 60
/** A sender whose numbers jump this often is broken, or wants to keep us busy. */
const GAPS_PER_SEC_MAX = 50
/** Each jump of its numbers makes werift look through all that could be missing between. */
const JUMPS_MAX = 8

/** One browser or encoder that publishes by WebRTC, from its offer to its end (RFC 9725). */
export class WhipSession implements Publisher, RtcSource {
  pictureMs = 0
  #needs: WhipNeeds
  #peer: RTCPeerConnection | undefined
  #sink: PublishSink | undefined
  #videoReceiver: RTCRtpTransceiver['receiver'] | undefined
  #videoSsrc = 0
  #openedAtMs = performance.now()
  #mediaAtMs: number | undefined
  #askedAtMs = 0
  #keyFrameAtMs = 0
  #isWaitingForKeyFrame = false
  #gapBudget = GAPS_PER_SEC_MAX
  #jumpCount = 0
  #isClosed = false
  #endReports = () => {}
  #clock = createMediaClock({ audio: OPUS_RATE, video: VIDEO_RATE })
  #sweeper = setInterval(() => this.#sweep(performance.now()), SWEEP_EVERY_MS)
  #aac = createAacEncoder({
    handleAudio: (payload, atMs) => this.#send(tagType.audio, { payload, atMs }),
    handleGivenUp: () => {},
  })
  #opusListeners = new Set<Parameters<RtcSource['onOpus']>[0]>()

  constructor(needs: WhipNeeds) {
    this.#needs = needs
  }

  /** Answers the offer of a peer that the gate let in. Never rejects. */
  async open(offer: string): Promise<{ answer: string } | { refused: string }> {
    const offered = readOffer(offer)
    if (offered === undefined) return this.#refuse('offer_malformed')
    const video = pickH264(offered.video, PROFILES)
    const codecs = { video, audio: pickOpus(offered.audio), isReceiving: true }
    if (video === undefined) return this.#refuse('codec.video_unsupported')
    const sink = this.#needs.openStream(this)
    if ('refused' in sink) return this.#refuse(sink.refused)
    this.#sink = sink
    const peer = openPeer(this.#needs.settings, codecs)
    this.#peer = peer
    peer.connectionStateChange.subscribe(state => {
      if (state === 'failed' || state === 'closed') this.cut('disconnected')
    })
    peer.onRemoteTransceiverAdded.subscribe(transceiver => this.#listen(transceiver))
    try {
      const answer = await answerOffer(peer, { offer, settings: this.#needs.settings })
      if (!this.#isClosed) this.#endReports = reportArrivals(peer, () => this.#videoSsrc)
      return { answer }
    } catch {
      // The text of the error may quote the offer.
      this.cut('offer_malformed')
      return { refused: 'offer_malformed' }
    }
  }

  cut(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#sweeper)
    this.#endReports()
    this.#aac.stop()
    this.#opusListeners.clear()
    this.#peer?.close().catch(() => {})
    this.#sink?.handleGone(reason)
    this.#needs.handleClosed(reason)
  }

  /** Asks for a picture that stands for itself, unless that was done a moment ago. */
  askForKeyFrame(): void {
    const nowMs = performance.now()
    if (this.#videoSsrc === 0 || nowMs - this.#askedAtMs < KEY_FRAME_ASK_MIN_MS) return
    this.#askedAtMs = nowMs
    this.#videoReceiver?.sendRtcpPLI(this.#videoSsrc).catch(() => {})
  }

  /** Passes sound on untouched; returns the exit. */
  onOpus(listener: Parameters<RtcSource['onOpus']>[0]): () => void {
    this.#opusListeners.add(listener)
    return () => this.#opusListeners.delete(listener)
  }

  #refuse(reason: string): { refused: string } {
    this.cut(reason)
    return { refused: reason }
  }

  #listen(transceiver: RTCRtpTransceiver): void {
    const { kind, receiver } = transceiver
    if (kind !== 'audio' && kind !== 'video') return
    transceiver.setDirection('recvonly')
    if (kind === 'video') this.#videoReceiver = receiver
    const reorder = kind === 'video' ? this.#videoPath() : this.#audioPath()
    transceiver.onTrack.subscribe(track => {
      track.onReceiveRtp.subscribe(packet => {
        if (this.#isClosed) return
        this.#mediaAtMs = performance.now()
        if (kind === 'video') this.#videoSsrc = packet.header.ssrc
        reorder.push(toUnit(packet), this.#mediaAtMs)
      })
    })
    receiver.onRtcp.subscribe(packet => {
      if (!(packet instanceof RtcpSrPacket)) return
      const { ntpTimestamp, rtpTimestamp } = packet.senderInfo
      this.#clock.handleReport(kind, { timestamp: rtpTimestamp, wallMs: ntpToMs(ntpTimestamp) })
    })
  }

  #videoPath() {
    const assembler = createH264Assembler(picture => this.#handlePicture(picture))
    return createReorder({
      waitMs: VIDEO_WAIT_MS,
      handleUnit: assembler.push,
      handleJump: () => this.#countJump(),
      handleGap: () => {
        assembler.drop()
        this.#isWaitingForKeyFrame = true
        this.askForKeyFrame()
        this.#gapBudget -= 1
        if (this.#gapBudget < 0) this.cut('rtp_broken')
      },
    })
  }

  #audioPath() {
    const handleUnit = ({ timestamp, payload }: RtpUnit): void => {
      const atMs = this.#at('audio', timestamp)
      for (const listener of this.#opusListeners) listener(payload, { atMs, timestamp })
      this.#aac.push(payload, atMs)
    }
    return createReorder({
      waitMs: AUDIO_WAIT_MS,
      handleUnit,
      handleGap: () => {},
      handleJump: () => this.#countJump(),
    })
  }

  #countJump(): void {
    this.#jumpCount += 1
    if (this.#jumpCount > JUMPS_MAX) this.cut('rtp_broken')
  }

  #handlePicture(picture: AccessUnit): void {
    const { header, frame, isKeyFrame } = toAvcPayloads(picture)
    const atMs = this.#at('video', picture.timestamp)
    this.pictureMs = Math.round(atMs)
    if (header) this.#send(tagType.video, { payload: header, atMs })
    if (frame === undefined) return
    if (isKeyFrame) {
      this.#isWaitingForKeyFrame = false
      this.#keyFrameAtMs = performance.now()
    }
    // After a loss, what refers to the lost picture would be seen as smear by everybody.
    if (!this.#isWaitingForKeyFrame) this.#send(tagType.video, { payload: frame, atMs })
  }

  #at(kind: TrackKind, timestamp: number): number {
    return this.#clock.at(kind, { timestamp, nowMs: performance.now() })
  }

  #send(typeId: number, { payload, atMs }: { payload: Buffer; atMs: number }): void {
    const timestampMs = Math.max(0, Math.round(atMs)) >>> 0
    this.#sink?.handleMessage({ typeId, timestampMs, payload })
  }

  #sweep(nowMs: number): void {
    this.#gapBudget = Math.min(GAPS_PER_SEC_MAX, this.#gapBudget + GAPS_PER_SEC_MAX / 2)
    if (this.#mediaAtMs === undefined) {
      if (nowMs - this.#openedAtMs > CONNECT_MAX_MS) this.cut('no_connection')
      return
    }
    if (nowMs - this.#mediaAtMs > IDLE_MAX_MS) this.cut('idle')
    // Half a period early, because the next look is that far away.
    const dueMs = KEY_FRAME_EVERY_MS - SWEEP_EVERY_MS / 2
    if (this.#isWaitingForKeyFrame || nowMs - this.#keyFrameAtMs >= dueMs) this.askForKeyFrame()
  }
}

const toUnit = ({ header, payload }: RtpPacket): RtpUnit => ({
  sequence: header.sequenceNumber,
  timestamp: header.timestamp,
  isMarked: header.marker,
  payload,
})
