import type { Clock } from '@kaibo/kernel/clock'
import type { Identity } from '../identity.ts'
import { subprotocol, ticketPrefix } from '../protocol.ts'
import type { Tickets } from '../ticket.ts'
import { createRateLimiter } from '../token-bucket.ts'
import type { GatewayLimits } from './limits.ts'

export type Handshake = {
  /** Network address of the client, as the trusted proxy chain gives it. */
  readonly address: string
  readonly origin: string | undefined
  /** The offered subprotocols, in order. */
  readonly protocols: readonly string[]
}

export type Admission =
  | {
      readonly admitted: true
      readonly identity: Identity
      readonly protocol: string
      /** What makes the ticket good once. */
      readonly nonce: string
    }
  | {
      readonly admitted: false
      readonly status: 401 | 403 | 429 | 503
      readonly retryAfterSec?: number
    }

/** Too much going on: come back in a moment. */
export const busy: Admission = { admitted: false, status: 503, retryAfterSec: 5 }

type AdmissionNeeds = {
  clock: Clock
  limits: GatewayLimits
  tickets: Pick<Tickets, 'redeemTicket'>
  allowOrigin(origin: string | undefined): boolean
}

/** Judges handshakes: rates first, because they are the cheapest to look at. */
export function createAdmission({ clock, tickets, allowOrigin, limits }: AdmissionNeeds) {
  const everybody = createRateLimiter({
    ratePerSec: limits.handshakesPerSecMax,
    burst: limits.handshakesPerSecMax,
    keysMax: 1,
    clock,
  })
  const perAddress = createRateLimiter({
    ratePerSec: limits.addressHandshakesPerSec,
    burst: limits.addressHandshakesBurst,
    keysMax: limits.addressesMax,
    clock,
  })
  return ({ address, origin, protocols }: Handshake): Admission => {
    if (everybody.take('') === 0) return busy
    if (perAddress.take(address) === 0) {
      const retryAfterSec = Math.ceil(perAddress.waitMs(address) / 1_000)
      return { admitted: false, status: 429, retryAfterSec }
    }
    if (!allowOrigin(origin)) return { admitted: false, status: 403 }
    const offered = protocols.find(protocol => protocol.startsWith(ticketPrefix))
    if (!offered || !protocols.includes(subprotocol)) return { admitted: false, status: 401 }
    const redeemed = tickets.redeemTicket(offered.slice(ticketPrefix.length))
    if (!redeemed.ok) {
      return redeemed.reason === 'overloaded' ? busy : { admitted: false, status: 401 }
    }
    const { identity, nonce } = redeemed
    return { admitted: true, identity, nonce, protocol: subprotocol }
  }
}
