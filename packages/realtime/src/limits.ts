import { minuteMs } from '@kaibo/kernel/clock'

const kB = 1024

/** Every bound of the hub; docs and reasons are in the package's README. */
export const defaultLimits: RealtimeLimits = {
  itemBytesMax: 16 * kB,
  frameBytesMax: 32 * kB,
  ringItemsMax: 1_000,
  ringBytesMax: 1_024 * kB,
  ringAgeMsMax: 10 * minuteMs,
  topicsMax: 50_000,
  topicsPerConnectionMax: 16,
  leanQueueBytes: 64 * kB,
  queueBytesMax: 256 * kB,
  rssBytesMax: 2_048 * 1_024 * kB,
  stallMsMax: 10_000,
  sliceSocketsMax: 2_000,
  tickMsMin: 50,
  roomWritesPerSecMax: 13_000,
  roomTickMsMax: 250,
  tickMsMax: 2_000,
  sweepShareMax: 0.4,
  socialPerSecMax: 30,
  socialBurstMax: 30,
  echoesPerTickMax: 500,
  latestKeysMax: 32,
  presenceBeatMs: 1_000,
  presenceMs: 2_000,
  presenceSmallRoomMax: 100,
  presenceChangeRatio: 0.01,
  presenceTtlMs: 3_000,
  countPerSecMax: 20,
  countFlushMs: 500,
  countersMax: 20_000,
}

export type RealtimeLimits = {
  /** Largest serialised item that may be published. */
  readonly itemBytesMax: number
  /** A tick larger than this leaves as several messages. */
  readonly frameBytesMax: number
  /** Ordered items of one topic kept for resume: by count, by bytes and by age. */
  readonly ringItemsMax: number
  readonly ringBytesMax: number
  readonly ringAgeMsMax: number
  /** Topics that one process follows at once, and one socket. */
  readonly topicsMax: number
  readonly topicsPerConnectionMax: number
  /** Above this many queued bytes a socket gets no social events, only ordered and latest items. */
  readonly leanQueueBytes: number
  /** Above this, or after a stall, an ordered item closes the socket: it resumes by oseq. */
  readonly queueBytesMax: number
  /** Memory of the process above which every socket with a queue is treated as slow. */
  readonly rssBytesMax: number
  readonly stallMsMax: number
  /** Sockets written to before other work gets its turn. */
  readonly sliceSocketsMax: number
  /** The social tick of a small room; all ticks fall on a grid of this step. */
  readonly tickMsMin: number
  /** A larger room ticks more slowly, so that its social lane writes no more than this, until … */
  readonly roomWritesPerSecMax: number
  /** … its tick is so long that people would notice. */
  readonly roomTickMsMax: number
  /** The tick stretches so that a sweep takes at most this share of it, up to `tickMsMax`. */
  readonly tickMsMax: number
  readonly sweepShareMax: number
  /** Social events per topic that people can still read. */
  readonly socialPerSecMax: number
  readonly socialBurstMax: number
  readonly echoesPerTickMax: number
  readonly latestKeysMax: number
  /** Each process gives a sign of life this often. */
  readonly presenceBeatMs: number
  /** Presence is reported at most this often, and only when it changed enough. */
  readonly presenceMs: number
  readonly presenceSmallRoomMax: number
  readonly presenceChangeRatio: number
  /** A process that has not reported for so long is taken for dead. */
  readonly presenceTtlMs: number
  /** Taps of one person that count per second, and how often their sum is reported. */
  readonly countPerSecMax: number
  readonly countFlushMs: number
  readonly countersMax: number
}
