import { isIPv6 } from 'node:net'
import type { RateClass } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import { type Clock, secondMs } from '@kaibo/kernel/clock'
import { createRateLimiter } from '@kaibo/realtime/token-bucket'

/** Calls per second and burst of each rate class, per signed-in person or else per address. */
export const rates: Readonly<Record<RateClass, { ratePerSec: number; burst: number }>> = {
  read: { ratePerSec: 40, burst: 200 },
  write: { ratePerSec: 5, burst: 30 },
  login: { ratePerSec: 0.5, burst: 20 },
  upload: { ratePerSec: 1, burst: 20 },
  money: { ratePerSec: 2, burst: 20 },
}

/** Largest JSON body, in bytes. */
export const jsonBytesMax = 256 * 1024

/** Callers remembered per class; the one unused longest is forgotten first. */
const callersMax = 50_000

/** Takes a token of the caller's bucket. Throws `request.too_many` when it is empty. */
export type LimitCall = (rate: RateClass, caller: string) => void

export function createCallLimits(clock: Clock): LimitCall {
  const of = (rate: RateClass) => createRateLimiter({ ...rates[rate], keysMax: callersMax, clock })
  const limiters: Readonly<Record<RateClass, ReturnType<typeof of>>> = {
    read: of('read'),
    write: of('write'),
    login: of('login'),
    upload: of('upload'),
    money: of('money'),
  }
  return (rate, caller) => {
    const limiter = limiters[rate]
    if (limiter.take(caller) > 0) return
    throw fail('request.too_many', { retryAfterSec: Math.ceil(limiter.waitMs(caller) / secondMs) })
  }
}

/** Who a visitor is to the limits. A home has a whole /64 of IPv6, so its halves count as one. */
export const addressKey = (address: string): string =>
  isIPv6(address) ? address.split(':').slice(0, 4).join(':') : address
