import type { ReplaySpan } from '@kaibo/contract/media/recording'
import { keepDaysMin, type RetentionClass } from '@kaibo/contract/media/recording-life'
import { dayMs } from '@kaibo/kernel/clock'
import type { KeepDays } from './needs.ts'

/** What the time line is made of: a piece and when it happened. */
export type Stretch = { readonly startedAt: Date; readonly durationMs: number }

/**
 * The time line of a replay: pieces in a row, with the pauses between them left out. Replay time is
 * milliseconds from the beginning.
 */
export type Timeline = {
  readonly durationMs: number
  /** When each piece begins in the replay. */
  readonly startsMs: readonly number[]
  /** Where in the replay something is that happened then; what happened in a pause is at its place. */
  replayMsOf(at: Date): number
  /** When that was; a moment between two pieces is when the first of them ended. */
  wallClockOf(replayMs: number): Date
}

/** Pieces in the order of their numbers. */
export const timelineOf = (pieces: readonly Stretch[]): Timeline => {
  let durationMs = 0
  const startsMs = pieces.map(piece => {
    durationMs += piece.durationMs
    return durationMs - piece.durationMs
  })
  const stretches = pieces.map((piece, at) => ({
    replayMs: startsMs[at] ?? 0,
    wallMs: piece.startedAt.getTime(),
    durationMs: piece.durationMs,
  }))
  return {
    durationMs,
    startsMs,
    replayMsOf(at) {
      const last = stretches.findLast(({ wallMs }) => wallMs <= at.getTime())
      if (!last) return 0
      return last.replayMs + Math.min(last.durationMs, at.getTime() - last.wallMs)
    },
    wallClockOf(replayMs) {
      const within =
        stretches.find(each => replayMs <= each.replayMs + each.durationMs) ?? stretches.at(-1)
      if (!within) return new Date(0)
      return new Date(within.wallMs + Math.min(replayMs - within.replayMs, within.durationMs))
    },
  }
}

/** A stretch of wall clock on the time line; undefined when nothing of it was recorded. */
export const spanOf = (
  timeline: Timeline,
  { from, to }: { from: Date; to: Date },
): ReplaySpan | undefined => {
  const span = { fromMs: timeline.replayMsOf(from), toMs: timeline.replayMsOf(to) }
  return span.toMs > span.fromMs ? span : undefined
}

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
