import { closeCodes } from '../connection.ts'
import type { GatewayLimits, GatewayStats } from './limits.ts'
import type { Session } from './session.ts'

type HeartbeatNeeds = {
  limits: Pick<GatewayLimits, 'pingEveryMs' | 'missedPingsMax'>
  sessions: ReadonlySet<Session>
  stats: GatewayStats
}

const stepMs = 1_000

/**
 * Pings every session once per `pingEveryMs` with one timer: each second a share of them, so that
 * neither the pings nor the pongs come in one burst. Who missed too many is closed.
 */
export function createHeartbeat({ limits, sessions, stats }: HeartbeatNeeds) {
  const stepsPerRound = Math.max(1, Math.round(limits.pingEveryMs / stepMs))
  let round: readonly Session[] = []
  let stepIndex = stepsPerRound
  let pingedCount = 0
  const step = () => {
    if (stepIndex === stepsPerRound) {
      round = [...sessions]
      stepIndex = 0
      pingedCount = 0
    }
    stepIndex++
    const dueCount = Math.floor((round.length * stepIndex) / stepsPerRound)
    for (const session of round.slice(pingedCount, dueCount)) {
      if (session.missedPings < limits.missedPingsMax) session.ping()
      else {
        stats.silentClosedCount++
        session.close(closeCodes.silent, 'silent')
      }
    }
    pingedCount = dueCount
  }
  const timer = setInterval(step, stepMs).unref()
  return { close: () => clearInterval(timer) }
}
