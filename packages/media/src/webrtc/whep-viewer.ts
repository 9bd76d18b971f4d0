import type { RTCPeerConnection } from 'werift'
import { answerOffer, openPeer, type WebRtcSettings } from './peer.ts'
import { RtpTrack } from './rtp-track.ts'
import { pickH264, pickOpus, readOffer } from './sdp-offer.ts'

export type WhepViewerNeeds = {
  readonly settings: WebRtcSettings
  /** The publisher's profile, four hex digits such as `42e0`. */
  readonly profile: string
  handleConnected(): void
  handlePictureLoss(): void
  handleSent(packetCount: number): void
  /** Called once. */
  handleClosed(reason: string): void
}

/** What is sent, with the time on the wall at which it was taken. */
export type Moment = { readonly timestamp: number; readonly wallMs: number }

const CONNECT_MAX_MS = 15_000
/** Browsers report at least every few seconds; one that does not is gone. */
const SILENT_MAX_MS = 10_000
const SWEEP_EVERY_MS = 1_000

/** One viewer by WebRTC, from its offer to its end. */
export class WhepViewer {
  /** Nothing is sent before a picture that stands for itself. */
  isStarted = false
  #needs: WhepViewerNeeds
  #peer: RTCPeerConnection | undefined
  #video: RtpTrack | undefined
  #audio: RtpTrack | undefined
  #isConnected = false
  #isClosed = false
  #heardAtMs = performance.now()
  #sweeper = setInterval(() => this.#sweep(performance.now()), SWEEP_EVERY_MS)

  constructor(needs: WhepViewerNeeds) {
    this.#needs = needs
  }

  get isConnected(): boolean {
    return this.#isConnected
  }

  /** Answers the offer of a player that the gate let in. Never rejects. */
  async open(offer: string): Promise<{ answer: string } | { refused: string }> {
    const offered = readOffer(offer)
    if (offered === undefined) return this.#refuse('offer_malformed')
    const video = pickH264(offered.video, [this.#needs.profile])
    if (video === undefined) return this.#refuse('codec_not_offered')
    const audio = pickOpus(offered.audio)
    const { settings } = this.#needs
    const peer = openPeer(settings, { video, audio, isReceiving: false })
    this.#peer = peer
    peer.connectionStateChange.subscribe(state => this.#handleState(state))
    const addTrack = (kind: 'audio' | 'video', payloadType: number) =>
      new RtpTrack(peer.addTransceiver(kind, { direction: 'sendonly' }).sender, payloadType, {
        handlePictureLoss: () => this.#needs.handlePictureLoss(),
        handleSent: packetCount => this.#needs.handleSent(packetCount),
        handleReport: () => {
          this.#heardAtMs = performance.now()
        },
        handleTooLossy: () => this.close('too_lossy'),
      })
    this.#video = addTrack('video', video.payloadType)
    if (audio) this.#audio = addTrack('audio', audio.payloadType)
    try {
      return { answer: await answerOffer(peer, { offer, settings }) }
    } catch {
      return this.#refuse('offer_malformed')
    }
  }

  sendPicture(payloads: readonly Buffer[], at: Moment): void {
    this.#video?.send(payloads, at)
  }

  sendOpus(packet: Buffer, at: Moment): void {
    this.#audio?.send([packet], at)
  }

  close(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#sweeper)
    this.#peer?.close().catch(() => {})
    this.#needs.handleClosed(reason)
  }

  #refuse(reason: string): { refused: string } {
    this.close(reason)
    return { refused: reason }
  }

  #handleState(state: string): void {
    if (state === 'failed' || state === 'closed') this.close('disconnected')
    if (state !== 'connected' || this.#isConnected) return
    this.#isConnected = true
    this.#heardAtMs = performance.now()
    this.#needs.handleConnected()
  }

  #sweep(nowMs: number): void {
    const silentMs = nowMs - this.#heardAtMs
    if (silentMs > (this.#isConnected ? SILENT_MAX_MS : CONNECT_MAX_MS)) this.close('silent')
  }
}
