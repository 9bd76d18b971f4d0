const WINDOW_MS = 10_000
/** Slower than this over the whole window, an encoder falls behind for good. */
const SPEED_MIN = 0.98

type Sample = { nowMs: number; inMs: number; outMs: number }

/** Tells whether an encoder keeps pace with its stream. */
export class Pace {
  #samples: Sample[] = []

  /** The newest stream time that went in and came out; call about once a second. */
  note(sample: Sample): void {
    this.#samples.push(sample)
    const [, second] = this.#samples
    if (second && sample.nowMs - second.nowMs >= WINDOW_MS) this.#samples.shift()
  }

  get isTooSlow(): boolean {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.nowMs - first.nowMs < WINDOW_MS) return false
    const takenInMs = last.inMs - first.inMs
    return takenInMs > 0 && (last.outMs - first.outMs) / takenInMs < SPEED_MIN
  }
}
