import { ConfigError, httpUrl, plain, type Setting, word } from './kinds.ts'

export const liveKinds = ['embedded', 'srs'] as const
export type LiveKind = (typeof liveKinds)[number]

const rtmpUrl = (doc: string): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    if (text === '' || /^rtmps?:\/\/[\w.:[\]-]+\/[\w-]+$/.test(text)) return text
    throw new ConfigError(`${name} must be rtmp(s)://host[:port]/application, but is "${text}".`)
  },
})

/** Who carries the picture, and what each of them needs. */
export const liveSettings = {
  KAIBO_LIVE: word(
    liveKinds,
    'embedded',
    'Who carries the picture: the embedded media process, or an SRS server.',
  ),
  KAIBO_SRS_RTMP_URL: rtmpUrl('SRS: where encoders publish, such as rtmp://srs.example/live.'),
  KAIBO_SRS_PLAY_URL: httpUrl(
    'SRS: where players fetch HTTP-FLV and HLS, such as http://srs.example:8080.',
  ),
  KAIBO_SRS_WEBRTC_URL: httpUrl(
    'SRS: where browsers reach WHIP and WHEP. Empty = neither is offered.',
  ),
  KAIBO_SRS_API_URL: httpUrl(
    'SRS: its HTTP interface as this server reaches it, such as http://127.0.0.1:1985.',
  ),
  KAIBO_SRS_API_AUTH: plain(
    '',
    'SRS: user:password of its HTTP interface. Empty = it asks for none.',
  ),
} as const

type LiveSettingName = keyof typeof liveSettings

const neededBy: Record<LiveKind, readonly LiveSettingName[]> = {
  embedded: [],
  srs: ['KAIBO_SRS_RTMP_URL', 'KAIBO_SRS_PLAY_URL', 'KAIBO_SRS_API_URL'],
}

/** Throws {@link ConfigError}, which names every setting that `KAIBO_LIVE` still needs. */
export function requireLiveSettings(
  config: Readonly<Record<LiveSettingName, unknown>> & { KAIBO_LIVE: LiveKind },
): void {
  const missing = neededBy[config.KAIBO_LIVE].filter(name => config[name] === '')
  if (missing.length === 0) return
  throw new ConfigError(`KAIBO_LIVE=${config.KAIBO_LIVE} needs ${missing.join(', ')}.`)
}
