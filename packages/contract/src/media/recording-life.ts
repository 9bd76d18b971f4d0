import { machine } from '@kaibo/kernel/machine'

/**
 * A recording 录像. `none`: no piece yet · `making`: the session ended, and the last pieces are being
 * counted (and none may be found); a session that goes on is recorded further · `expired`: deleted when
 * its time was up. Without schemas.
 */
export const recordingLife = machine('none', {
  none: { record: 'recording', end: 'making' },
  recording: { end: 'making' },
  making: { finish: 'ready', lose: 'none', resume: 'recording' },
  ready: { expire: 'expired', resume: 'recording' },
  expired: {},
})
export const recordingStates = ['none', 'recording', 'making', 'ready', 'expired'] as const
export type RecordingState = (typeof recordingStates)[number]

/** What viewers may see again of a session; `none` also while it is on air, and when it is not shown. */
export const replayStates = ['none', 'making', 'ready', 'expired'] as const
export type ReplayState = (typeof replayStates)[number]

/** Sessions in which something was sold are kept for years, others for weeks. */
export const retentionClasses = ['trade', 'show'] as const
export type RetentionClass = (typeof retentionClasses)[number]

/**
 * Days that the law asks for at least: trade three years after it was completed, other live content
 * sixty days (docs/adr on retention names the rules).
 */
export const keepDaysMin = { show: 60, trade: 1_096 } as const

/** On the disk of the media process, or in an object store. */
export const recordingStores = ['media', 's3'] as const

/** `low`: no new recording begins · `full`: those that run pause · `unknown`: it cannot be asked. */
export const diskStates = ['ok', 'low', 'full', 'unknown'] as const
export type DiskState = (typeof diskStates)[number]
