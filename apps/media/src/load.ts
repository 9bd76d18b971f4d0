/** What is refused first when the machine runs short: variants, then WebRTC, then new viewers. */
export type Load = {
  /** There is time to begin making variants. */
  isCalm(): boolean
  /** Variants have to go, and no more WebRTC viewers come in. */
  isStrained(): boolean
  /** Nobody new comes in. Who publishes and who watches is never cut for load. */
  isOverloaded(): boolean
  /** The delay of the event loop that counts now, ms. */
  readonly lagMs: number
}

const TICK_MS = 100
const TICKS_PER_SEC = 10
/** One long pause is a garbage collection; load is what shows in every second of this many. */
const SECONDS = 3

/** Collects how late ticks are; the seconds with the shortest delay decide. */
export class LagMeter {
  #seconds: number[] = []
  #worstMs = 0
  #tickCount = 0

  note(lateMs: number): void {
    this.#worstMs = Math.max(this.#worstMs, lateMs)
    this.#tickCount += 1
    // A blocked loop makes few ticks: so late a one counts for all that were missed.
    if (this.#tickCount < TICKS_PER_SEC && this.#worstMs < TICK_MS * TICKS_PER_SEC) return
    this.#seconds = [...this.#seconds, this.#worstMs].slice(-SECONDS)
    this.#worstMs = 0
    this.#tickCount = 0
  }

  get lagMs(): number {
    return this.#seconds.length < SECONDS ? 0 : Math.min(...this.#seconds)
  }
}

/** Watches the event loop of this process, which is strained when it lags by `lagMaxMs`. */
export const createLoad = (lagMaxMs: number, meter = new LagMeter()): Load => {
  let expectedAtMs = performance.now() + TICK_MS
  setInterval(() => {
    const nowMs = performance.now()
    meter.note(Math.max(0, nowMs - expectedAtMs))
    expectedAtMs = nowMs + TICK_MS
  }, TICK_MS).unref()
  return {
    isCalm: () => meter.lagMs < lagMaxMs / 2,
    isStrained: () => meter.lagMs >= lagMaxMs,
    isOverloaded: () => meter.lagMs >= lagMaxMs * 2,
    get lagMs() {
      return meter.lagMs
    },
  }
}
