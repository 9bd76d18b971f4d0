import { type AacConfig, readAacConfig } from '../llhls/aac-config.ts'
import { type AvcConfig, readAvcConfig } from '../llhls/avc-config.ts'

/** What browsers decode: 8 bits, 4:2:0. Baseline, main, extended and high profile. */
const PROFILES = [66, 77, 88, 100]
/** 4096 × 2304, the largest picture of H.264 level 5.1. */
const PICTURE_PX_MAX = 4096 * 2304
/** AAC-LC, and LC with the extensions of HE-AAC v1 and v2. */
const AUDIO_OBJECT_TYPES = ['mp4a.40.2', 'mp4a.40.5', 'mp4a.40.29']

export type Refused = { readonly refused: string }

/** Reads a decoder header that viewers' decoders will be set up with, or says why it is no good. */
export const readVideoHeader = (payload: Buffer): AvcConfig | Refused => {
  const config = attempt(() => readAvcConfig(payload))
  if (config === undefined) return { refused: 'codec.header_broken' }
  const { record, width, height } = config
  if (!PROFILES.includes(record.readUInt8(1))) return { refused: 'codec.profile_unsupported' }
  const isSized = width > 0 && height > 0 && width * height <= PICTURE_PX_MAX
  return isSized ? config : { refused: 'codec.picture_too_large' }
}

export const readAudioHeader = (payload: Buffer): AacConfig | Refused => {
  const config = attempt(() => readAacConfig(payload))
  if (config === undefined) return { refused: 'codec.header_broken' }
  const isKnown = AUDIO_OBJECT_TYPES.includes(config.codec)
  return isKnown ? config : { refused: 'codec.audio_unsupported' }
}

const attempt = <Config>(read: () => Config): Config | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}
