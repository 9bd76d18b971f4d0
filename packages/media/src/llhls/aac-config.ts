/** What a player must know of an AAC stream before its first frame. */
export type AacConfig = {
  /** The AudioSpecificConfig (ISO 14496-3 §1.6.2.1), as the publisher sent it. */
  readonly record: Buffer
  readonly sampleRate: number
  readonly channelCount: number
  /** RFC 6381 name, such as `mp4a.40.2`. */
  readonly codec: string
}

/** Samples in one AAC frame, and so its duration in the track's time scale. */
export const AAC_FRAME_SAMPLES = 1024

const SAMPLE_RATES = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
]

/** Reads the payload of an FLV AAC sequence header. Throws when it is malformed. */
export const readAacConfig = (payload: Buffer): AacConfig => {
  const record = payload.subarray(2)
  const bits = record.readUInt16BE(0)
  const objectType = bits >> 11
  const sampleRate = SAMPLE_RATES[(bits >> 7) & 15]
  const channels = (bits >> 3) & 15
  if (objectType === 0 || sampleRate === undefined) throw new Error('aac: bad configuration')
  const channelCount = channels === 7 ? 8 : Math.max(1, channels)
  return { record, sampleRate, channelCount, codec: `mp4a.40.${objectType}` }
}
