import { closeCodes } from '../connection.ts'
import type { GatewayLimits, GatewayStats } from './limits.ts'
import type { Session } from './session.ts'

/** All sessions of a gateway, on a wheel that turns once per `pingEveryMs`. */
export type Heartbeat = {
  readonly size: number
  add(session: Session): void
  /** Says whether it was there. */
  remove(session: Session): boolean
  sessions(): Iterable<Session>
  close(): void
}

type HeartbeatNeeds = {
  limits: Pick<GatewayLimits, 'pingEveryMs' | 'missedPingsMax'>
  stats: GatewayStats
}

const stepMs = 1_000

/**
 * Pings every session once per `pingEveryMs` with one timer: each second the sessions of one slot,
 * so that neither the pings nor the pongs come in one burst. Who missed too many is closed.
 */
export function createHeartbeat({ limits, stats }: HeartbeatNeeds): Heartbeat {
  const slotCount = Math.max(1, Math.round(limits.pingEveryMs / stepMs))
  const slots = Array.from({ length: slotCount }, () => new Set<Session>())
  let size = 0
  let at = 0
  const beat = (session: Session) => {
    if (session.missedPings < limits.missedPingsMax) session.ping()
    else {
      stats.silentClosedCount++
      session.close(closeCodes.silent, 'silent')
    }
  }
  const timer = setInterval(() => {
    at = (at + 1) % slotCount
    for (const session of slots[at] ?? []) beat(session)
  }, stepMs).unref()
  return {
    get size() {
      return size
    },
    add(session) {
      // The slot that was just served comes last: a newcomer's first ping is a whole round away.
      session.heartbeatSlot = at
      slots[at]?.add(session)
      size++
    },
    remove(session) {
      const wasThere = slots[session.heartbeatSlot]?.delete(session) === true
      if (wasThere) size--
      return wasThere
    },
    *sessions() {
      for (const slot of slots) yield* slot
    },
    close: () => clearInterval(timer),
  }
}
