import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { createFlvReader } from '../flv/reader.ts'
import type { FlvTag } from '../flv/tag.ts'
import type { Rung } from './rungs.ts'

export type EncoderHandlers = {
  /** A tag of the variant at this place in the list of rungs. May throw on output without sense. */
  handleTag(at: number, tag: FlvTag): void
  /** The child is gone and was not told to stop. */
  handleExit(): void
}

export type LadderEncoder = {
  /** False when the child does not keep up and the bytes were not taken. */
  write(bytes: Buffer): boolean
  /** Ends the child now; no handler is called any more. */
  stop(): void
  readonly pid: number | undefined
}

const QUEUE_BYTES_MAX = 8 * 1024 * 1024
const TAG_BYTES_MAX = 4 * 1024 * 1024
/** Live pictures of all streams go before the making of smaller ones. */
const NICENESS = 10
/** The first extra pipe of a child, behind standard input, output and error. */
const FIRST_EXTRA_FD = 3

/**
 * One ffmpeg that decodes an FLV stream once and encodes every rung of it. Time stamps and sound
 * stay as they are and key frames fall where the source has them, so that players change over
 * between any two segments.
 */
export const startEncoder = (
  { rungs, hasAudio }: { rungs: readonly Rung[]; hasAudio: boolean },
  handlers: EncoderHandlers,
): LadderEncoder => {
  const extra = rungs.slice(1).map(() => 'pipe' as const)
  const child = spawn('ffmpeg', argumentsOf(rungs, hasAudio), {
    stdio: ['pipe', 'pipe', 'ignore', ...extra],
  })
  let isOver = false
  const stop = (): void => {
    isOver = true
    child.kill('SIGKILL')
  }
  const leave = (): void => {
    if (isOver) return
    stop()
    handlers.handleExit()
  }
  const read = (output: Readable, at: number): void => {
    const push = createFlvReader(tag => handlers.handleTag(at, tag), { tagBytesMax: TAG_BYTES_MAX })
    output
      .on('error', () => {})
      .on('data', (bytes: Buffer) => {
        if (isOver) return
        try {
          push(bytes)
        } catch {
          leave()
        }
      })
  }

  for (const at of rungs.keys()) {
    const output = at === 0 ? child.stdout : child.stdio[FIRST_EXTRA_FD + at - 1]
    if (output && 'read' in output) read(output, at)
  }
  child.stdin?.on('error', () => {})
  child.on('error', leave).on('close', leave)
  if (child.pid !== undefined) setPriority(child.pid, NICENESS)
  return {
    write(bytes) {
      const input = child.stdin
      if (isOver || !input || input.writableLength + bytes.length > QUEUE_BYTES_MAX) return false
      input.write(bytes)
      return true
    },
    stop,
    pid: child.pid,
  }
}

const INPUT = [
  ...['-v', 'error', '-copyts', '-probesize', '500000', '-analyzeduration', '200000'],
  ...['-threads', '1', '-f', 'flv', '-i', 'pipe:0'],
]

/** Without a limit the muxer would hold pictures back for ten seconds when the sound pauses. */
const OUTPUT = ['-max_interleave_delta', '300000', '-flvflags', 'no_duration_filesize', '-f', 'flv']

const argumentsOf = (rungs: readonly Rung[], hasAudio: boolean): string[] => {
  const labels = rungs.map((_, at) => `[in${at}]`).join('')
  const scales = rungs.map(
    ({ width, height }, at) => `[in${at}]scale=${width}:${height}:flags=fast_bilinear[out${at}]`,
  )
  const graph = [`[0:v]split=${rungs.length}${labels}`, ...scales].join(';')
  const outputs = rungs.flatMap((rung, at) => [
    ...['-map', `[out${at}]`, ...(hasAudio ? ['-map', '0:a', '-c:a', 'copy'] : [])],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-threads', '1'],
    ...['-profile:v', 'main', '-pix_fmt', 'yuv420p', '-sc_threshold', '0', '-g', '9999'],
    ...['-force_key_frames', 'source', ...(rung.fps ? ['-r', String(rung.fps)] : [])],
    ...['-b:v', `${rung.videoKbps}k`, '-maxrate', `${rung.videoKbps}k`],
    ...['-bufsize', `${rung.videoKbps}k`],
    ...[...OUTPUT, `pipe:${at === 0 ? 1 : FIRST_EXTRA_FD + at - 1}`],
  ])
  return [...INPUT, '-filter_complex', graph, ...outputs]
}
