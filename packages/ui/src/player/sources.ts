/** The addresses of one live stream; a room gives what its media server offers. */
export type PlayerSources = { flv?: string | undefined; llhls?: string | undefined }

/** How a stream is brought into the `<video>`. */
export type Technique = 'flv' | 'hls' | 'native'
export type Candidate = { technique: Technique; url: string }

/** What this browser can do. */
export type Support = {
  /** Media Source Extensions with H.264 and AAC. */
  mse: boolean
  /** The `<video>` plays HLS by itself (Safari, and every browser on iOS). */
  nativeHls: boolean
}

/**
 * The ways to play a stream, best first. HTTP-FLV has the lowest delay wherever MSE exists;
 * LL-HLS through hls.js stands in for it; iPhones without MSE play LL-HLS by themselves.
 */
export function chooseCandidates(sources: PlayerSources, support: Support): Candidate[] {
  const { flv, llhls } = sources
  const candidates: Candidate[] = []
  if (flv && support.mse) candidates.push({ technique: 'flv', url: flv })
  if (llhls && support.mse) candidates.push({ technique: 'hls', url: llhls })
  if (llhls && support.nativeHls) candidates.push({ technique: 'native', url: llhls })
  return candidates
}

/** Asks the browser that runs this. */
export function detectSupport(): Support {
  const h264 = 'video/mp4; codecs="avc1.42E01E,mp4a.40.2"'
  const probe = document.createElement('video')
  return {
    // Not ManagedMediaSource: iPhones play LL-HLS better by themselves.
    mse: 'MediaSource' in globalThis && MediaSource.isTypeSupported(h264),
    nativeHls: probe.canPlayType('application/vnd.apple.mpegurl') !== '',
  }
}
