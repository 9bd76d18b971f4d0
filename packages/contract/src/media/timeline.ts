import type { ReplaySpan } from './recording.ts'

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
