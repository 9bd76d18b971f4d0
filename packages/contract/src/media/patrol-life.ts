/** Words of the patrol 巡查, without schemas: what both pages and rules need. */

/** Why a room was warned, cut or banned; the words that viewers and hosts are told. */
export const patrolReasons = [
  'illegal',
  'vulgar',
  'false_claims',
  'counterfeit',
  'minors',
  'danger',
  'diversion',
  'empty_picture',
  'other',
] as const
export type PatrolReason = (typeof patrolReasons)[number]

/** warn = the host is told · cut = the session ends · ban = it ends, and no other one begins. */
export const verdictKinds = ['warn', 'cut', 'ban'] as const
export type VerdictKind = (typeof verdictKinds)[number]

/** Who is kept from going live: everybody of a shop, or one person in any shop. */
export const banSubjects = ['shop', 'host'] as const
export type BanSubject = (typeof banSubjects)[number]

/** Where an alert comes from: a picture, words in chat or title, or a stream that arrives badly. */
export const alertKinds = ['picture', 'chat', 'title', 'stream'] as const
export type AlertKind = (typeof alertKinds)[number]

/** How often a room is looked at. */
export const patrolPaces = ['close', 'usual', 'trusted'] as const
export type PatrolPace = (typeof patrolPaces)[number]

/** From here on a room asks for a look now, or soon. */
export const riskBands = { high: 60, raised: 25 } as const
export type RiskBand = 'high' | 'raised' | 'calm'

export const riskBandOf = (risk: number): RiskBand =>
  risk >= riskBands.high ? 'high' : risk >= riskBands.raised ? 'raised' : 'calm'

/** What is wrong with how a stream arrives, gravest first. */
export const streamFaults = [
  'picture_lost',
  'uplink_slow',
  'frames_few',
  'bitrate_low',
  'key_frames_far',
] as const
export type StreamFault = (typeof streamFaults)[number]

/** A fault is an alarm when it has lasted so long. */
export const faultSec = 10

/** Below or above these, viewers see blocks, stutter, or wait. */
const healthLimits = {
  bitrateKbpsMin: 300,
  /** A camera in low light sends 15 and is measured a little below: that is ordinary. */
  framesPerSecMin: 12,
  /** Viewers join at key frames: farther apart they wait, and HLS falls behind. */
  keyFrameGapMsMax: 4_000,
  delayMsMax: 1_500,
} as const

export type HealthFacts = {
  state: 'offline' | 'live' | 'away'
  bitrateKbps: number
  framesPerSec: number
  keyFrameGapMs: number
  delayMs: number
}

/** What is wrong with a stream; nothing while none is there. Sound alone has no pictures to count. */
export function faultsOf(health: HealthFacts): StreamFault[] {
  if (health.state === 'offline') return []
  if (health.state === 'away') return ['picture_lost']
  const isWrong: Readonly<Record<StreamFault, boolean>> = {
    picture_lost: false,
    uplink_slow: health.delayMs > healthLimits.delayMsMax,
    frames_few: health.framesPerSec > 0 && health.framesPerSec < healthLimits.framesPerSecMin,
    bitrate_low: health.bitrateKbps < healthLimits.bitrateKbpsMin,
    key_frames_far: health.keyFrameGapMs > healthLimits.keyFrameGapMsMax,
  }
  return streamFaults.filter(fault => isWrong[fault])
}
