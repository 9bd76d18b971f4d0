import { type IceServer, iceServersAt } from '@kaibo/media/webrtc/ice-servers'
import type { WebRtcSettings } from '@kaibo/media/webrtc/peer'
import { readIceUrls, readPublicAddress, readUdpPorts } from '@kaibo/media/webrtc/settings'

export type MediaWebRtc = {
  readonly settings: WebRtcSettings
  /** STUN and TURN servers for browsers, with names that are good from now on. */
  iceServers(): IceServer[]
  /** Viewers by WebRTC. */
  readonly viewersMax: number
  /** Pictures of browsers that may be encoded at a time, because they are not H.264. */
  readonly encodersMax: number
}

type ReadInteger = (setting: { name: string; fallback: number; max: number }) => number

/** Throws with one clear sentence when a setting makes no sense. */
export const readWebRtc = (env: NodeJS.ProcessEnv, readInteger: ReadInteger): MediaWebRtc => {
  const read = <T>(name: string, parse: (text: string, name: string) => T): T =>
    parse(env[name] ?? '', name)
  const ice = {
    urls: read('KAIBO_WEBRTC_ICE_URLS', readIceUrls),
    turnUsername: env.KAIBO_WEBRTC_TURN_USERNAME ?? '',
    turnSecret: env.KAIBO_WEBRTC_TURN_SECRET ?? '',
  }
  return {
    settings: {
      udpPorts: read('KAIBO_WEBRTC_UDP_PORTS', readUdpPorts),
      publicAddress: read('KAIBO_WEBRTC_PUBLIC_ADDRESS', readPublicAddress),
    },
    iceServers: () => iceServersAt(ice, Date.now() / 1000),
    viewersMax: readInteger({ name: 'KAIBO_WEBRTC_VIEWERS_MAX', fallback: 30, max: 1_000 }),
    encodersMax: readInteger({ name: 'KAIBO_INGEST_ENCODERS_MAX', fallback: 1, max: 16 }),
  }
}
