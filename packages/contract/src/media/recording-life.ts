import { machine } from '@kaibo/kernel/machine'

/**
 * A recording 录像. `none`: no piece yet · `making`: the session ended, and the last pieces are being
 * counted · `expired`: deleted when its time was up. Without schemas.
 */
export const recordingLife = machine('none', {
  none: { record: 'recording' },
  recording: { end: 'making' },
  making: { finish: 'ready' },
  ready: { expire: 'expired' },
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
