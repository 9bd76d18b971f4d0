import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { flvHeader } from './flv/tag.ts'
import type { Hub } from './hub/hub.ts'

/**
 * A JPEG of a stream's newest key frame, 480 px wide. Undefined without ffmpeg, without a picture,
 * when too many are waiting or when decoding takes too long.
 */
export type Snapshot = (streamId: string) => Promise<Buffer | undefined>

const WIDTH_PX = 480
const JPEG_BYTES_MAX = 2 * 1024 * 1024
const DECODE_MAX_MS = 7_000
const WAITING_MAX = 8
/** Asked again within this time, the last picture is good enough. */
const FRESH_MS = 1_000
const KEPT_MAX = 200

type Taken = { freshUntilMs: number; readonly picture: Promise<Buffer | undefined> }

/** One ffmpeg at a time, each for one frame: a picture costs about 0.1 s of a core. */
export const createSnapshot = (hub: Pick<Hub, 'find'>): Snapshot => {
  const taken = new Map<string, Taken>()
  let waitingCount = 0
  let last: Promise<unknown> = Promise.resolve()

  const take = async (streamId: string): Promise<Buffer | undefined> => {
    const clip = keyFrameClip(hub, streamId)
    return clip && (await hasFfmpeg()) ? decodePicture(Readable.from([clip])) : undefined
  }

  return streamId => {
    const known = taken.get(streamId)
    if (known && performance.now() < known.freshUntilMs) return known.picture
    if (waitingCount >= WAITING_MAX) return Promise.resolve(undefined)
    waitingCount += 1
    const picture = last
      .then(() => take(streamId))
      .finally(() => {
        waitingCount -= 1
        made.freshUntilMs = performance.now() + FRESH_MS
      })
    // Whoever asks while it is made waits for it.
    const made: Taken = { freshUntilMs: Number.POSITIVE_INFINITY, picture }
    last = picture
    if (taken.size >= KEPT_MAX) taken.clear()
    taken.set(streamId, made)
    return picture
  }
}

/** A whole FLV file of one picture: the decoder's header and the newest key frame. */
const keyFrameClip = (hub: Pick<Hub, 'find'>, streamId: string): Buffer | undefined => {
  const flv = hub.find(streamId)?.flv
  const header = flv?.header('videoHeader')
  const keyFrame = flv?.gop.keyFrame
  if (header === undefined || keyFrame === undefined) return undefined
  return Buffer.concat([flvHeader({ audio: false, video: true }), header.tag, keyFrame.tag])
}

const ARGUMENTS = [
  // A live stream comes as slowly as time goes by: half a second of it has to do.
  ...['-v', 'error', '-threads', '1', '-analyzeduration', '500000'],
  ...['-f', 'flv', '-i', 'pipe:0', '-frames:v', '1'],
  ...['-vf', `scale=${WIDTH_PX}:-2`, '-q:v', '4', '-f', 'mjpeg', 'pipe:1'],
]

/**
 * The first picture of FLV bytes as a JPEG 480 px wide; the rest is not read. Never rejects: a
 * picture that cannot be decoded within seven seconds is merely absent.
 */
export const decodePicture = async (flv: Readable): Promise<Buffer | undefined> => {
  const child = spawn('ffmpeg', ARGUMENTS, {
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: DECODE_MAX_MS,
    killSignal: 'SIGKILL',
  })
  const pieces: Buffer[] = []
  let byteCount = 0
  child.stdout.on('data', (piece: Buffer) => {
    byteCount += piece.length
    if (byteCount > JPEG_BYTES_MAX) child.kill('SIGKILL')
    else pieces.push(piece)
  })
  // It stops reading after the first picture, which is no error.
  pipeline(flv, child.stdin).catch(() => {})
  const [code]: unknown[] = await once(child, 'close').catch(() => [])
  return code === 0 && byteCount > 0 ? Buffer.concat(pieces) : undefined
}

let ffmpegCheck: Promise<boolean> | undefined

/** Whether an `ffmpeg` can be run on this machine; asked once. */
export const hasFfmpeg = (): Promise<boolean> => {
  ffmpegCheck ??= once(spawn('ffmpeg', ['-version'], { stdio: 'ignore' }), 'close').then(
    ([code]) => code === 0,
    () => false,
  )
  return ffmpegCheck
}
