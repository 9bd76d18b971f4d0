import { verifyPlay } from '@kaibo/media/play-token'
import type { Exchange } from '../http-reply.ts'

export type PlayGate = {
  /** True when the request carries a token for this stream that is valid now. */
  admits(streamId: string, exchange: Exchange): boolean
  /**
   * The same for a player that polls: who was let in may go on after the token's time is over, as
   * a viewer on one long connection may. Counts as a viewer while it polls.
   */
  admitsPoll(streamId: string, exchange: Exchange): boolean
  /** Distinct players that polled this stream in the last ten seconds. */
  pollerCount(streamId: string): number
}

const POLLER_TTL_MS = 10_000
const POLLERS_MAX = 20_000
const SWEEP_EVERY_MS = 2_000

/** Checks play tokens and remembers who polls playlists. */
export const createPlayGate = (secret: string): PlayGate => {
  const pollers = new Map<string, { streamId: string; seenAtMs: number }>()

  const sweep = () => {
    const oldestMs = performance.now() - POLLER_TTL_MS
    for (const [key, poller] of pollers) if (poller.seenAtMs < oldestMs) pollers.delete(key)
  }
  setInterval(sweep, SWEEP_EVERY_MS).unref()

  const check = (streamId: string, token: string) =>
    verifyPlay(secret, { streamId, token, nowSec: Date.now() / 1000 })

  return {
    admits: (streamId, { query }) => check(streamId, query.get('t') ?? '') === 'ok',
    admitsPoll(streamId, { query, request }) {
      const token = query.get('t') ?? ''
      const verdict = check(streamId, token)
      if (verdict === 'forged') return false
      const viewer = query.get('v')?.slice(0, 64) ?? request.socket.remoteAddress ?? ''
      const key = `${streamId} ${token} ${viewer}`
      if (verdict === 'expired' && !pollers.has(key)) return false
      if (pollers.size < POLLERS_MAX || pollers.has(key)) {
        pollers.set(key, { streamId, seenAtMs: performance.now() })
      }
      return true
    },
    pollerCount(streamId) {
      sweep()
      let count = 0
      for (const poller of pollers.values()) if (poller.streamId === streamId) count += 1
      return count
    },
  }
}
