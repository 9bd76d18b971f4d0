/** No bytes for this long: the host or the network was away, and what was learned is of no use. */
const pauseMsMin = 3_000

/** Bytes that come this late, and in a look this long later by so much more: a line too narrow. */
const lateMsMax = 1_500
const lookMs = 1_500
const growthMsMin = 300

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
  let late: { atMs: number; ms: number } | undefined
  return {
    /**
     * Bytes arrived. True when the line does not carry the stream: they come later and later. What
     * comes late once and no later after that is a host whose clock stood.
     */
    arrived(nowMs: number): boolean {
      const last = video.buffered.length - 1
      if (last < 0) return false
      if (nowMs - arrivedAtMs > pauseMsMin) leastMs = Infinity
      arrivedAtMs = nowMs
      const endMs = nowMs - video.buffered.end(last) * 1_000
      leastMs = Math.min(leastMs, endMs)
      const ms = endMs - leastMs
      if (ms < lateMsMax) late = undefined
      else late ??= { atMs: nowMs, ms }
      if (!late || nowMs - late.atMs < lookMs) return false
      const growthMs = ms - late.ms
      late = { atMs: nowMs, ms }
      return growthMs >= growthMsMin
    },
    /** Null before the first bytes. */
    behindMs(nowMs: number): number | null {
      const behindMs = nowMs - video.currentTime * 1_000 - leastMs
      return Number.isFinite(behindMs) ? Math.max(0, behindMs) : null
    },
  }
}
