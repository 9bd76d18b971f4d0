import type { RealtimeLimits } from '../limits.ts'
import type { Item } from './frame.ts'

type Kept = Item & { readonly atMs: number }

/** The newest ordered items of one topic: what a returning client can catch up on. */
export type Ring = {
  /** Number of the newest item, kept or not; 0 before the first. */
  readonly oseq: number
  /** Appends the item numbered `oseq + 1`. */
  push(item: Kept): void
  /** The items after `oseq`, oldest first; undefined when some of them are gone or none can be. */
  after(oseq: number): readonly Item[] | undefined
  /** Forgets items older than the limit, so that a silent topic does not hold memory. */
  expire(nowMs: number): void
  /** Starts over behind the item `oseq`. */
  reset(oseq: number): void
}

type RingLimits = Pick<RealtimeLimits, 'ringItemsMax' | 'ringBytesMax' | 'ringAgeMsMax'>

export function createRing(limits: RingLimits, startOseq: number): Ring {
  let kept: Kept[] = []
  /** Dropped items at the front of `kept`: cut off in bulk, for shifting an array is linear. */
  let dropped = 0
  let oseq = startOseq
  let bytes = 0

  const drop = () => {
    bytes -= kept[dropped]?.bytes ?? 0
    dropped++
    if (dropped > 256 && dropped * 2 > kept.length) {
      kept = kept.slice(dropped)
      dropped = 0
    }
  }
  const size = () => kept.length - dropped
  const expire = (nowMs: number) => {
    while (size() > 0 && nowMs - (kept[dropped]?.atMs ?? 0) > limits.ringAgeMsMax) drop()
  }
  return {
    get oseq() {
      return oseq
    },
    push(item) {
      kept.push(item)
      oseq++
      bytes += item.bytes
      while (size() > limits.ringItemsMax || (size() > 1 && bytes > limits.ringBytesMax)) drop()
      expire(item.atMs)
    },
    after(from) {
      const missing = oseq - from
      return missing >= 0 && missing <= size() ? kept.slice(kept.length - missing) : undefined
    },
    expire,
    reset(to) {
      kept = []
      dropped = 0
      bytes = 0
      oseq = to
    },
  }
}
