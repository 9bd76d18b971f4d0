import { createCrashBudget } from '../ffmpeg/crash-budget.ts'
import { type FfmpegPipe, startFfmpeg } from '../ffmpeg/pipe.ts'
import { createFlvReader } from '../flv/reader.ts'
import { type FlvTag, tagType } from '../flv/tag.ts'
import { createOggWriter } from './ogg.ts'
import { OPUS_RATE, OPUS_SILENCE, OPUS_SILENCE_SAMPLES, opusSamples } from './opus.ts'

export type AacEncoderNeeds = {
  /** An FLV AAC payload, header or frame, and when it belongs, on the clock of what was pushed. */
  handleAudio(payload: Buffer, atMs: number): void
  /** The encoder died too often; there will be no sound until the publisher comes back. */
  handleGivenUp(): void
}

const ARGUMENTS = [
  ...['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0', '-f', 'ogg'],
  ...['-i', 'pipe:0', '-threads', '1', '-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
  ...['-flush_packets', '1', '-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'],
]
/** What the AAC encoder puts before the first sample. */
const PRIMING_MS = (1024 * 1000) / OPUS_RATE
/** A hole up to this is lost packets and filled with silence; a larger one is a new beginning. */
const HOLE_MAX_MS = 10_000
/** Less than two packets missing is jitter of the clock. */
const HOLE_MIN_MS = 30
const TAG_BYTES_MAX = 64 * 1024

type Run = {
  readonly pipe: FfmpegPipe
  readonly ogg: ReturnType<typeof createOggWriter>
  /** Publisher time of the child's first sample, and how much it has been given since. */
  readonly baseMs: number
  fedMs: number
  /** Where the next packet should begin. */
  nextMs: number
}

/** Opus packets in, AAC frames out, by one ffmpeg that is started again when it dies. */
export const createAacEncoder = (needs: AacEncoderNeeds) => {
  const crashes = createCrashBudget()
  let run: Run | undefined
  let isOver = false

  const handleTag = ({ type, timestampMs, payload }: FlvTag): void => {
    if (type !== tagType.audio || run === undefined) return
    // What the clock was corrected by since the child began moves its output, too.
    const correctionMs = run.nextMs - run.baseMs - run.fedMs
    needs.handleAudio(payload, run.baseMs + timestampMs - PRIMING_MS + correctionMs)
  }

  const start = (baseMs: number): Run => {
    const pipe = startFfmpeg(ARGUMENTS, {
      handleBytes: createFlvReader(handleTag, { tagBytesMax: TAG_BYTES_MAX }),
      handleExit: () => {
        run = undefined
        crashes.note(performance.now())
        if (crashes.isSpent) needs.handleGivenUp()
      },
    })
    const ogg = createOggWriter()
    pipe.write(ogg.start())
    return { pipe, ogg, baseMs, fedMs: 0, nextMs: baseMs }
  }

  const feed = (to: Run, packet: Buffer, samples: number): void => {
    to.pipe.write(to.ogg.packet(packet, samples))
    to.fedMs += (samples * 1000) / OPUS_RATE
  }

  const fillHole = (to: Run, holeMs: number): void => {
    const count = Math.round((holeMs * OPUS_RATE) / 1000 / OPUS_SILENCE_SAMPLES)
    for (let packet = 0; packet < count; packet++) feed(to, OPUS_SILENCE, OPUS_SILENCE_SAMPLES)
  }

  return {
    get pid(): number | undefined {
      return run?.pipe.pid
    },
    push(packet: Buffer, atMs: number): void {
      const samples = opusSamples(packet)
      // A packet may be on its way through the caller when that is closed by it.
      if (isOver || samples === 0 || packet.length > TAG_BYTES_MAX) return
      if (run !== undefined && Math.abs(atMs - run.nextMs) > HOLE_MAX_MS) {
        run.pipe.stop()
        run = undefined
      }
      if (run === undefined) {
        if (!crashes.mayStart(performance.now())) return
        run = start(atMs)
      }
      const holeMs = atMs - run.nextMs
      if (holeMs > HOLE_MIN_MS) fillHole(run, holeMs)
      feed(run, packet, samples)
      run.nextMs = atMs + (samples * 1000) / OPUS_RATE
    },
    /** Ends it for good. */
    stop(): void {
      isOver = true
      run?.pipe.stop()
      run = undefined
    },
  }
}
