/** What is left of a deadline, in whole units, as a clock shows it. */
export type TimeLeft = { days: number; hours: number; minutes: number; seconds: number }

const announcedSecs = [60, 10, 0]

/**
 * Whole seconds until a deadline by the server's clock; 0 when it has passed. `offsetMs` is server
 * time minus device time, because the device's clock may be wrong or set on purpose.
 */
export function secondsLeft(endsAtMs: number, nowMs: number, offsetMs = 0): number {
  return Math.max(0, Math.ceil((endsAtMs - nowMs - offsetMs) / 1000))
}

export function timeLeft(totalSec: number): TimeLeft {
  return {
    days: Math.floor(totalSec / 86_400),
    hours: Math.floor((totalSec % 86_400) / 3600),
    minutes: Math.floor((totalSec % 3600) / 60),
    seconds: totalSec % 60,
  }
}

/**
 * The second to announce to screen readers when the clock moved from one reading to the next:
 * 60, 10 or 0, also when a sleeping tab jumped over it; null for every other tick.
 */
export function announcedSecond(previousSec: number, currentSec: number): number | null {
  const crossed = announcedSecs.filter(mark => previousSec > mark && currentSec <= mark)
  return crossed.at(-1) ?? null
}

/** Milliseconds until the shown second changes, so that ticks fall on the server's seconds. */
export function nextTickMs(endsAtMs: number, nowMs: number, offsetMs = 0): number {
  const leftMs = endsAtMs - nowMs - offsetMs
  return ((leftMs % 1000) + 1000) % 1000 || 1000
}
