/** Samples per second that Opus counts in, whatever was recorded (RFC 7587 §4.1). */
export const OPUS_RATE = 48_000

/** Twenty milliseconds of silence that every decoder takes (CELT, full band, mono). */
export const OPUS_SILENCE = Buffer.from([0xf8, 0xff, 0xfe])
export const OPUS_SILENCE_SAMPLES = 960

const SILK_SAMPLES = [480, 960, 1920, 2880]
const HYBRID_SAMPLES = [480, 960]
const CELT_SAMPLES = [120, 240, 480, 960]

const frameSamples = (config: number): number | undefined => {
  if (config < 12) return SILK_SAMPLES[config & 3]
  if (config < 16) return HYBRID_SAMPLES[config & 1]
  return CELT_SAMPLES[config & 3]
}

/** Samples in a packet (RFC 6716 §3.1); 0 when it is malformed. At most 120 ms. */
export const opusSamples = (packet: Buffer): number => {
  const [first, second] = packet
  if (first === undefined) return 0
  const code = first & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (second ?? 0) & 63
  const samples = frames * (frameSamples(first >> 3) ?? 0)
  return samples <= 5_760 ? samples : 0
}
