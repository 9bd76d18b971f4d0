/**
 * How mpegts.js keeps at the live edge, in seconds of what is buffered: it plays faster when it is
 * further behind than the most, down to the target, and jumps when it is very late. A viewer begins at
 * the newest key frame, which may be a second old.
 */
export const flvPace = {
  enableStashBuffer: false,
  lazyLoad: false,
  liveSync: true,
  liveSyncTargetLatency: 0.5,
  liveSyncMaxLatency: 0.8,
  liveSyncPlaybackRate: 1.2,
  liveBufferLatencyChasing: true,
  liveBufferLatencyMaxLatency: 4,
  liveBufferLatencyMinRemain: 0.5,
  autoCleanupSourceBuffer: true,
  autoCleanupMaxBackwardDuration: 30,
  autoCleanupMinBackwardDuration: 10,
}
