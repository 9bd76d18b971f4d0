import { box, fullBox, u32, u64 } from './boxes.ts'
import { AUDIO_TRACK, VIDEO_TRACK } from './init-segment.ts'

/** Times are in the video track's time scale: milliseconds. */
export type VideoSample = {
  readonly data: Buffer
  readonly durationMs: number
  /** Presentation minus decode time; positive when there are B-frames. */
  readonly compositionMs: number
  readonly isKeyFrame: boolean
}

export type Fragment = {
  readonly sequence: number
  readonly video: { readonly decodeTimeMs: number; readonly samples: readonly VideoSample[] }
  /** `decodeTime` in samples. */
  readonly audio: { readonly decodeTime: number; readonly frames: readonly Buffer[] }
}

const DEFAULT_BASE_IS_MOOF = 0x020000
const DATA_OFFSET = 0x1
const SAMPLE_DURATION = 0x100
const SAMPLE_SIZE = 0x200
const SAMPLE_FLAGS = 0x400
const SAMPLE_COMPOSITION = 0x800
const KEY_FRAME = 0x02000000
const DEPENDENT_FRAME = 0x01010000

type Run = { trackId: number; decodeTime: number; flags: number; fields: number[]; count: number }

/** Bytes of a `traf` with one run: its header, `tfhd`, `tfdt` version 1 and `trun`. */
const trafBytes = (run: Run): number => 8 + 16 + 20 + 20 + run.fields.length * 4

const traf = (run: Run, dataOffset: number): Buffer =>
  box(
    'traf',
    fullBox('tfhd', { flags: DEFAULT_BASE_IS_MOOF }, u32(run.trackId)),
    fullBox('tfdt', { version: 1 }, u64(run.decodeTime)),
    fullBox('trun', { version: 1, flags: run.flags }, u32(run.count, dataOffset, ...run.fields)),
  )

const videoRun = ({ decodeTimeMs, samples }: Fragment['video']): Run => ({
  trackId: VIDEO_TRACK,
  decodeTime: decodeTimeMs,
  flags: DATA_OFFSET | SAMPLE_DURATION | SAMPLE_SIZE | SAMPLE_FLAGS | SAMPLE_COMPOSITION,
  fields: samples.flatMap(sample => [
    sample.durationMs,
    sample.data.length,
    sample.isKeyFrame ? KEY_FRAME : DEPENDENT_FRAME,
    sample.compositionMs,
  ]),
  count: samples.length,
})

const audioRun = ({ decodeTime, frames }: Fragment['audio']): Run => ({
  trackId: AUDIO_TRACK,
  decodeTime,
  flags: DATA_OFFSET | SAMPLE_SIZE,
  fields: frames.map(frame => frame.length),
  count: frames.length,
})

const byteCountOf = (pieces: readonly Buffer[]): number =>
  pieces.reduce((sum, piece) => sum + piece.length, 0)

/** One `moof` and its `mdat`: a part of a segment, and a unit that a decoder can take alone. */
export const writeFragment = ({ sequence, video, audio }: Fragment): Buffer => {
  const tracks = [
    { run: videoRun(video), pieces: video.samples.map(sample => sample.data) },
    { run: audioRun(audio), pieces: audio.frames },
  ].filter(({ run }) => run.count > 0)
  const moofBytes = 8 + 16 + tracks.reduce((sum, { run }) => sum + trafBytes(run), 0)
  let dataOffset = moofBytes + 8
  const trafs = tracks.map(({ run, pieces }) => {
    const bytes = traf(run, dataOffset)
    dataOffset += byteCountOf(pieces)
    return bytes
  })
  const pieces = tracks.flatMap(track => track.pieces)
  return Buffer.concat([
    box('moof', fullBox('mfhd', {}, u32(sequence)), ...trafs),
    u32(8 + byteCountOf(pieces)),
    Buffer.from('mdat'),
    ...pieces,
  ])
}
