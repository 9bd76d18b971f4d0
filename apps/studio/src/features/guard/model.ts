import type { AppointedRole, SanctionKind } from '@kaibo/contract/show/moderation'

/** Roles that hosts give to people of their rooms. */
export const appointedRoles = ['moderator', 'assistant'] as const satisfies readonly AppointedRole[]

const minuteSec = 60
const hourSec = 60 * minuteSec
const daySec = 24 * hourSec

/** How long somebody can be muted or kept out; `null` is for good. A kick is always for a minute. */
export const durationsSec: Readonly<Record<SanctionKind, readonly (number | null)[]>> = {
  mute: [10 * minuteSec, hourSec, daySec, 7 * daySec, null],
  kick: [],
  ban: [daySec, 7 * daySec, 30 * daySec, null],
}

/** A duration as the key of its words: `m10`, `h1`, `d7`, `good`. */
export function durationKey(sec: number | null): string {
  if (sec === null) return 'good'
  if (sec < hourSec) return `m${sec / minuteSec}`
  return sec < daySec ? `h${sec / hourSec}` : `d${sec / daySec}`
}

/** The seconds that somebody has to wait between two comments; 0 = no slow mode. */
export const slowModesSec = [0, 5, 10, 30, 60, 120, 300] as const
