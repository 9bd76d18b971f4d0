import { AAC_FRAME_SAMPLES, type AacConfig } from './aac-config.ts'
import type { AvcConfig } from './avc-config.ts'
import { box, fullBox, text, u8, u16, u32 } from './boxes.ts'

/** The codecs of one stretch of a stream; a stream may have no sound. */
export type TrackConfigs = { readonly video: AvcConfig; readonly audio: AacConfig | undefined }

export const VIDEO_TRACK = 1
export const AUDIO_TRACK = 2
/** FLV's own clock ticks in milliseconds, so nothing finer is known of video. */
export const VIDEO_TIMESCALE = 1000

const IDENTITY_MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const UNDETERMINED_LANGUAGE = 0x55c4

/** `ftyp` and `moov`: what EXT-X-MAP points at (CMAF header, ISO 23000-19 §7.3.1). */
export const writeInitSegment = ({ video, audio }: TrackConfigs): Buffer => {
  const tracks = audio ? [videoTrack(video), audioTrack(audio)] : [videoTrack(video)]
  const defaults = audio
    ? [trackDefaults(VIDEO_TRACK, 0), audioDefaults]
    : [trackDefaults(VIDEO_TRACK, 0)]
  return Buffer.concat([
    box('ftyp', text('iso6'), u32(0), text('iso6cmfcmp41')),
    box('moov', movieHeader, ...tracks, box('mvex', ...defaults)),
  ])
}

const movieHeader = fullBox(
  'mvhd',
  {},
  u32(0, 0, VIDEO_TIMESCALE, 0, 0x10000),
  u16(0x100, 0),
  u32(0, 0),
  IDENTITY_MATRIX,
  u32(0, 0, 0, 0, 0, 0),
  u32(AUDIO_TRACK + 1),
)

const trackDefaults = (trackId: number, sampleDuration: number): Buffer =>
  fullBox('trex', {}, u32(trackId, 1, sampleDuration, 0, 0))

/** Every audio frame lasts the same, and each can be decoded alone. */
const audioDefaults = trackDefaults(AUDIO_TRACK, AAC_FRAME_SAMPLES)

type Track = {
  readonly id: number
  readonly handler: 'vide' | 'soun'
  readonly timescale: number
  readonly width: number
  readonly height: number
  readonly mediaHeader: Buffer
  readonly sampleEntry: Buffer
}

const track = (of: Track): Buffer => {
  const volume = of.handler === 'soun' ? 0x100 : 0
  const header = fullBox(
    'tkhd',
    { flags: 7 },
    u32(0, 0, of.id, 0, 0),
    u32(0, 0),
    u16(0, 0, volume, 0),
    IDENTITY_MATRIX,
    u32(of.width << 16, of.height << 16),
  )
  const mediaHeader = fullBox('mdhd', {}, u32(0, 0, of.timescale, 0), u16(UNDETERMINED_LANGUAGE, 0))
  const handler = fullBox('hdlr', {}, u32(0), text(of.handler), u32(0, 0, 0), text('Kaibo\0'))
  const here = fullBox('url ', { flags: 1 })
  const dataInfo = box('dinf', fullBox('dref', {}, u32(1), here))
  const noSamples = [
    fullBox('stts', {}, u32(0)),
    fullBox('stsc', {}, u32(0)),
    fullBox('stsz', {}, u32(0, 0)),
    fullBox('stco', {}, u32(0)),
  ]
  const samples = box('stbl', fullBox('stsd', {}, u32(1), of.sampleEntry), ...noSamples)
  return box(
    'trak',
    header,
    box('mdia', mediaHeader, handler, box('minf', of.mediaHeader, dataInfo, samples)),
  )
}

const videoTrack = ({ record, width, height }: AvcConfig): Buffer =>
  track({
    id: VIDEO_TRACK,
    handler: 'vide',
    timescale: VIDEO_TIMESCALE,
    width,
    height,
    mediaHeader: fullBox('vmhd', { flags: 1 }, u16(0, 0, 0, 0)),
    sampleEntry: box(
      'avc1',
      u16(0, 0, 0, 1),
      Buffer.alloc(16),
      u16(width, height),
      u32(0x480000, 0x480000, 0),
      u16(1),
      Buffer.alloc(32),
      u16(24, 0xffff),
      box('avcC', record),
    ),
  })

const audioTrack = (audio: AacConfig): Buffer =>
  track({
    id: AUDIO_TRACK,
    handler: 'soun',
    timescale: audio.sampleRate,
    width: 0,
    height: 0,
    mediaHeader: fullBox('smhd', {}, u16(0, 0)),
    sampleEntry: box(
      'mp4a',
      u16(0, 0, 0, 1),
      u32(0, 0),
      u16(audio.channelCount, 16, 0, 0),
      u16(audio.sampleRate > 0xffff ? 0 : audio.sampleRate, 0),
      elementaryStream(audio.record),
    ),
  })

/** A descriptor with its length in one byte, which is enough for any AAC configuration. */
const descriptor = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content)
  return Buffer.concat([u8(tag, body.length), body])
}

/** The `esds` box (ISO 14496-14 §5.6): AAC in an MPEG-4 stream, buffer and bit rate not stated. */
const elementaryStream = (record: Buffer): Buffer => {
  const config = descriptor(4, u8(0x40, 0x15, 0, 0, 0), u32(0, 0), descriptor(5, record))
  return fullBox('esds', {}, descriptor(3, u16(0), u8(0), config, descriptor(6, u8(2))))
}
