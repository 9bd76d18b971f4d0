import { isIP } from 'node:net'
import { type IceServer, iceServersAt, readIceUrls } from '@kaibo/media/webrtc/ice-servers'
import type { WebRtcSettings } from '@kaibo/media/webrtc/peer'

export type MediaWebRtc = {
  readonly settings: WebRtcSettings
  /** STUN and TURN servers for browsers, with names that are good from now on. */
  iceServers(): IceServer[]
  /** Viewers by WebRTC. */
  readonly viewersMax: number
  /** Pictures of browsers that may be encoded at a time, because they are not H.264. */
  readonly encodersMax: number
}

const PORT_MIN = 1_024

/** Throws with one clear sentence when a setting makes no sense. */
export const readWebRtc = (env: NodeJS.ProcessEnv): MediaWebRtc => {
  const ice = {
    urls: readIceUrls(env.KAIBO_WEBRTC_ICE_URLS ?? '', 'KAIBO_WEBRTC_ICE_URLS'),
    turnSecret: env.KAIBO_WEBRTC_TURN_SECRET ?? '',
    turnUsername: env.KAIBO_WEBRTC_TURN_USERNAME ?? '',
    turnCredential: env.KAIBO_WEBRTC_TURN_CREDENTIAL ?? '',
  }
  const publicAddress = env.KAIBO_WEBRTC_PUBLIC_ADDRESS ?? ''
  if (publicAddress !== '' && isIP(publicAddress) === 0) {
    throw new Error('KAIBO_WEBRTC_PUBLIC_ADDRESS must be an IP address.')
  }
  return {
    settings: {
      udpPorts: readPorts(env.KAIBO_WEBRTC_UDP_PORTS ?? ''),
      publicAddress: publicAddress === '' ? undefined : publicAddress,
    },
    viewersMax: readCount(env, { name: 'KAIBO_WEBRTC_VIEWERS_MAX', fallback: 30, max: 1_000 }),
    encodersMax: readCount(env, { name: 'KAIBO_INGEST_ENCODERS_MAX', fallback: 1, max: 16 }),
    iceServers: () => iceServersAt(ice, Date.now() / 1000),
  }
}

const readPorts = (text: string): [number, number] | undefined => {
  if (text === '') return undefined
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? []
  const [min, max] = [Number(first), Number(last)]
  if (first !== undefined && min >= PORT_MIN && max > min && max <= 65_535) return [min, max]
  throw new Error('KAIBO_WEBRTC_UDP_PORTS must be a range such as 50000-50199.')
}

const readCount = (
  env: NodeJS.ProcessEnv,
  setting: { name: string; fallback: number; max: number },
): number => {
  const text = env[setting.name] ?? String(setting.fallback)
  if (/^\d+$/.test(text) && Number(text) <= setting.max) return Number(text)
  throw new Error(`${setting.name} must be a whole number from 0 to ${setting.max}.`)
}
