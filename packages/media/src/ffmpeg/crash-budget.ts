const CRASHES_MAX = 3
const WINDOW_MS = 60_000
const PAUSE_MS = 300

/** Whether a child that keeps dying is started once more: three times a minute, a moment apart. */
export const createCrashBudget = () => {
  let crashes: number[] = []
  return {
    note(nowMs: number): void {
      crashes = [...crashes.filter(at => nowMs - at < WINDOW_MS), nowMs]
    },
    mayStart(nowMs: number): boolean {
      return crashes.length < CRASHES_MAX && nowMs - (crashes.at(-1) ?? -PAUSE_MS) >= PAUSE_MS
    },
    /** Nothing will be started any more. */
    get isSpent(): boolean {
      return crashes.length >= CRASHES_MAX
    },
  }
}
