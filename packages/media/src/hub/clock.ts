type Track = 'audio' | 'video'

/** A step back on a track is sloppiness up to this much, beyond it the publisher set its clock. */
const STEP_BACK_MAX_MS = 100
/** A step forward beyond this is not a pause but a clock that was set. */
const STEP_FORWARD_MAX_MS = 5_000
/**
 * How much later than the other the first packet of a track may come and still be of the same clock:
 * the encoder of a browser's sound starts slowly on a busy machine.
 */
const LATE_START_MAX_MS = 5_000
/** The step across such a jump, and across a reconnect: about one frame. */
const SEAM_MS = 40

/** The newest packet of a track: when its publisher dated it, and where it was put. */
type Mark = { readonly inMs: number; readonly outMs: number }

/**
 * Maps a publisher's timestamps to one line that never runs backwards per track and goes on
 * across reconnects, so that a viewer's buffer sees neither a gap nor an overlap. Each track goes
 * on from its own last packet; where that makes no sense (its clock was set, it was silent for
 * long, it begins) it follows the other track, so that sound and picture stay together.
 */
export class StreamClock {
  #marks: { audio: Mark | undefined; video: Mark | undefined } = {
    audio: undefined,
    video: undefined,
  }
  #newestOutMs = -SEAM_MS
  #trackMs = { audio: 0, video: 0 }
  #seamCount = 0

  /** How often the line of the publisher's timestamps broke. */
  get seamCount(): number {
    return this.#seamCount
  }

  /** The newest stream time given out. */
  get nowMs(): number {
    return Math.max(0, this.#newestOutMs)
  }

  /** The next timestamp comes from a new publisher. */
  restart(): void {
    this.#marks = { audio: undefined, video: undefined }
  }

  /** The stream time of a packet, ms from the stream's first packet. */
  next(track: Track, timestampMs: number): number {
    const markedMs = this.#follow(track, timestampMs) ?? this.#beginAnew()
    this.#marks[track] = { inMs: timestampMs, outMs: markedMs }
    const outMs = Math.max(markedMs, this.#trackMs[track])
    this.#trackMs[track] = outMs
    this.#newestOutMs = Math.max(this.#newestOutMs, outMs)
    return outMs
  }

  #follow(track: Track, timestampMs: number): number | undefined {
    const own = this.#marks[track]
    const leastMs = own ? own.outMs - STEP_BACK_MAX_MS : this.#newestOutMs - LATE_START_MAX_MS
    const isPlausible = (mark: Mark, outMs: number) =>
      outMs >= leastMs && outMs - mark.outMs <= STEP_FORWARD_MAX_MS
    for (const mark of [own, this.#marks[track === 'audio' ? 'video' : 'audio']]) {
      if (mark === undefined) continue
      // The difference in 32-bit arithmetic survives the wrap after 49 days.
      const outMs = mark.outMs + ((timestampMs - mark.inMs) | 0)
      if (isPlausible(mark, outMs)) return outMs
    }
    return undefined
  }

  #beginAnew(): number {
    this.#seamCount += 1
    return this.#newestOutMs + SEAM_MS
  }
}
