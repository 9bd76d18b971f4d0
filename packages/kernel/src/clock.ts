/** The only source of time for rules. Deadlines that matter are judged by the database's `now()`. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that tests move by hand. */
export function manualClock(start: Date): Clock & { advanceMs(ms: number): void } {
  let atMs = start.getTime()
  return {
    now: () => new Date(atMs),
    advanceMs: ms => {
      atMs += ms
    },
  }
}

export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
