import type { Clock } from '@kaibo/kernel/clock'
import { closeCodes, type Socket } from './connection.ts'
import { type Admission, busy, createAdmission, type Handshake } from './gateway/admission.ts'
import { createHeartbeat } from './gateway/heartbeat.ts'
import {
  createGatewayStats,
  defaultGatewayLimits,
  type GatewayLimits,
  type GatewayStats,
} from './gateway/limits.ts'
import { Session, type SessionNeeds } from './gateway/session.ts'
import { createSpentSharing } from './gateway/spent.ts'
import { type Log, silentLog } from './hub/log.ts'
import type { Hub } from './hub.ts'
import type { Hearing, Identity } from './identity.ts'
import type { Tickets } from './ticket.ts'

export type { Admission, GatewayLimits, GatewayStats, Handshake, Session }

/** Who was let in, and from where. */
export type Guest = { readonly identity: Identity; readonly address: string }

export type Gateway = {
  /** Judges a handshake before the answer: room, rate, origin and ticket, cheapest first. */
  admit(handshake: Handshake): Admission
  /** Takes over a socket. The adapter forwards its messages, pongs, drains and its end. */
  handleOpened(socket: Socket, guest: Guest): Session
  /** Refuses newcomers and asks everybody to come back elsewhere within `spreadMs`. */
  drain(options: { spreadMs: number }): void
  stats(): Readonly<GatewayStats>
  /** Closes every socket with 1001. */
  close(): void
}

export type GatewayNeeds = {
  hub: Hub
  clock: Clock
  tickets: Pick<Tickets, 'redeemTicket' | 'noteSpent'>
  allowOrigin(origin: string | undefined): boolean
  /** Whether the identity may hear the topic; rejecting counts as no. */
  authorizeTopic(identity: Identity, topic: string): Hearing | Promise<Hearing>
  /** Whether the identity may count under this key; taps of others are dropped. */
  mayCount(identity: Identity, topic: string, key: string): boolean
  limits?: Partial<GatewayLimits>
  log?: Log
}

/** Everything between an open socket and the hub; knows neither `ws` nor HTTP. */
export function createGateway(needs: GatewayNeeds): Gateway {
  const { hub, clock, tickets, log = silentLog } = needs
  const limits: GatewayLimits = { ...defaultGatewayLimits, ...needs.limits }
  const stats = createGatewayStats()
  const heartbeat = createHeartbeat({ limits, stats })
  const addresses = createTally()
  const spent = createSpentSharing(hub.nodes, tickets.noteSpent)
  const sessionNeeds: SessionNeeds = { ...needs, limits, stats, log }
  const judge = createAdmission({ ...needs, limits })
  let isDraining = false
  const admit = (handshake: Handshake): Admission => {
    if (isDraining || heartbeat.size >= limits.connectionsMax) return busy
    if (addresses.count(handshake.address) >= limits.addressConnectionsMax) return busy
    return judge(handshake)
  }
  return {
    admit(handshake) {
      const admission = admit(handshake)
      if (admission.admitted) spent.share(admission.nonce)
      stats[admission.admitted ? 'admittedCount' : 'refusedCount']++
      return admission
    },
    handleOpened(socket, { identity, address }) {
      const connection = hub.attach(socket, { identity })
      const session = new Session(connection, sessionNeeds, () => {
        if (heartbeat.remove(session)) addresses.take(address)
      })
      heartbeat.add(session)
      addresses.put(address)
      return session
    },
    drain({ spreadMs }) {
      isDraining = true
      for (const session of heartbeat.sessions()) {
        session.control(['@', 'bye', Math.floor(Math.random() * spreadMs)])
      }
      log.info({ connectionCount: heartbeat.size, at: clock.now() }, 'realtime gateway drains')
    },
    stats: () => stats,
    close() {
      isDraining = true
      heartbeat.close()
      spent.close()
      for (const session of heartbeat.sessions()) session.close(closeCodes.goingAway, 'going away')
    },
  }
}

/** How many of each there are; what there is none of takes no memory. */
function createTally() {
  const counts = new Map<string, number>()
  const count = (name: string) => counts.get(name) ?? 0
  return {
    count,
    put: (name: string) => void counts.set(name, count(name) + 1),
    take(name: string) {
      if (count(name) > 1) counts.set(name, count(name) - 1)
      else counts.delete(name)
    },
  }
}
