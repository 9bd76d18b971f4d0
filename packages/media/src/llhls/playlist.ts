import type { Part } from './packager.ts'

export type Segment = {
  readonly sequence: number
  readonly mapId: number
  /** Follows a change of codecs, so a player must start its decoders anew. */
  readonly isDiscontinuity: boolean
  /** On the stream's clock, and on the wall's. */
  readonly startMs: number
  readonly startedAt: Date
  readonly parts: Part[]
  durationMs: number
  isComplete: boolean
}

export type PlaylistFacts = {
  /** The oldest first; at most the last is incomplete. */
  readonly segments: readonly Segment[]
  readonly targetSec: number
  readonly partTargetMs: number
  /** Discontinuities in segments that are no longer listed. */
  readonly discontinuitySequence: number
  readonly isEnded: boolean
  /** The folder of all files, unguessable. */
  readonly folder: string
}

/** Players keep this many part targets, 0.84 s, from the live edge; two is the least allowed. */
const PART_HOLD_BACK = 4
/** Older segments are listed without their parts (RFC 8216bis §4.4.4.9). */
const PARTS_LISTED_TARGETS = 3

const sec = (ms: number): string => (ms / 1000).toFixed(3)

/** Writes a low-latency media playlist (RFC 8216bis). */
export const renderPlaylist = (facts: PlaylistFacts): string => {
  const { segments, partTargetMs } = facts
  const first = segments[0]
  const isEachIndependent = segments.every(({ parts }) => parts[0]?.isIndependent !== false)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${facts.targetSec}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${sec(partTargetMs * PART_HOLD_BACK)}`,
    `#EXT-X-PART-INF:PART-TARGET=${sec(partTargetMs)}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.sequence ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${facts.discontinuitySequence}`,
    ...(isEachIndependent ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    ...segments.flatMap((segment, at) => renderSegment(facts, { segment, at })),
    ...(facts.isEnded ? ['#EXT-X-ENDLIST'] : [renderHint(facts)]),
  ]
  return `${lines.join('\n')}\n`
}

/**
 * Writes a playlist for players that know nothing of parts (RFC 8216): whole segments alone. They
 * stay three target durations behind by themselves.
 */
export const renderPlainPlaylist = (facts: Omit<PlaylistFacts, 'partTargetMs'>): string => {
  const complete = facts.segments.filter(({ isComplete }) => isComplete)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${facts.targetSec}`,
    `#EXT-X-MEDIA-SEQUENCE:${complete[0]?.sequence ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${facts.discontinuitySequence}`,
    ...complete.flatMap((segment, at) => [
      ...renderOpening({ ...facts, segments: complete }, { segment, at }),
      ...renderFile(facts, segment),
    ]),
    ...(facts.isEnded ? ['#EXT-X-ENDLIST'] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** How far the playlist at `uri` is, for players that change over to it (RFC 8216bis §4.4.5.4). */
export const renderReport = (uri: string, newest: { sequence: number; part: number }): string =>
  `#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${newest.sequence},LAST-PART=${newest.part}\n`

const renderSegment = (
  facts: PlaylistFacts,
  { segment, at }: { segment: Segment; at: number },
): string[] => {
  const { segments, folder, targetSec } = facts
  const behindMs = segments.slice(at + 1).reduce((sum, later) => sum + later.durationMs, 0)
  const isRecent = behindMs < PARTS_LISTED_TARGETS * targetSec * 1000
  const name = `${folder}/p${segment.sequence}`
  return [
    ...renderOpening(facts, { segment, at }),
    ...(isRecent ? segment.parts.map((part, n) => renderPart(part, `${name}.${n}`)) : []),
    ...(segment.isComplete ? renderFile(facts, segment) : []),
  ]
}

const renderOpening = (
  { segments, folder }: Pick<PlaylistFacts, 'segments' | 'folder'>,
  { segment, at }: { segment: Segment; at: number },
): string[] => {
  const { mapId } = segment
  const isNewMap = segments[at - 1]?.mapId !== mapId
  return [
    ...(segment.isDiscontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
    ...(isNewMap ? [`#EXT-X-MAP:URI="${folder}/m${mapId}.mp4"`] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${segment.startedAt.toISOString()}`,
  ]
}

const renderFile = (
  { folder }: Pick<PlaylistFacts, 'folder'>,
  { sequence, durationMs }: Segment,
): string[] => [`#EXTINF:${sec(durationMs)},`, `${folder}/s${sequence}.m4s`]

const renderPart = ({ durationMs, isIndependent }: Part, name: string): string =>
  `#EXT-X-PART:DURATION=${sec(durationMs)},URI="${name}.m4s"${isIndependent ? ',INDEPENDENT=YES' : ''}`

const renderHint = ({ segments, folder }: PlaylistFacts): string => {
  const last = segments.at(-1)
  const [sequence, part] =
    last === undefined
      ? [0, 0]
      : last.isComplete
        ? [last.sequence + 1, 0]
        : [last.sequence, last.parts.length]
  return `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${folder}/p${sequence}.${part}.m4s"`
}
