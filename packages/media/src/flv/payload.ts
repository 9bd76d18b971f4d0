import { tagType } from './tag.ts'

/** What a tag's payload is. Only H.264 and AAC pass: what every browser and iOS can play. */
export type PayloadKind =
  | 'videoHeader'
  | 'keyFrame'
  | 'interFrame'
  | 'audioHeader'
  | 'audioFrame'
  | 'metadata'
  | 'ignored'
  | 'unsupportedVideo'
  | 'unsupportedAudio'

const AVC = 7
const AAC = 10
const ENHANCED_RTMP = 0x80

const classifyVideo = (payload: Buffer): PayloadKind => {
  const first = payload.readUInt8(0)
  if ((first & ENHANCED_RTMP) !== 0 || (first & 15) !== AVC) return 'unsupportedVideo'
  if (payload.length < 5) return 'ignored'
  const packetType = payload.readUInt8(1)
  if (packetType === 0) return 'videoHeader'
  if (packetType !== 1) return 'ignored'
  return first >> 4 === 1 ? 'keyFrame' : 'interFrame'
}

const classifyAudio = (payload: Buffer): PayloadKind => {
  if (payload.readUInt8(0) >> 4 !== AAC) return 'unsupportedAudio'
  if (payload.length < 3) return 'ignored'
  return payload.readUInt8(1) === 0 ? 'audioHeader' : 'audioFrame'
}

/** Tells what an audio, video or script payload carries (FLV 10.1, annex E.4). */
export const classify = (type: number, payload: Buffer): PayloadKind => {
  if (payload.length === 0) return 'ignored'
  if (type === tagType.video) return classifyVideo(payload)
  if (type === tagType.audio) return classifyAudio(payload)
  return type === tagType.script ? 'metadata' : 'ignored'
}
