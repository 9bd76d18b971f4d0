import { faultSec, faultsOf } from '@kaibo/contract/media/patrol-life'
import type { StreamHealth } from '@kaibo/contract/show/live'
import type { PlayProtocol, PublishTrouble } from '@kaibo/contract/show/live-life'

/** Samples kept for the line: two minutes at one every two seconds. */
export const samplesMax = 60

/** What people call the codecs of RFC 6381: `avc1.64001f,mp4a.40.2` → `H.264 · AAC`. */
export function codecNames(codecs: string): string {
  return codecs
    .split(',')
    .map(codec => codec.trim())
    .filter(codec => codec !== '')
    .map(codec => names[codec.slice(0, 4)] ?? codec)
    .join(' · ')
}

const names: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  av01: 'AV1',
  mp4a: 'AAC',
  opus: 'Opus',
}

/** What people call the ways to watch. */
export const protocolNames: Readonly<Record<PlayProtocol, string>> = {
  whep: 'WebRTC',
  flv: 'FLV',
  wsflv: 'WS-FLV',
  llhls: 'LL-HLS',
  hls: 'HLS',
}

/** How the stream arrives, for a glance. */
export type Signal = 'none' | 'lost' | 'weak' | 'good'

export function signalOf(health: StreamHealth | undefined): Signal {
  if (!health || health.state === 'offline') return 'none'
  if (health.state === 'away') return 'lost'
  return faultsOf(health).length > 0 ? 'weak' : 'good'
}

/** The newest samples, this one last. */
export const withSample = (samples: readonly number[], sample: number): number[] =>
  [...samples, sample].slice(-samplesMax)

/** The samples as an SVG line in a box of 100 × 100, newest at the right; none without a stream. */
export function sparkline(samples: readonly number[]): string {
  const top = Math.max(...samples, 0)
  if (top === 0) return ''
  const first = samplesMax - samples.length
  return samples
    .map((sample, place) => {
      const x = ((first + place) / (samplesMax - 1)) * 100
      const y = 100 - (sample / top) * 90
      return `${place === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}

/** Since when a stream has been bad, after this answer; null while it is well. */
export const badSince = (
  before: number | null,
  health: StreamHealth | undefined,
  nowMs: number,
): number | null => (health && faultsOf(health).length > 0 ? (before ?? nowMs) : null)

/** Whether a stream has been bad for so long that it needs somebody. */
export const isAlarm = (sinceMs: number | null, nowMs: number): boolean =>
  sinceMs !== null && nowMs - sinceMs > faultSec * 1_000

/** A second encoder that was refused while the first one sends is news for so long. */
const besideAirSec = 60

/** What kept the last encoder from the air, as long as that matters. */
export function troubleOf(health: StreamHealth | undefined): PublishTrouble | null {
  if (!health?.trouble) return null
  const { reason, agoSec } = health.trouble
  return health.state !== 'live' || agoSec < besideAirSec ? reason : null
}
