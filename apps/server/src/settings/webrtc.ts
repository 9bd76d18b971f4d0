import { type IceServer, iceServersAt } from '@kaibo/media/webrtc/ice-servers'
import { readIceUrls, readPublicAddress, readUdpPorts } from '@kaibo/media/webrtc/settings'
import { ConfigError, plain, type Setting, wholeNumber } from './kinds.ts'

/** A text that is checked here and read by the media process. */
const checked = (doc: string, read: (text: string, name: string) => unknown): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    try {
      read(text, name)
      return text
    } catch (error) {
      throw new ConfigError(error instanceof Error ? error.message : String(error))
    }
  },
})

/** Publishing from browsers and watching by WebRTC, with the embedded media process. */
export const webRtcSettings = {
  KAIBO_WEBRTC_UDP_PORTS: checked(
    'UDP ports for WebRTC, such as 50000-50199: one for each publisher and viewer. Empty = any free ones.',
    readUdpPorts,
  ),
  KAIBO_WEBRTC_PUBLIC_ADDRESS: checked(
    'IP address at which browsers reach those ports, where it is not one of this machine (1:1 NAT).',
    readPublicAddress,
  ),
  KAIBO_WEBRTC_ICE_URLS: checked(
    'STUN and TURN servers for browsers, separated by commas: stun:host:port, turn:host:port, turns:….',
    readIceUrls,
  ),
  KAIBO_WEBRTC_TURN_USERNAME: plain(
    '',
    'A fixed name at the TURN server. Empty = names are made of KAIBO_WEBRTC_TURN_SECRET.',
  ),
  KAIBO_WEBRTC_TURN_SECRET: plain(
    '',
    'The password of that name, or the secret that the TURN server shares (coturn: use-auth-secret).',
  ),
  KAIBO_WEBRTC_VIEWERS_MAX: wholeNumber('viewers')(
    '30',
    'Viewers by WebRTC at a time; the others watch a second later.',
    { min: 0, max: 1_000 },
  ),
  KAIBO_INGEST_ENCODERS_MAX: wholeNumber('encoders')(
    '1',
    'Browser pictures that may be encoded at a time, because they are not H.264: half a core each.',
    { min: 0, max: 16 },
  ),
} as const

type WebRtcConfig = Readonly<Record<keyof typeof webRtcSettings, string | number>>

/** What the media process reads of these. */
export const webRtcEnv = (config: WebRtcConfig): Record<string, string> =>
  Object.fromEntries(
    Object.keys(webRtcSettings).map(name => [name, String(Reflect.get(config, name))]),
  )

/** STUN and TURN servers for browsers, with names that are good from now on. */
export const iceServersOf = (config: WebRtcConfig, now: Date): IceServer[] =>
  iceServersAt(
    {
      urls: readIceUrls(String(config.KAIBO_WEBRTC_ICE_URLS), 'KAIBO_WEBRTC_ICE_URLS'),
      turnUsername: String(config.KAIBO_WEBRTC_TURN_USERNAME),
      turnSecret: String(config.KAIBO_WEBRTC_TURN_SECRET),
    },
    now.getTime() / 1_000,
  )
