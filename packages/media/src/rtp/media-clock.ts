/** One track's RTP timestamps as milliseconds since its first packet, across their wrap. */
class TrackTime {
  readonly #clockRate: number
  #last: number | undefined
  #elapsed = 0

  constructor(clockRate: number) {
    this.#clockRate = clockRate
  }

  /** Ms since the first packet; negative for what is older than it. */
  read(timestamp: number): number {
    if (this.#last === undefined) this.#last = timestamp
    const elapsed = this.#elapsed + ((timestamp - this.#last) | 0)
    if (elapsed > this.#elapsed) {
      this.#elapsed = elapsed
      this.#last = timestamp
    }
    return (elapsed * 1000) / this.#clockRate
  }
}

/** What turns a track's time into the time of the whole publisher. */
type Track = {
  readonly time: TrackTime
  /** Publisher time of the track's zero. */
  offsetMs: number | undefined
  /** The sender's wall clock at the track's zero, once it has reported it. */
  wallMs: number | undefined
}

export type TrackKind = 'audio' | 'video'

/** Sender reports tell the truth about lip sync; the correction is spread so that nobody hears it. */
const SLEW_MAX_MS = 1
/** A correction larger than this is made at once. */
const SLEW_BELOW_MS = 400

/**
 * Puts audio and video of one RTP sender on one line of milliseconds. Until both tracks have sent
 * a report (RFC 3550 §6.4.1) they are placed by their arrival; then audio is pulled to where the
 * sender's wall clock says it belongs.
 */
export const createMediaClock = (clockRates: Record<TrackKind, number>) => {
  const track = (kind: TrackKind): Track => ({
    time: new TrackTime(clockRates[kind]),
    offsetMs: undefined,
    wallMs: undefined,
  })
  const tracks = { audio: track('audio'), video: track('video') }
  let startMs: number | undefined

  const slewAudio = (): void => {
    const { audio, video } = tracks
    if (audio.wallMs === undefined || video.wallMs === undefined) return
    if (audio.offsetMs === undefined || video.offsetMs === undefined) return
    const errorMs = video.offsetMs + audio.wallMs - video.wallMs - audio.offsetMs
    const isFar = Math.abs(errorMs) > SLEW_BELOW_MS
    const stepMs = isFar ? errorMs : Math.max(-SLEW_MAX_MS, Math.min(SLEW_MAX_MS, errorMs))
    audio.offsetMs += stepMs
  }

  return {
    /** The publisher's time of a packet, ms. */
    at(kind: TrackKind, packet: { timestamp: number; nowMs: number }): number {
      const { time } = tracks[kind]
      const trackMs = time.read(packet.timestamp)
      startMs ??= packet.nowMs
      tracks[kind].offsetMs ??= packet.nowMs - startMs - trackMs
      if (kind === 'audio') slewAudio()
      return trackMs + tracks[kind].offsetMs
    },
    /** A sender report: the RTP timestamp that belongs to a moment of the sender's wall clock. */
    handleReport(kind: TrackKind, report: { timestamp: number; wallMs: number }): void {
      if (tracks[kind].offsetMs === undefined) return
      tracks[kind].wallMs = report.wallMs - tracks[kind].time.read(report.timestamp)
    },
  }
}

/** The 64-bit time of RFC 3550 §4 as ms since 1900. */
export const ntpToMs = (ntp: bigint): number =>
  Number(ntp >> 32n) * 1000 + (Number(ntp & 0xffffffffn) * 1000) / 2 ** 32
