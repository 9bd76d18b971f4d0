/** A burst at the start of a second is jitter; what counts is the best arrival of the last second. */
const WINDOW_MS = 1_000
/** The best arrival ever is forgotten this slowly, so that drifting clocks do not look like delay. */
const FORGET_MS_PER_SEC = 0.5

export type PictureHealth = {
  /** Between the last two key frames, or since the last one when that is longer; 0 while unknown. */
  readonly keyFrameGapMs: number
  /** How much later pictures arrive than they did at best; grows when the uplink is too slow. */
  readonly delayMs: number
}

/** How regularly the pictures of a publisher come in. */
export class PictureMeter {
  #keyFrameAtMs: number | undefined
  #keyFrameGapMs = 0
  /** The newest picture, on the stream's clock. */
  newestMs: number | undefined
  /** Lateness is arrival minus time stamp: only its changes mean something. */
  #bestLatenessMs = Infinity
  #bestAtMs = 0
  #window = { sinceMs: -Infinity, latenessMs: Infinity }
  #latenessMs: number | undefined

  /** The next picture is of a new publisher, or of one that set its clock anew. */
  restart(): void {
    this.#bestLatenessMs = Infinity
    this.#window = { sinceMs: -Infinity, latenessMs: Infinity }
    this.#latenessMs = undefined
  }

  /** `timestampMs` on the stream's clock, `nowMs` on the machine's. */
  add(picture: { isKeyFrame: boolean; timestampMs: number; nowMs: number }): void {
    const { isKeyFrame, timestampMs, nowMs } = picture
    if (isKeyFrame) {
      if (this.#keyFrameAtMs !== undefined) this.#keyFrameGapMs = timestampMs - this.#keyFrameAtMs
      this.#keyFrameAtMs = timestampMs
    }
    this.newestMs = timestampMs
    this.#addLateness(nowMs - timestampMs, nowMs)
  }

  read(): PictureHealth {
    const newestMs = this.newestMs ?? 0
    const sinceKeyFrameMs = newestMs - (this.#keyFrameAtMs ?? newestMs)
    const delayMs =
      this.#latenessMs === undefined ? 0 : Math.max(0, this.#latenessMs - this.#bestLatenessMs)
    return {
      keyFrameGapMs: Math.max(this.#keyFrameGapMs, sinceKeyFrameMs),
      delayMs: Math.round(delayMs),
    }
  }

  #addLateness(latenessMs: number, nowMs: number): void {
    const forgottenMs = ((nowMs - this.#bestAtMs) / 1000) * FORGET_MS_PER_SEC
    this.#bestLatenessMs = Math.min(this.#bestLatenessMs + forgottenMs, latenessMs)
    this.#bestAtMs = nowMs
    if (nowMs - this.#window.sinceMs >= WINDOW_MS) {
      if (this.#window.latenessMs !== Infinity) this.#latenessMs = this.#window.latenessMs
      this.#window = { sinceMs: nowMs, latenessMs }
    }
    this.#window.latenessMs = Math.min(this.#window.latenessMs, latenessMs)
  }
}
