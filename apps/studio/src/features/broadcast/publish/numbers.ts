/** Totals as a connection knows them at one moment; null where it cannot know. */
export type Totals = {
  readonly atMs: number
  readonly bytes: number
  readonly frames: number | null
  readonly widthPx: number
  readonly heightPx: number
  /** Part of the packets that did not arrive lately, 0 … 1. */
  readonly lossPart: number | null
  readonly roundTripMs: number | null
  /** What the camera or screen gives; a still screen gives little, and that is nobody's fault. */
  readonly sourceFramesPerSec: number | null
  /** The browser makes the picture smaller because it believes that the network carries no more. */
  readonly isStarved: boolean
  /** Bytes that wait in this device for the network. */
  readonly queuedBytes: number
}

/** What leaves this device. */
export type Measured = {
  readonly bitrateKbps: number
  readonly framesPerSec: number | null
  readonly widthPx: number
  readonly heightPx: number
  readonly lossPart: number | null
  readonly roundTripMs: number | null
  readonly queuedMs: number
} & Pick<Totals, 'sourceFramesPerSec' | 'isStarved'>

const secMs = 1_000
const bitsPerByte = 8

/** What went out between two looks; rates of the first look count from nothing and are zero. */
export function measured(before: Totals | undefined, now: Totals): Measured {
  const passedMs = before ? now.atMs - before.atMs : 0
  const perMs = (amount: number) => (passedMs > 0 ? Math.max(0, amount) / passedMs : 0)
  const bitrateKbps = Math.round(perMs((now.bytes - (before?.bytes ?? 0)) * bitsPerByte))
  const frames = now.frames === null ? null : perMs(now.frames - (before?.frames ?? 0)) * secMs
  return {
    bitrateKbps,
    framesPerSec: frames,
    widthPx: now.widthPx,
    heightPx: now.heightPx,
    lossPart: now.lossPart,
    roundTripMs: now.roundTripMs,
    sourceFramesPerSec: now.sourceFramesPerSec,
    isStarved: now.isStarved,
    queuedMs: bitrateKbps > 0 ? Math.round((now.queuedBytes * bitsPerByte) / bitrateKbps) : 0,
  }
}

/** How well the network carries the show, for a glance. */
export type NetLevel = 'unknown' | 'good' | 'fair' | 'poor'

const limits = {
  fair: {
    lossPart: 0.02,
    roundTripMs: 200,
    queuedMs: 500,
    framesPartMin: 0.7,
    starvedBelowPx: 720,
  },
  poor: {
    lossPart: 0.08,
    roundTripMs: 500,
    queuedMs: 2_000,
    framesPartMin: 0.4,
    starvedBelowPx: 300,
  },
} as const

export function netLevelOf(now: Measured | null): NetLevel {
  if (!now || now.bitrateKbps === 0) return 'unknown'
  const { framesPerSec, sourceFramesPerSec } = now
  const framesPart =
    framesPerSec !== null && sourceFramesPerSec ? framesPerSec / sourceFramesPerSec : 1
  const isPast = (limit: (typeof limits)['fair' | 'poor']) =>
    (now.lossPart ?? 0) > limit.lossPart ||
    (now.roundTripMs ?? 0) > limit.roundTripMs ||
    now.queuedMs > limit.queuedMs ||
    framesPart < limit.framesPartMin ||
    (now.isStarved && Math.min(now.widthPx, now.heightPx) < limit.starvedBelowPx)
  if (isPast(limits.poor)) return 'poor'
  return isPast(limits.fair) ? 'fair' : 'good'
}

/** The totals of a peer connection's video, from its reports. */
export function totalsOf(reports: Iterable<StatsReport>, atMs: number): Totals | null {
  const all = [...reports]
  const video = (type: string) => all.find(one => one.type === type && one.kind === 'video')
  const out = video('outbound-rtp')
  if (!out) return null
  const far = video('remote-inbound-rtp')
  return {
    atMs,
    bytes: all
      .filter(one => one.type === 'outbound-rtp')
      .reduce((sum, one) => sum + (one.bytesSent ?? 0), 0),
    frames: out.framesEncoded ?? 0,
    widthPx: out.frameWidth ?? 0,
    heightPx: out.frameHeight ?? 0,
    lossPart: far?.fractionLost ?? null,
    roundTripMs: far?.roundTripTime === undefined ? null : far.roundTripTime * secMs,
    sourceFramesPerSec: video('media-source')?.framesPerSecond ?? null,
    isStarved: out.qualityLimitationReason === 'bandwidth',
    queuedBytes: 0,
  }
}

/** The parts of `RTCStats` that are read here. */
export type StatsReport = {
  readonly type: string
  readonly kind?: string
  readonly bytesSent?: number
  readonly framesEncoded?: number
  readonly frameWidth?: number
  readonly frameHeight?: number
  readonly fractionLost?: number
  readonly roundTripTime?: number
  readonly framesPerSecond?: number
  readonly qualityLimitationReason?: string
}
