/** No bytes for this long: the host or the network was away, and what was learned is of no use. */
const pauseMsMin = 3_000

type Face = Pick<HTMLVideoElement, 'currentTime'> & {
  buffered: Pick<TimeRanges, 'length' | 'end'>
}

/**
 * How far a picture is behind the newest that its server has, for streams that carry no wall clock.
 * The end of the buffer is never nearer to the server than when the line was at its quickest: what
 * it has fallen back since then lies in queues on the way, and the rest in the player's buffer.
 */
export function createLag(video: Face) {
  let leastMs = Infinity
  let arrivedAtMs = 0
  return {
    /** Bytes arrived. */
    arrived(nowMs: number): void {
      const last = video.buffered.length - 1
      if (last < 0) return
      if (nowMs - arrivedAtMs > pauseMsMin) leastMs = Infinity
      arrivedAtMs = nowMs
      leastMs = Math.min(leastMs, nowMs - video.buffered.end(last) * 1_000)
    },
    /** Null before the first bytes. */
    behindMs(nowMs: number): number | null {
      const behindMs = nowMs - video.currentTime * 1_000 - leastMs
      return Number.isFinite(behindMs) ? Math.max(0, behindMs) : null
    },
  }
}
