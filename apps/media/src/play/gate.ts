import { verifyPlay } from '@kaibo/media/play-token'
import { type Exchange, reply } from '../http-reply.ts'

/** `full`: the token is good, but there is no room for one more viewer now. */
export type Admission = 'ok' | 'forbidden' | 'full'

type PlayRequest = Pick<Exchange, 'request' | 'query'>

export type PlayGate = {
  /** Whether the request carries a token for this stream that is valid now, and there is room. */
  admits(streamId: string, request: PlayRequest): Admission
  /**
   * The same for a player that polls: who was let in may go on after the token's time is over and
   * when the house is full, as a viewer on one long connection may. Counts as a viewer while it
   * polls.
   */
  admitsPoll(streamId: string, request: PlayRequest): Admission
  /** Distinct players that polled this stream in the last ten seconds. */
  pollerCount(streamId: string): number
}

const POLLER_TTL_MS = 10_000
const POLLERS_MAX = 20_000
const SWEEP_EVERY_MS = 2_000

/** Checks play tokens and remembers who polls playlists. */
export const createPlayGate = (secret: string, hasRoom: () => boolean): PlayGate => {
  const pollers = new Map<string, Map<string, number>>()
  let pollerTotal = 0

  const sweep = () => {
    const oldestMs = performance.now() - POLLER_TTL_MS
    pollerTotal = 0
    for (const [streamId, seen] of pollers) {
      for (const [key, seenAtMs] of seen) if (seenAtMs < oldestMs) seen.delete(key)
      if (seen.size === 0) pollers.delete(streamId)
      pollerTotal += seen.size
    }
  }
  setInterval(sweep, SWEEP_EVERY_MS).unref()

  const note = (streamId: string, key: string) => {
    const seen = pollers.get(streamId) ?? new Map<string, number>()
    if (!seen.has(key)) pollerTotal += 1
    pollers.set(streamId, seen.set(key, performance.now()))
  }
  const check = (streamId: string, token: string) =>
    verifyPlay(secret, { streamId, token, nowSec: Date.now() / 1000 })

  return {
    admits(streamId, { query }) {
      if (check(streamId, query.get('t') ?? '') !== 'ok') return 'forbidden'
      return hasRoom() ? 'ok' : 'full'
    },
    admitsPoll(streamId, { query, request }) {
      const token = query.get('t') ?? ''
      const verdict = check(streamId, token)
      if (verdict === 'forged') return 'forbidden'
      const viewer = query.get('v')?.slice(0, 64) ?? request.socket.remoteAddress ?? ''
      const key = `${token} ${viewer}`
      if (!pollers.get(streamId)?.has(key)) {
        if (verdict === 'expired') return 'forbidden'
        if (pollerTotal >= POLLERS_MAX || !hasRoom()) return 'full'
      }
      note(streamId, key)
      return 'ok'
    },
    pollerCount: streamId => pollers.get(streamId)?.size ?? 0,
  }
}

/** Spread, so that a crowd that was turned away does not come back as one. */
export const retryAfterSec = (): number => 3 + Math.floor(Math.random() * 5)

/** Answers a viewer who was not let in. */
export const refuseViewer = (
  response: Exchange['response'],
  admission: Exclude<Admission, 'ok'>,
): void =>
  admission === 'forbidden'
    ? reply(response, { status: 403 })
    : reply(response, { status: 503, headers: { 'retry-after': String(retryAfterSec()) } })
