import { fail } from '@kaibo/contract/core/fail'
import type { ClipSuggestion } from '@kaibo/contract/media/clip'
import { clipMsMax, clipMsMin } from '@kaibo/contract/media/clip-life'
import { videoBytesMax } from '@kaibo/contract/people/files'
import type { Id } from '@kaibo/kernel/ids'
import type { RecordingPiece } from '@kaibo/modules/recording'

type Span = { fromMs: number; toMs: number }

/** Throws `clip.span_invalid` for what is too short, too long or beyond the replay. */
export function decideSpan({ fromMs, toMs }: Span, replay: { durationMs: number }): void {
  const ms = toMs - fromMs
  if (ms < clipMsMin || ms > clipMsMax || toMs > replay.durationMs)
    throw fail('clip.span_invalid', { durationMs: replay.durationMs, clipMsMin, clipMsMax })
}

/** A shorter explanation says nothing. */
const suggestedMsMin = 3_000
/** Of an explanation that a clip shows to this share nothing more is suggested. */
const shownShareMin = 0.6
const suggestionsMax = 20

type Cut = Span & { productId: Id | null }

/** Explanations worth cutting: long ones up to where a clip may end, without those that were cut. */
export function suggestionsOf(
  explains: readonly ClipSuggestion[],
  clips: readonly Cut[],
): ClipSuggestion[] {
  return explains
    .map(explain => ({ ...explain, toMs: Math.min(explain.toMs, explain.fromMs + clipMsMax) }))
    .filter(span => span.toMs - span.fromMs >= suggestedMsMin)
    .filter(span => !clips.some(clip => shareOf(span, clip) >= shownShareMin))
    .slice(0, suggestionsMax)
}

/** How much of a span another one covers, 0 … 1. */
const shareOf = (span: Span, other: Span): number =>
  (Math.min(span.toMs, other.toMs) - Math.max(span.fromMs, other.fromMs)) /
  (span.toMs - span.fromMs)

export type Piece = Pick<RecordingPiece, 'key' | 'initKey' | 'atMs' | 'durationMs'>
/** Pieces that one header can read, one after the other. */
export type Run = { initKey: string; pieces: Piece[] }

/** Cuts footage where the header changes. */
export function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last?.initKey === piece.initKey) last.pieces.push(piece)
    else runs.push({ initKey: piece.initKey, pieces: [piece] })
  }
  return runs
}

/** What a clip may weigh: as much as any other video. */
export const clipBytesMax = videoBytesMax
const kbpsMax = 5_000
export const audioKbps = 128

/** The bit rate that keeps an encoded clip of this length well below {@link clipBytesMax}. */
export const videoKbpsOf = (ms: number): number =>
  Math.min(kbpsMax, Math.floor((clipBytesMax * 8 * 0.85) / ms) - audioKbps)
