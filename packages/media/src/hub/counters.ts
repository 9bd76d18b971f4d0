/** What one process carried since it started, over all its streams. */
export type MediaCounters = {
  bytesIn: number
  bytesOut: number
  droppedTags: number
  cutViewers: number
}

export const createCounters = (): MediaCounters => ({
  bytesIn: 0,
  bytesOut: 0,
  droppedTags: 0,
  cutViewers: 0,
})
