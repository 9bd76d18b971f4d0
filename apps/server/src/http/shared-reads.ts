/** Runs `read` for `key`, or takes part in a run that starts after now. */
export type ShareRead = (key: string, read: () => Promise<unknown>) => Promise<unknown>

type Lane = { running: Promise<unknown>; next: Promise<unknown> | undefined }

/**
 * A room that opens is asked for by everybody at once, and the answer is the same. While one read of
 * a key runs, those who ask wait for the next one together. They never share the one that runs: it
 * may have looked before something that they know of already.
 */
export function createSharedReads(): ShareRead {
  const lanes = new Map<string, Lane>()

  const start = (key: string, read: () => Promise<unknown>): Promise<unknown> => {
    const lane: Lane = { running: read(), next: undefined }
    lanes.set(key, lane)
    const leave = () => {
      if (!lane.next) lanes.delete(key)
    }
    lane.running.then(leave, leave)
    return lane.running
  }

  return (key, read) => {
    const lane = lanes.get(key)
    if (!lane) return start(key, read)
    const again = () => start(key, read)
    lane.next ??= lane.running.then(again, again)
    return lane.next
  }
}
