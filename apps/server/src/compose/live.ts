import { hourMs, secondMs } from '@kaibo/kernel/clock'
import type { Live, LiveProvider } from '@kaibo/modules/live'
import { createLiveAgora } from '@kaibo/providers/live-agora'
import { createLiveAliyun } from '@kaibo/providers/live-aliyun'
import { createLiveEmbedded } from '@kaibo/providers/live-embedded'
import { createLiveLiveKit } from '@kaibo/providers/live-livekit'
import { createLiveSrs } from '@kaibo/providers/live-srs'
import { createLiveTencent } from '@kaibo/providers/live-tencent'
import { mediaControlUrl, publicUrl } from '../config.ts'
import { iceServersOf } from '../settings/webrtc.ts'
import type { Base } from './base.ts'

/** What a higher layer hands over, late. */
export type LiveLate = Pick<Live, 'leaveFor'>

/** Who carries the picture, as `KAIBO_LIVE` says. */
export function composeLive(base: Base, late: LiveLate): LiveProvider {
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
    case 'tencent':
      return composeTencent(base)
    case 'aliyun':
      return composeAliyun(base)
    case 'livekit':
      return composeLiveKit(base, late)
    case 'agora':
      return composeAgora(base, late)
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
    iceServers: () => iceServersOf(config, clock.now()),
  })

const pushSecOf = ({ config }: Base) => (config.KAIBO_LIVE_PUSH_HOURS * hourMs) / secondMs

const composeTencent = (base: Base) =>
  createLiveTencent({
    clock: base.clock,
    apiUrl: base.config.KAIBO_TENCENT_API_URL || 'https://live.tencentcloudapi.com',
    secretId: base.config.KAIBO_TENCENT_SECRET_ID,
    secretKey: base.config.KAIBO_TENCENT_SECRET_KEY,
    pushDomain: base.config.KAIBO_TENCENT_PUSH_DOMAIN,
    pushKey: base.config.KAIBO_TENCENT_PUSH_KEY,
    pushSec: pushSecOf(base),
    playDomain: base.config.KAIBO_TENCENT_PLAY_DOMAIN,
    playKey: base.config.KAIBO_TENCENT_PLAY_KEY,
    signing: base.config.KAIBO_TENCENT_SIGNING,
    app: base.config.KAIBO_TENCENT_APP,
    callbackKey: base.config.KAIBO_TENCENT_CALLBACK_KEY,
  })

const composeAliyun = (base: Base) =>
  createLiveAliyun({
    clock: base.clock,
    apiUrl: base.config.KAIBO_ALIYUN_API_URL || 'https://live.aliyuncs.com',
    accessKeyId: base.config.KAIBO_ALIYUN_ACCESS_KEY_ID,
    accessKeySecret: base.config.KAIBO_ALIYUN_ACCESS_KEY_SECRET,
    pushDomain: base.config.KAIBO_ALIYUN_PUSH_DOMAIN,
    pushKey: base.config.KAIBO_ALIYUN_PUSH_KEY,
    pushSec: pushSecOf(base),
    playDomain: base.config.KAIBO_ALIYUN_PLAY_DOMAIN,
    playKey: base.config.KAIBO_ALIYUN_PLAY_KEY,
    app: base.config.KAIBO_ALIYUN_APP,
    callbackKey: base.config.KAIBO_ALIYUN_CALLBACK_KEY,
    callbackHost: new URL(publicUrl(base.config)).hostname,
  })

/** Vendors' rooms take hosts in; the audience watches the embedded media process. */
const relayOf = (base: Base, { leaveFor }: LiveLate) => ({
  audience: composeEmbedded(base),
  relayUrl: base.config.KAIBO_RELAY_RTMP_URL,
  leaveFor,
})

const composeLiveKit = (base: Base, late: LiveLate) =>
  createLiveLiveKit({
    ...relayOf(base, late),
    clock: base.clock,
    url: base.config.KAIBO_LIVEKIT_URL,
    rtmpUrl: base.config.KAIBO_LIVEKIT_RTMP_URL,
    whipUrl: base.config.KAIBO_LIVEKIT_WHIP_URL,
    apiKey: base.config.KAIBO_LIVEKIT_API_KEY,
    apiSecret: base.config.KAIBO_LIVEKIT_API_SECRET,
  })

const composeAgora = (base: Base, late: LiveLate) =>
  createLiveAgora({
    ...relayOf(base, late),
    clock: base.clock,
    apiUrl: base.config.KAIBO_AGORA_API_URL || 'https://api.agora.io',
    region: base.config.KAIBO_AGORA_REGION,
    appId: base.config.KAIBO_AGORA_APP_ID,
    certificate: base.config.KAIBO_AGORA_CERTIFICATE,
    customerId: base.config.KAIBO_AGORA_CUSTOMER_ID,
    customerSecret: base.config.KAIBO_AGORA_CUSTOMER_SECRET,
    callbackSecret: base.config.KAIBO_AGORA_CALLBACK_SECRET,
    pushSec: pushSecOf(base),
  })
