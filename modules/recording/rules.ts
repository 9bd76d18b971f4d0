import {
  keepDaysMin,
  type RecordingState,
  type ReplayState,
  type RetentionClass,
} from '@kaibo/contract/media/recording-life'
import type { Stretch } from '@kaibo/contract/media/timeline'
import { dayMs } from '@kaibo/kernel/clock'
import type { KeepDays } from './needs.ts'

/** A pause in the wall clock of this much is a seam that players must be told of. */
const SEAM_MS = 2_500

/** Whether a piece does not simply go on where the one before ended. */
export const isSeam = (
  before: (Stretch & { initNumber: number }) | undefined,
  piece: Stretch & { initNumber: number },
): boolean => {
  if (!before) return false
  const endedMs = before.startedAt.getTime() + before.durationMs
  const isApart = Math.abs(piece.startedAt.getTime() - endedMs) > SEAM_MS
  return isApart || piece.initNumber !== before.initNumber
}

/** For whom: everybody, its shop, which also sees what it hides, or the platform, which sees all. */
export type Audience = 'public' | 'shop' | 'platform'

type Kept = { state: RecordingState; isPublic: boolean }
type Seen = { stopReason: string | null }

/** Of what the platform stopped, or the shop hides, there is nothing for everybody. */
export const isShownTo = (audience: Audience, { stopReason }: Seen, { isPublic }: Kept): boolean =>
  audience === 'platform' || (stopReason === null && (isPublic || audience === 'shop'))

/** What there is to see for whom. */
export const stateFor = (audience: Audience, seen: Seen, row: Kept | undefined): ReplayState =>
  row && row.state !== 'recording' && isShownTo(audience, seen, row) ? row.state : 'none'

export type KeptFacts = { endedAt: Date | null; tradedAt: Date | null }

/** Sessions that sold something are kept longer, counted from when an order of them last moved. */
export const retentionOf = ({ tradedAt }: Pick<KeptFacts, 'tradedAt'>): RetentionClass =>
  tradedAt ? 'trade' : 'show'

/** Until when a recording is kept at least: the longest of what holds; null while it runs. */
export const keepUntil = ({ endedAt, tradedAt }: KeptFacts, days: KeepDays): Date | null => {
  if (!endedAt) return null
  const showMs = endedAt.getTime() + days.show * dayMs
  const tradeMs = tradedAt
    ? Math.max(endedAt.getTime(), tradedAt.getTime()) + days.trade * dayMs
    : 0
  return new Date(Math.max(showMs, tradeMs))
}

/** The days after which a full disk may take a recording before its time, and the law does not mind. */
export const shortest = (days: KeepDays): KeepDays => ({
  show: Math.min(days.show, keepDaysMin.show),
  trade: Math.min(days.trade, keepDaysMin.trade),
})

export const pieceKey = (folder: string, number: number): string => `${folder}/${number}.m4s`
export const initKey = (folder: string, number: number): string => `${folder}/init-${number}.mp4`
