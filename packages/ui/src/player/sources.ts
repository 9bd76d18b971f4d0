import type { PlayEndpoint } from '@kaibo/contract/show/live'

/** The addresses of one live stream, best first; a room gives what its media server offers. */
export type PlayerSources = readonly Pick<PlayEndpoint, 'protocol' | 'url'>[]

/** How a stream is brought into the `<video>`. */
export type Technique = 'whep' | 'flv' | 'hls' | 'native'
export type Candidate = Pick<PlayEndpoint, 'protocol' | 'url'> & { technique: Technique }

/** What a viewer asks for: what suits the network, what the host sends, or a smaller short side. */
export type Quality = 'auto' | 'source' | number

/** What this browser can do. */
export type Support = {
  /** Media Source Extensions with H.264 and AAC. */
  mse: boolean
  /** The `<video>` plays HLS by itself (Safari, and every browser on iOS). */
  nativeHls: boolean
  webrtc: boolean
}

/**
 * What this browser can play of a stream, in the order of its sources; MSE before its own HLS. Only
 * HLS carries smaller pictures: who asks for one is given that first.
 */
export function chooseCandidates(
  sources: PlayerSources,
  { support, quality = 'auto' }: { support: Support; quality?: Quality },
): Candidate[] {
  const candidates = sources.flatMap(({ protocol, url }): Candidate[] => {
    const technique = techniqueFor(protocol, support)
    const address = protocol === 'wsflv' ? url.replace(/^http/, 'ws') : url
    return technique ? [{ technique, protocol, url: address }] : []
  })
  if (typeof quality !== 'number') return candidates
  const isSmaller = ({ technique }: Candidate) => technique === 'hls'
  return [...candidates.filter(isSmaller), ...candidates.filter(one => !isSmaller(one))]
}

function techniqueFor(
  protocol: PlayEndpoint['protocol'],
  { mse, nativeHls, webrtc }: Support,
): Technique | undefined {
  if (protocol === 'whep') return webrtc ? 'whep' : undefined
  if (protocol === 'flv' || protocol === 'wsflv') return mse ? 'flv' : undefined
  return mse ? 'hls' : nativeHls ? 'native' : undefined
}

/** Asks the browser that runs this. */
export function detectSupport(): Support {
  const h264 = 'video/mp4; codecs="avc1.42E01E,mp4a.40.2"'
  const probe = document.createElement('video')
  return {
    // Not ManagedMediaSource: iPhones play LL-HLS better by themselves.
    mse: 'MediaSource' in globalThis && MediaSource.isTypeSupported(h264),
    nativeHls: probe.canPlayType('application/vnd.apple.mpegurl') !== '',
    webrtc: 'RTCPeerConnection' in globalThis,
  }
}
