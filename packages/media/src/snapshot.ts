import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type PictureDecoder, startPictureDecoder } from './ffmpeg/picture-decoder.ts'
import { flvHeader } from './flv/tag.ts'
import type { Hub } from './hub/hub.ts'
import type { Packet } from './hub/packet.ts'

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

/** A stream that is asked again within this time gets a decoder that stays as long. */
const STAY_MS = 10_000
/** Each takes about 20 MB; further streams are decoded by a child process per picture. */
const STAYING_MAX = 10

type Taken = { freshUntilMs: number; readonly picture: Promise<Buffer | undefined> }

/**
 * One picture at a time. A child process for one picture costs 0.14 s of a core, nearly all of it
 * for starting; one more picture of a decoder that stays costs 0.01 s.
 */
export const createSnapshot = (hub: Pick<Hub, 'find'>, stayMs = STAY_MS): Snapshot => {
  const taken = new Map<string, Taken>()
  const decoderOf = createDecoders(stayMs)
  let waitingCount = 0
  let last: Promise<unknown> = Promise.resolve()

  const take = async (streamId: string, isOften: boolean): Promise<Buffer | undefined> => {
    const source = sourceOf(hub, streamId)
    if (source === undefined || !(await hasFfmpeg())) return undefined
    const decoder = isOften ? decoderOf(streamId, source.header) : undefined
    return (await decoder?.decode(source.keyFrame)) ?? decodePicture(clipOf(source))
  }

  return streamId => {
    const known = taken.get(streamId)
    const nowMs = performance.now()
    if (known && nowMs < known.freshUntilMs) return known.picture
    if (waitingCount >= WAITING_MAX) return Promise.resolve(undefined)
    waitingCount += 1
    const isOften = known !== undefined && nowMs < known.freshUntilMs + stayMs
    const picture = last
      .then(() => take(streamId, isOften))
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

/** The decoders that stay, by stream. One that broke is not used, and followed when its time is up. */
const createDecoders = (stayMs: number) => {
  type Staying = { header: Packet; decoder: PictureDecoder; leaving: NodeJS.Timeout }
  const staying = new Map<string, Staying>()

  const end = (streamId: string): void => {
    const known = staying.get(streamId)
    clearTimeout(known?.leaving)
    known?.decoder.stop()
    staying.delete(streamId)
  }

  return (streamId: string, header: Packet): PictureDecoder | undefined => {
    const known = staying.get(streamId)
    if (known?.header === header) {
      if (!known.decoder.isOver) known.leaving.refresh()
      return known.decoder
    }
    end(streamId)
    if (staying.size >= STAYING_MAX) return undefined
    const leaving = setTimeout(() => end(streamId), stayMs)
    const decoder = startPictureDecoder(header)
    staying.set(streamId, { header, decoder, leaving })
    return decoder
  }
}

/** What a decoder needs for the newest picture: its header and the key frame. */
type Source = { readonly header: Packet; readonly keyFrame: Packet }

const sourceOf = (hub: Pick<Hub, 'find'>, streamId: string): Source | undefined => {
  const flv = hub.find(streamId)?.flv
  const header = flv?.header('videoHeader')
  const keyFrame = flv?.gop.keyFrame
  return header && keyFrame ? { header, keyFrame } : undefined
}

/** A whole FLV file of one picture. */
const clipOf = ({ header, keyFrame }: Source): Readable =>
  Readable.from([flvHeader({ audio: false, video: true }), header.tag, keyFrame.tag])

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
