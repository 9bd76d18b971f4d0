import type { PlayEndpoint } from '@kaibo/contract/show/live'

/** The addresses of one live stream, best first; a room gives what its media server offers. */
export type PlayerSources = readonly Pick<PlayEndpoint, 'protocol' | 'url'>[]

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

/** What this browser can play of a stream, in the order of its sources; MSE before its own HLS. */
export function chooseCandidates(sources: PlayerSources, support: Support): Candidate[] {
  return sources.flatMap(({ protocol, url }): Candidate[] => {
    switch (protocol) {
      case 'flv':
        return support.mse ? [{ technique: 'flv', url }] : []
      case 'llhls':
      case 'hls':
        if (support.mse) return [{ technique: 'hls', url }]
        return support.nativeHls ? [{ technique: 'native', url }] : []
      default:
        return []
    }
  })
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
