import type { LiveProvider } from '@kaibo/modules/live'
import { createLiveEmbedded } from '@kaibo/providers/live-embedded'
import { createLiveSrs } from '@kaibo/providers/live-srs'
import { mediaControlUrl } from '../config.ts'
import type { Base } from './base.ts'

/** Who carries the picture, as `KAIBO_LIVE` says. */
export function composeLive(base: Base): LiveProvider {
  const { config, clock, deriveKey } = base
  switch (config.KAIBO_LIVE) {
    case 'srs':
      return createLiveSrs({
        clock,
        secret: deriveKey('live-play').toString('base64url'),
        rtmpUrl: config.KAIBO_SRS_RTMP_URL,
        playUrl: config.KAIBO_SRS_PLAY_URL,
        webrtcUrl: config.KAIBO_SRS_WEBRTC_URL,
        apiUrl: config.KAIBO_SRS_API_URL,
        apiAuth: config.KAIBO_SRS_API_AUTH,
      })
    case 'embedded':
      return composeEmbedded(base)
  }
}

const composeEmbedded = ({ config, clock, mediaSecret }: Base) =>
  createLiveEmbedded({
    clock,
    secret: mediaSecret,
    controlUrl: mediaControlUrl(config),
    rtmpPort: config.RTMP_PORT,
    mediaPort: config.KAIBO_MEDIA_PORT,
    mediaUrl: config.KAIBO_MEDIA_URL,
  })
