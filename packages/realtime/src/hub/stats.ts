/** Counters since start, for /metrics. */
export type Stats = {
  framesWrittenCount: number
  bytesWrittenCount: number
  /** Social events that fell to a cap: nobody but their author saw them. */
  socialDroppedCount: number
  /** Frames without social events, or not written at all, because a socket was slow. */
  socialSkippedCount: number
  /** Sockets closed with 4408 because an ordered item did not fit into their queue. */
  slowClosedCount: number
  resyncCount: number
  resumedCount: number
  publishFailedCount: number
  /** The longest that one slice of a sweep kept everything else waiting. */
  sliceMsMax: number
}

export const createStats = (): Stats => ({
  framesWrittenCount: 0,
  bytesWrittenCount: 0,
  socialDroppedCount: 0,
  socialSkippedCount: 0,
  slowClosedCount: 0,
  resyncCount: 0,
  resumedCount: 0,
  publishFailedCount: 0,
  sliceMsMax: 0,
})
