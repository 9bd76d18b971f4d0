import type { PublishTicket } from '@kaibo/contract/show/live'

/** How the picture travels: WebRTC (`whip`), or recorded slices over a WebSocket (`ws`). */
export type Way = PublishTicket['endpoints'][number]['protocol']

/** Where a broadcast from this device stands. */
export type Cast =
  /** The picture shows to the host alone. */
  | { at: 'setup' }
  /** `tryNumber` counts from 1; above 1 the broadcast was on air, or wanted to be, before. */
  | { at: 'connecting'; by: Way; tryNumber: number }
  | { at: 'live'; by: Way }
  /** On air with the away slate: the page is hidden, or the camera belongs to somebody else. */
  | { at: 'away'; by: Way }
  /** The connection is gone; the next try comes by itself until there were too many. */
  | { at: 'lost'; by: Way; tryNumber: number; why: LostReason }
  /** The server says no, and will say so again. */
  | { at: 'refused'; sentence: string }
  | { at: 'ended' }

/**
 * Why there is no connection: `blocked` this way does not get through, another may · `busy` the
 * stream still belongs to an older connection · `offline` nobody answers · `dropped` it was up.
 */
export type LostReason = 'blocked' | 'busy' | 'offline' | 'dropped'

export type CastEvent =
  | { t: 'start'; ways: Ways }
  | { t: 'connected'; isAway: boolean }
  | { t: 'failed'; why: LostReason; ways: Ways }
  | { t: 'retry' }
  | { t: 'away' }
  | { t: 'back' }
  | { t: 'refused'; sentence: string }
  | { t: 'ended' }

/** The ways that this browser and the server share, best first; never none. */
export type Ways = readonly [Way, ...Way[]]

/** WHIP gets so long before the host is moved to the WebSocket: about what people wait patiently. */
export const connectMsMax = 5_000

/** Seven minutes or so at the longest wait: a room ends long before. */
export const triesMax = 60
const retryMsMin = 1_000
const retryMsMax = 8_000
/** So much of a wait is random, so that many hosts do not return in one moment. */
const jitterPart = 0.3

/** What follows; an event that a state does not know changes nothing. */
export function step(cast: Cast, event: CastEvent): Cast {
  if (cast.at === 'ended') return cast
  switch (event.t) {
    case 'ended':
      return { at: 'ended' }
    case 'refused':
      return { at: 'refused', sentence: event.sentence }
    case 'start': {
      const canStart = cast.at === 'setup' || cast.at === 'refused'
      return canStart ? { at: 'connecting', by: event.ways[0], tryNumber: 1 } : cast
    }
    case 'retry':
      return cast.at === 'lost'
        ? { at: 'connecting', by: cast.by, tryNumber: cast.tryNumber + 1 }
        : cast
    case 'connected':
      return cast.at === 'connecting' ? { at: event.isAway ? 'away' : 'live', by: cast.by } : cast
    case 'failed':
      return failed(cast, event)
    case 'away':
      return cast.at === 'live' ? { at: 'away', by: cast.by } : cast
    case 'back':
      return cast.at === 'away' ? { at: 'live', by: cast.by } : cast
  }
}

function failed(cast: Cast, { why, ways }: { why: LostReason; ways: Ways }): Cast {
  if (cast.at === 'live' || cast.at === 'away') {
    return { at: 'lost', by: cast.by, tryNumber: 0, why }
  }
  if (cast.at !== 'connecting') return cast
  const { by, tryNumber } = cast
  const next = why === 'blocked' ? ways[ways.indexOf(by) + 1] : undefined
  if (next) return { at: 'connecting', by: next, tryNumber }
  return { at: 'lost', by, tryNumber, why }
}

/** How long to wait before the next try, with `roll` in [0, 1); null after too many. */
export function retryInMs(tryNumber: number, roll: number): number | null {
  if (tryNumber >= triesMax) return null
  const wholeMs = Math.min(retryMsMax, retryMsMin * 2 ** Math.max(0, tryNumber - 1))
  return Math.round(wholeMs * (1 - jitterPart * roll))
}

/** Viewers get something from this device, if only the slate. */
export const isOnAir = ({ at }: Cast): boolean => at === 'live' || at === 'away'

/** The host asked for air and has not given it up: leaving the page would cut the show. */
export const isUnderWay = ({ at }: Cast): boolean =>
  at === 'connecting' || at === 'live' || at === 'away' || at === 'lost'
