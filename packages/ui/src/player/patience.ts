import type { Technique } from './sources.ts'

/** While other ways wait for their turn, one without a picture after this long has failed. */
export const connectMsMax: Readonly<Record<Technique, number>> = {
  whep: 3_000,
  flv: 5_000,
  hls: 8_000,
  native: 8_000,
}
/** When all have had their turn. */
export const patientConnectMsMax = 12_000
/** With what is in the buffers, people are told within five seconds. */
export const awayAfterMs = 3_500
export const reopenAfterMs = 15_000
/** The host is back: where no picture comes by itself, the stream is opened anew. */
export const backWithinMs = 1_000
/** With the longest pause of 15 s this is about a quarter of an hour. */
export const attemptsMax = 60
export const patientAttemptsMax = 3

/** The pause before attempt n (from 1): doubling from half a second to 15 s, half of it random. */
export function retryDelayMs(attempt: number, random: () => number): number {
  const ceilingMs = Math.min(15_000, 500 * 2 ** (attempt - 1))
  return ceilingMs / 2 + (random() * ceilingMs) / 2
}
