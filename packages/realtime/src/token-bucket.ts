/** The state of one bucket: two numbers, so that every socket can carry one. */
export type TokenBucket = { tokens: number; atMs: number }

export type BucketRate = { readonly ratePerSec: number; readonly burst: number }

/** Adds what has dripped in since the last look. */
export function refillBucket(bucket: TokenBucket, rate: BucketRate & { nowMs: number }): void {
  const elapsedMs = Math.max(0, rate.nowMs - bucket.atMs)
  bucket.tokens = Math.min(rate.burst, bucket.tokens + (elapsedMs * rate.ratePerSec) / 1_000)
  bucket.atMs = rate.nowMs
}

/** Takes up to `count` whole tokens and says how many there were. */
export function takeTokens(
  bucket: TokenBucket,
  count: number,
  rate: BucketRate & { nowMs: number },
): number {
  refillBucket(bucket, rate)
  const taken = Math.min(count, Math.floor(bucket.tokens))
  bucket.tokens -= taken
  return taken
}

export type RateLimiter = {
  /** Takes up to `count` tokens (1) of `key` and says how many it got. */
  take(key: string, count?: number): number
  /** Milliseconds until `key` has a whole token again; 0 when it has one. */
  waitMs(key: string): number
  readonly size: number
}

type LimiterNeeds = BucketRate & {
  readonly keysMax: number
  readonly clock: { now(): Date }
}

/**
 * A limiter per key. The map is bounded: the key that was used longest ago is forgotten, which
 * hands it a full bucket, so `keysMax` must be larger than what one attacker can vary in a burst.
 */
export function createRateLimiter({
  ratePerSec,
  burst,
  keysMax,
  clock,
}: LimiterNeeds): RateLimiter {
  const buckets = new Map<string, TokenBucket>()
  const use = (key: string) => {
    const nowMs = clock.now().getTime()
    const bucket = buckets.get(key) ?? { tokens: burst, atMs: nowMs }
    // A Map iterates in order of insertion: inserting again makes the key the youngest.
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > keysMax) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest)
        break
      }
    }
    return { bucket, rate: { ratePerSec, burst, nowMs } }
  }
  return {
    take(key, count = 1) {
      const { bucket, rate } = use(key)
      return takeTokens(bucket, count, rate)
    },
    waitMs(key) {
      const { bucket, rate } = use(key)
      refillBucket(bucket, rate)
      return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) * 1_000) / ratePerSec)
    },
    get size() {
      return buckets.size
    },
  }
}
