import {
  type RTCDtlsTransport,
  type RTCRtpSender,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSrPacket,
  RtpHeader,
} from 'werift'

/** Packets that can be sent once more when the peer misses them. */
const HISTORY = 512
const REPORT_EVERY_MS = 1_000
/** More than a quarter lost for so many reports on end: the path cannot carry this stream. */
const LOSS_MAX = 64
const LOSSY_REPORTS_MAX = 8

type Sent = { sequence: number; timestamp: number; isMarked: boolean; payload: Buffer }

export type RtpTrackEvents = {
  /** The peer lost pictures and needs one that stands for itself. */
  handlePictureLoss(): void
  handleReport(): void
  handleTooLossy(): void
  /** So many packets left for the peer. */
  handleSent(packetCount: number): void
}

const NTP_UNIX_SEC = 2_208_988_800

/** A wall-clock moment as the 64-bit time of RFC 3550 §4. */
const toNtp = (wallMs: number): bigint => {
  const sec = Math.floor(wallMs / 1000)
  const fraction = Math.floor(((wallMs - sec * 1000) / 1000) * 2 ** 32)
  return (BigInt(sec + NTP_UNIX_SEC) << 32n) | BigInt(fraction)
}

/**
 * One track to one peer: numbers packets, sends lost ones again and reports which moment a
 * timestamp stands for, so that sound and picture are shown together.
 */
export class RtpTrack {
  #sender: RTCRtpSender
  #header: RtpHeader
  #events: RtpTrackEvents
  #sequence = Math.floor(Math.random() * 0x8000)
  #history: (Sent | undefined)[] = Array.from({ length: HISTORY })
  #packetCount = 0
  #octetCount = 0
  #reportedAtMs = 0
  #lossyReportCount = 0

  constructor(sender: RTCRtpSender, payloadType: number, events: RtpTrackEvents) {
    this.#sender = sender
    this.#events = events
    this.#header = new RtpHeader({ ssrc: sender.ssrc, payloadType })
    sender.onPictureLossIndication.subscribe(() => events.handlePictureLoss())
    sender.onGenericNack.subscribe(({ lost }) => {
      for (const sequence of lost.slice(0, HISTORY)) this.#repeat(sequence)
    })
    sender.onRtcp.subscribe(packet => {
      if (!(packet instanceof RtcpRrPacket)) return
      events.handleReport()
      const loss = packet.reports.find(({ ssrc }) => ssrc === sender.ssrc)?.fractionLost ?? 0
      this.#lossyReportCount = loss > LOSS_MAX ? this.#lossyReportCount + 1 : 0
      if (this.#lossyReportCount >= LOSSY_REPORTS_MAX) events.handleTooLossy()
    })
  }

  /** Sends one picture or one packet of sound; `wallMs` is when it was taken. */
  send(payloads: readonly Buffer[], at: { timestamp: number; wallMs: number }): void {
    const transport = this.#transport
    if (transport === undefined) return
    const timestamp = at.timestamp >>> 0
    for (const [index, payload] of payloads.entries()) {
      this.#sequence = (this.#sequence + 1) & 0xffff
      const isMarked = index === payloads.length - 1
      const sent = { sequence: this.#sequence, timestamp, isMarked, payload }
      this.#history[this.#sequence % HISTORY] = sent
      this.#octetCount = (this.#octetCount + payload.length) >>> 0
      this.#write(transport, sent)
    }
    this.#packetCount = (this.#packetCount + payloads.length) >>> 0
    this.#events.handleSent(payloads.length)
    this.#report(transport, { timestamp, wallMs: at.wallMs })
  }

  get #transport(): RTCDtlsTransport | undefined {
    const { dtlsTransport } = this.#sender
    return dtlsTransport?.state === 'connected' ? dtlsTransport : undefined
  }

  /** The header is written out before `sendRtp` first waits, so one serves for all packets. */
  #write(transport: RTCDtlsTransport, { sequence, timestamp, isMarked, payload }: Sent): void {
    this.#header.sequenceNumber = sequence
    this.#header.timestamp = timestamp
    this.#header.marker = isMarked
    transport.sendRtp(payload, this.#header).catch(() => {})
  }

  #repeat(sequence: number): void {
    const sent = this.#history[sequence % HISTORY]
    const transport = this.#transport
    if (transport && sent?.sequence === sequence) this.#write(transport, sent)
  }

  #report(transport: RTCDtlsTransport, at: { timestamp: number; wallMs: number }): void {
    const nowMs = performance.now()
    if (nowMs - this.#reportedAtMs < REPORT_EVERY_MS) return
    this.#reportedAtMs = nowMs
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: toNtp(at.wallMs),
      rtpTimestamp: at.timestamp,
      packetCount: this.#packetCount,
      octetCount: this.#octetCount,
    })
    const report = new RtcpSrPacket({ ssrc: this.#sender.ssrc, senderInfo })
    transport.sendRtcp([report]).catch(() => {})
  }
}
