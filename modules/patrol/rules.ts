import type { PatrolPace } from '@kaibo/contract/media/patrol-life'
import { minuteMs, secondMs } from '@kaibo/kernel/clock'
import type { Finding } from './reviewer.ts'

/** Between two pictures of a room. */
export const paceSec = { close: 1, usual: 5, trusted: 15 } as const satisfies Record<
  PatrolPace,
  number
>

const closeFirstMs = minuteMs
/** How long a room is watched closely after something was found. */
export const closeAfterSec = 600

export type Watched = {
  isTrusted: boolean
  isPinned: boolean
  closeUntil: Date | null
  onAirSince: Date
}

/** How often a room is looked at: closely at its beginning, after a finding, or when a person says so. */
export function paceOf(
  { isTrusted, isPinned, closeUntil, onAirSince }: Watched,
  now: Date,
): PatrolPace {
  const isNew = now.getTime() - onAirSince.getTime() < closeFirstMs
  const isFlagged = closeUntil !== null && closeUntil > now
  if (isPinned || isFlagged || isNew) return 'close'
  return isTrusted ? 'trusted' : 'usual'
}

/** Pictures that were due and will never be taken, because looking took too long. */
export const missedCount = (lateMs: number, pace: PatrolPace): number =>
  Math.floor(Math.max(0, lateMs) / (paceSec[pace] * secondMs))

/** Shows of ten minutes or more without a verdict that make a shop trusted. */
export const trustedShowsMin = 5
export const trustedShowSec = 600
/** How far back verdicts and shows count. */
export const memoryDays = 90

/** A finding of the newest picture, and since when there has been no picture without it. */
export type KeptFinding = Finding & { readonly since: string }

/** What is found in a picture that was taken at `takenAt`, after what was found in the one before. */
export function keepFindings(
  before: readonly KeptFinding[],
  found: readonly Finding[],
  takenAt: Date,
): KeptFinding[] {
  const sinceOf = new Map(before.map(({ label, since }) => [label, since]))
  return found.map(finding => ({
    ...finding,
    since: sinceOf.get(finding.label) ?? takenAt.toISOString(),
  }))
}

/** Whether a finding has lasted as long as it has to. */
export const isLasting = ({ since, lastsSec }: KeptFinding, at: Date): boolean =>
  at.getTime() - Date.parse(since) >= lastsSec * secondMs

export type RiskFacts = {
  findings: readonly KeptFinding[]
  /** When the newest picture was judged. */
  findingsAt: Date | null
  openAlerts: readonly { isBlocking: boolean }[]
  verdictCount: number
  isPinned: boolean
  onlineCount: number
  /** Seconds since the newest picture; null when there is none. */
  pictureAgeSec: number | null
  hasFault: boolean
}

const staleSec = 30

/**
 * How much a room asks for a look, 0–100. Our own weights: what was seen counts most, then words,
 * then what the shop did before; a crowd makes a risky room urgent and no quiet one suspicious.
 */
export function riskOf(facts: RiskFacts): number {
  const at = facts.findingsAt ?? new Date(0)
  const seen = facts.findings.map(finding => {
    if (!isLasting(finding, at)) return 20 * finding.score
    return finding.verdict === 'block' ? 100 : 60 * finding.score
  })
  const blockingCount = facts.openAlerts.filter(alert => alert.isBlocking).length
  const otherCount = facts.openAlerts.length - blockingCount
  const grounds =
    Math.max(0, ...seen) +
    Math.min(45, 35 * blockingCount) +
    Math.min(30, 15 * otherCount) +
    Math.min(30, 10 * facts.verdictCount) +
    (facts.isPinned ? 20 : 0) +
    (facts.hasFault ? 5 : 0) +
    ((facts.pictureAgeSec ?? staleSec) >= staleSec ? 10 : 0)
  const crowd = grounds >= 25 ? Math.min(10, 3 * Math.log10(1 + facts.onlineCount)) : 0
  return Math.min(100, Math.round(grounds + crowd))
}
