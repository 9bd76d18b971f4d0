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
import { type Log, silentLog } from './hub/log.ts'
import type { Hub } from './hub.ts'
import type { Identity } from './identity.ts'
import type { Redeemed } from './ticket.ts'

export type { Admission, GatewayLimits, GatewayStats, Handshake, Session }

export type Gateway = {
  /** Judges a handshake before the 101: room, rate, origin and ticket, cheapest first. */
  admit(handshake: Handshake): Admission
  /** Takes over an upgraded socket. The adapter forwards its messages, pongs, drains and its end. */
  handleUpgraded(socket: Socket, identity: Identity): Session
  /** Refuses newcomers and asks everybody to come back elsewhere within `spreadMs`. */
  drain(options: { spreadMs: number }): void
  stats(): Readonly<GatewayStats>
  /** Closes every socket with 1001. */
  close(): void
}

export type GatewayNeeds = {
  hub: Hub
  clock: Clock
  redeem(ticket: string): Redeemed
  allowOrigin(origin: string | undefined): boolean
  /** Whether the identity may hear the topic; rejecting counts as no. */
  authorizeTopic(identity: Identity, topic: string): boolean | Promise<boolean>
  /** Whether the identity may count under this key; taps of others are dropped. */
  mayCount(identity: Identity, topic: string, key: string): boolean
  limits?: Partial<GatewayLimits>
  log?: Log
}

/** Everything between an upgraded socket and the hub; knows neither `ws` nor HTTP. */
export function createGateway(needs: GatewayNeeds): Gateway {
  const { hub, clock, log = silentLog } = needs
  const limits: GatewayLimits = { ...defaultGatewayLimits, ...needs.limits }
  const stats = createGatewayStats()
  const sessions = new Set<Session>()
  const heartbeat = createHeartbeat({ limits, sessions, stats })
  const sessionNeeds: SessionNeeds = { ...needs, limits, stats, log }
  const judge = createAdmission({ ...needs, limits })
  let isDraining = false
  return {
    admit(handshake) {
      const isFull = isDraining || sessions.size >= limits.connectionsMax
      const admission = isFull ? busy : judge(handshake)
      stats[admission.admitted ? 'admittedCount' : 'refusedCount']++
      return admission
    },
    handleUpgraded(socket, identity) {
      const connection = hub.attach(socket, { identity })
      const session = new Session(connection, sessionNeeds, () => sessions.delete(session))
      sessions.add(session)
      return session
    },
    drain({ spreadMs }) {
      isDraining = true
      for (const session of sessions) {
        session.control(['@', 'bye', Math.floor(Math.random() * spreadMs)])
      }
      log.info({ connectionCount: sessions.size, at: clock.now() }, 'realtime gateway drains')
    },
    stats: () => stats,
    close() {
      isDraining = true
      heartbeat.close()
      for (const session of sessions) session.close(closeCodes.goingAway, 'going away')
    },
  }
}
