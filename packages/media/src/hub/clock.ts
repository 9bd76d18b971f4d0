/** Steps beyond these are not pauses or interleaving but a publisher that set its clock anew. */
const STEP_BACK_MAX_MS = 1_000
const STEP_FORWARD_MAX_MS = 5_000
/** The step across such a jump, and across a reconnect: about one frame. */
const SEAM_MS = 40

/**
 * Maps a publisher's timestamps to one line that never runs backwards per track and goes on
 * across reconnects, so that a viewer's buffer sees neither a gap nor an overlap.
 */
export class StreamClock {
  #lastInMs: number | undefined
  #lastOutMs = 0
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
    this.#lastInMs = undefined
  }

  /** The stream time of a packet, ms from the stream's first packet. */
  next(track: 'audio' | 'video', timestampMs: number): number {
    // The difference in 32-bit arithmetic survives the wrap after 49 days.
    const stepMs = this.#lastInMs === undefined ? Infinity : (timestampMs - this.#lastInMs) | 0
    this.#lastInMs = timestampMs
    const isSeam = stepMs < -STEP_BACK_MAX_MS || stepMs > STEP_FORWARD_MAX_MS
    if (isSeam) this.#seamCount += 1
    this.#lastOutMs = isSeam ? this.#newestOutMs + SEAM_MS : this.#lastOutMs + stepMs
    const outMs = Math.max(this.#lastOutMs, this.#trackMs[track])
    this.#trackMs[track] = outMs
    this.#newestOutMs = Math.max(this.#newestOutMs, outMs)
    return outMs
  }
}
