import { startFfmpeg } from '../ffmpeg/pipe.ts'
import { createFlvReader } from '../flv/reader.ts'
import type { PublishSink } from '../hub/publisher.ts'
import type { RecordingType } from './recording-type.ts'

export type RecorderFeed = {
  /** False when the child does not keep up: its queue is full and these bytes are lost. */
  push(bytes: Buffer): boolean
  readonly queuedBytes: number
  stop(): void
}

export type RecorderFeedNeeds = {
  readonly type: RecordingType
  readonly handleMessage: PublishSink['handleMessage']
  /** The child is gone: what it was given was no such recording, or it was killed. */
  handleExit(): void
  handleDrain(): void
}

const TAG_BYTES_MAX = 8 * 1024 * 1024
const COPY = ['-c:v', 'copy']
/** 720p at most and a key frame every second, for pictures that browsers cannot copy to viewers. */
const ENCODE = [
  ...['-vf', "scale='min(1280,iw)':-2,fps=30", '-pix_fmt', 'yuv420p', '-threads', '1'],
  ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'main'],
  ...['-g', '30', '-bf', '0', '-b:v', '1500k', '-maxrate', '2000k', '-bufsize', '2000k'],
]

const argumentsOf = ({ container, isH264 }: RecordingType): string[] => [
  // The format is fixed and no other protocol is known, so bytes can name no file or address.
  ...['-protocol_whitelist', 'pipe', '-fflags', 'nobuffer', '-probesize', '500000'],
  ...['-analyzeduration', '500000', '-f', container, '-i', 'pipe:0'],
  ...['-map', '0:v:0', '-map', '0:a:0?', ...(isH264 ? COPY : ENCODE)],
  ...['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
  ...['-max_interleave_delta', '500000', '-flush_packets', '1'],
  ...['-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'],
]

/** Slices of a MediaRecorder in, FLV messages out, by one ffmpeg. */
export const startRecorderFeed = (needs: RecorderFeedNeeds): RecorderFeed => {
  const handleBytes = createFlvReader(
    ({ type, timestampMs, payload }) => needs.handleMessage({ typeId: type, timestampMs, payload }),
    { tagBytesMax: TAG_BYTES_MAX },
  )
  const { handleExit, handleDrain } = needs
  const pipe = startFfmpeg(argumentsOf(needs.type), { handleBytes, handleExit, handleDrain })
  return {
    push: pipe.write,
    get queuedBytes() {
      return pipe.queuedBytes
    },
    stop: pipe.stop,
  }
}
