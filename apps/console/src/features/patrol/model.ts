import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import { type RiskBand, riskBandOf, type VerdictKind } from '@kaibo/contract/media/patrol-life'

export const pictureUrl = (id: string): string => `/api/platform/patrol/pictures/${id}`
export const frameUrl = (verdictId: string, place: number): string =>
  `/api/platform/verdicts/${verdictId}/frames/${place}`
export const exportUrl = (verdictId: string): string => `/api/platform/verdicts/${verdictId}/export`

const bands: readonly RiskBand[] = ['high', 'raised', 'calm']

/**
 * Rooms as they stand on the wall: by band of risk, within one by their beginning. A tile leaves its
 * place only when its room becomes another matter, so that nobody presses the wrong one.
 */
export const wallOrder = (rooms: readonly PatrolRoom[]): PatrolRoom[] =>
  rooms.toSorted(
    (a, b) =>
      bands.indexOf(riskBandOf(a.risk)) - bands.indexOf(riskBandOf(b.risk)) ||
      (a.live.startedAt ?? '').localeCompare(b.live.startedAt ?? '') ||
      a.live.id.localeCompare(b.live.id),
  )

/** Where a key leads on a wall of so many columns; null for keys that mean nothing here. */
export function stepOnWall(
  key: string,
  { at, count, columns }: { at: number; count: number; columns: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  }
  const to = steps[key]
  if (to === undefined || count === 0) return null
  return to < 0 || to >= count ? at : to
}

/** The keys of the three verdicts, wherever a room is chosen. */
export const verdictKeys: Readonly<Record<string, VerdictKind>> = { w: 'warn', c: 'cut', b: 'ban' }

/** Labels and faults that have words; others are shown as they are. */
const known = new Set([
  'black_picture',
  'plain_picture',
  'still_picture',
  'code_shown',
  'picture_lost',
  'uplink_slow',
  'frames_few',
  'bitrate_low',
  'key_frames_far',
])

/** The catalog key of a label; null for one of a reviewer that we do not know, or a word. */
export const labelKey = (label: string): string | null =>
  known.has(label) ? `patrol.label.${label}` : null

/** How old a picture is, in whole seconds by the server's clock. */
export const ageSec = (takenAt: string, now: string): number =>
  Math.max(0, Math.round((Date.parse(now) - Date.parse(takenAt)) / 1_000))

/** A picture older than this is not how the room looks now. */
export const staleSec = 30
