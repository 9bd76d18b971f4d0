const WINDOW_SEC = 5

type Second = { sec: number; bytes: number; frames: number }

/** Bit rate and frame rate over the last few whole seconds. */
export class RateMeter {
  #seconds: Second[] = []

  add(bytes: number, count: { frames: number; nowMs: number }): void {
    const sec = Math.floor(count.nowMs / 1000)
    let current = this.#seconds.at(-1)
    if (current?.sec !== sec) {
      current = { sec, bytes: 0, frames: 0 }
      this.#seconds.push(current)
      if (this.#seconds.length > WINDOW_SEC + 1) this.#seconds.shift()
    }
    current.bytes += bytes
    current.frames += count.frames
  }

  /** Bytes of the window and the second that is running. */
  recentBytes(): number {
    return this.#seconds.reduce((total, { bytes }) => total + bytes, 0)
  }

  read(nowMs: number): { bitrateBps: number; fps: number } {
    const sec = Math.floor(nowMs / 1000)
    const whole = this.#seconds.filter(({ sec: at }) => at < sec && at >= sec - WINDOW_SEC)
    const sum = (of: (second: Second) => number) => whole.reduce((total, at) => total + of(at), 0)
    const count = Math.max(1, whole.length)
    return {
      bitrateBps: Math.round((sum(at => at.bytes) * 8) / count),
      fps: Math.round((sum(at => at.frames) / count) * 10) / 10,
    }
  }
}
