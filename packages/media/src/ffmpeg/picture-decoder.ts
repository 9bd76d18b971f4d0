import { encodeTag, flvHeader, tagType } from '../flv/tag.ts'
import type { Packet } from '../hub/packet.ts'
import { readAvcConfig, withoutUsability } from '../llhls/avc-config.ts'
import { toAvcPayloads } from '../rtp/avc-payload.ts'
import { nalType, typeOfNal } from '../rtp/h264-assembler.ts'
import { readParameterSets, splitNals } from '../rtp/h264-packets.ts'
import { startFfmpeg } from './pipe.ts'

/** One ffmpeg for many pictures of a stream, each of them a key frame on its own. */
export type PictureDecoder = {
  /**
   * The picture as a JPEG, one at a time. Undefined when the child is gone or does not answer in
   * time; it is over then.
   */
  decode(keyFrame: Packet): Promise<Buffer | undefined>
  readonly isOver: boolean
  stop(): void
}

const ANSWER_MAX_MS = 3_000
const JPEG_BYTES_MAX = 2 * 1024 * 1024
const END_OF_JPEG = Buffer.from([0xff, 0xd9])
const PAYLOAD_HEADER_BYTES = 5

/** Whatever waits for a later picture or for more bytes is off: what comes in comes out at once. */
const ARGUMENTS = [
  ...['-flags', 'low_delay', '-threads', '1', '-probesize', '32', '-analyzeduration', '0'],
  ...['-fpsprobesize', '0', '-f', 'flv', '-i', 'pipe:0', '-an'],
  ...['-filter_threads', '1', '-vf', 'scale=480:-2', '-fps_mode', 'passthrough'],
  ...['-c:v', 'mjpeg', '-threads', '1', '-q:v', '4'],
  ...['-f', 'image2pipe', '-flush_packets', '1', 'pipe:1'],
]

/** Starts a decoder for pictures with this header, the FLV packet of an H.264 stream. */
export const startPictureDecoder = (header: Packet): PictureDecoder => {
  let answer: (jpeg?: Buffer) => void = () => {}
  let partial = Buffer.alloc(0)
  let isOver = false

  const stop = (): void => {
    isOver = true
    ffmpeg.stop()
    answer()
  }
  const ffmpeg = startFfmpeg(ARGUMENTS, {
    handleBytes(bytes) {
      partial = Buffer.concat([partial, bytes])
      if (partial.length > JPEG_BYTES_MAX) throw new Error('picture: too large')
      if (!partial.subarray(-END_OF_JPEG.length).equals(END_OF_JPEG)) return
      answer(partial)
      partial = Buffer.alloc(0)
    },
    handleExit: stop,
  })
  ffmpeg.write(Buffer.concat([flvHeader({ audio: false, video: true }), plainHeader(header)]))
  return {
    decode(keyFrame) {
      if (isOver) return Promise.resolve(undefined)
      const { promise, resolve } = Promise.withResolvers<Buffer | undefined>()
      const late = setTimeout(stop, ANSWER_MAX_MS)
      answer = jpeg => {
        clearTimeout(late)
        resolve(jpeg)
      }
      ffmpeg.write(plainPicture(keyFrame))
      return promise
    },
    get isOver() {
      return isOver
    },
    stop,
  }
}

const video = ({ timestampMs }: Packet, payload: Buffer | undefined): Buffer =>
  payload ? encodeTag({ type: tagType.video, timestampMs, payload }) : Buffer.alloc(0)

/** Told nothing about reordering, the decoder does not hold a key frame back for pictures before it. */
const plainHeader = (header: Packet): Buffer => {
  const sets = readParameterSets(readAvcConfig(header.payload).record)
  const nals = sets.map(set => (typeOfNal(set) === nalType.sps ? withoutUsability(set) : set))
  return video(header, toAvcPayloads({ nals }).header)
}

/** Without the parameter sets that some encoders repeat in each key frame. */
const plainPicture = (keyFrame: Packet): Buffer =>
  video(
    keyFrame,
    toAvcPayloads({ nals: splitNals(keyFrame.payload.subarray(PAYLOAD_HEADER_BYTES)) }).frame,
  )
