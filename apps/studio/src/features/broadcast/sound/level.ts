/** A microphone that is on is never this quiet, not even in an empty room: −66 dB. */
const silentBelow = 0.0005
/** From here to full scale runs the meter, in decibels: speech fills about two thirds of it. */
const dbMin = -54
const silentMsMax = 10_000

/** How loud it is for the eye, 0 … 1, from the effective value of a sound. */
export function levelOf(effective: number): number {
  const db = 20 * Math.log10(Math.max(effective, Number.MIN_VALUE))
  return Math.min(1, Math.max(0, 1 - db / dbMin))
}

/** Since when there has been no sound, after another look; null while there is one. */
export const silentSince = (
  before: number | null,
  { effective, nowMs }: { effective: number; nowMs: number },
): number | null => (effective < silentBelow ? (before ?? nowMs) : null)

/** Whether it has been silent for so long that something is wrong with the microphone. */
export const isTooSilent = (sinceMs: number | null, nowMs: number): boolean =>
  sinceMs !== null && nowMs - sinceMs >= silentMsMax

export type Ear = {
  /** The effective value of the last moment, 0 … 1. */
  readonly listen: () => number
  readonly stop: () => void
}

/** Listens to a track without sending it anywhere. */
export function earOf(track: MediaStreamTrack): Ear {
  const audio = new AudioContext()
  const analyser = audio.createAnalyser()
  audio.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  void audio.resume()
  const samples = new Float32Array(analyser.fftSize)
  return {
    listen() {
      analyser.getFloatTimeDomainData(samples)
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)
    },
    stop: () => void audio.close(),
  }
}
