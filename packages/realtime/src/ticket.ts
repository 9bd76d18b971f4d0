import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Clock, secondMs } from '@kaibo/kernel/clock'
import { invariant } from '@kaibo/kernel/invariant'
import type { Identity } from './identity.ts'

export type TicketRefusal = 'malformed' | 'forged' | 'expired' | 'replayed' | 'overloaded'

export type Redeemed =
  | { readonly ok: true; readonly identity: Identity; readonly nonce: string }
  | { readonly ok: false; readonly reason: TicketRefusal }

export type Tickets = {
  /** A short text for the subprotocol list of the WebSocket handshake. Never put it into a URL. */
  issueTicket(identity: Identity): string
  /** Spends a ticket: the second try is refused. */
  redeemTicket(ticket: string): Redeemed
  /** Another process has redeemed these. */
  noteSpent(nonces: readonly string[]): void
}

type TicketsNeeds = {
  readonly secret: Buffer
  readonly clock: Clock
  /** How long a ticket is good for. */
  readonly ttlSec?: number
  /** Spent tickets remembered until they expire; beyond it nobody is let in (fail closed). */
  readonly spentMax?: number
}

/** Node takes 16 kB of headers in all; a hundred roles fit. */
const ticketCharsMax = 8_000

/**
 * Tickets carry identity and roles across to the socket without a session cookie in the handshake:
 * `payload.mac`, both base64url. Spent tickets are remembered in the process and told to the others:
 * only who shows one ticket to two of them within the same tenth of a second gets in twice.
 */
export function createTickets(needs: TicketsNeeds): Tickets {
  const { clock, ttlSec = 30, spentMax = 200_000 } = needs
  // Made once: a key made for every ticket would cost seven times the signature.
  const secret = createSecretKey(needs.secret)
  const spent = new Map<string, number>()
  const sign = (payload: string) => createHmac('sha256', secret).update(payload).digest()

  const forgetExpired = (nowMs: number) => {
    // Lives are equal, so the map is in order of expiry, give or take one life.
    for (const [nonce, expiresAtMs] of spent) {
      if (expiresAtMs > nowMs) break
      spent.delete(nonce)
    }
  }
  return {
    issueTicket(identity) {
      const expiresAtMs = clock.now().getTime() + ttlSec * secondMs
      const nonce = randomBytes(12).toString('base64url')
      const payload = Buffer.from(JSON.stringify({ identity, expiresAtMs, nonce }))
      const text = payload.toString('base64url')
      const ticket = `${text}.${sign(text).toString('base64url')}`
      invariant(ticket.length <= ticketCharsMax, 'an identity has too many roles for a ticket')
      return ticket
    },
    redeemTicket(ticket) {
      const [payload, mac, ...rest] = ticket.length > ticketCharsMax ? [] : ticket.split('.')
      if (!payload || !mac || rest.length > 0) return { ok: false, reason: 'malformed' }
      const given = Buffer.from(mac, 'base64url')
      const right = sign(payload)
      if (given.length !== right.length || !timingSafeEqual(given, right)) {
        return { ok: false, reason: 'forged' }
      }
      const claims = parseClaims(payload)
      if (!claims) return { ok: false, reason: 'malformed' }
      const nowMs = clock.now().getTime()
      if (claims.expiresAtMs <= nowMs) return { ok: false, reason: 'expired' }
      forgetExpired(nowMs)
      if (spent.has(claims.nonce)) return { ok: false, reason: 'replayed' }
      if (spent.size >= spentMax) return { ok: false, reason: 'overloaded' }
      spent.set(claims.nonce, claims.expiresAtMs)
      return { ok: true, identity: claims.identity, nonce: claims.nonce }
    },
    noteSpent(nonces) {
      const expiresAtMs = clock.now().getTime() + ttlSec * secondMs
      for (const nonce of nonces) {
        // Half the room stays for our own: others must not be able to lock the door.
        if (spent.size < spentMax / 2) spent.set(nonce, expiresAtMs)
      }
    },
  }
}

type Claims = { identity: Identity; expiresAtMs: number; nonce: string }

/** Reads what we signed ourselves; a payload of another release may still have another shape. */
function parseClaims(payload: string): Claims | undefined {
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (typeof claims !== 'object' || claims === null) return undefined
  if (!('identity' in claims) || !('expiresAtMs' in claims) || !('nonce' in claims))
    return undefined
  const { identity, expiresAtMs, nonce } = claims
  if (!isIdentity(identity) || typeof expiresAtMs !== 'number' || typeof nonce !== 'string') {
    return undefined
  }
  return { identity, expiresAtMs, nonce }
}

function isIdentity(value: unknown): value is Identity {
  if (typeof value !== 'object' || value === null) return false
  if (!('id' in value) || typeof value.id !== 'string') return false
  if (!('kind' in value) || (value.kind !== 'user' && value.kind !== 'device')) return false
  return 'roles' in value && Array.isArray(value.roles)
}
