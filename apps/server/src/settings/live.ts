import { ConfigError, httpUrl, plain, type Setting, wholeNumber, word } from './kinds.ts'

export const liveKinds = ['embedded', 'srs', 'tencent', 'aliyun', 'livekit', 'agora'] as const
export type LiveKind = (typeof liveKinds)[number]

const rtmpUrl = (doc: string): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    if (text === '' || /^rtmps?:\/\/[\w.:[\]-]+\/[\w-]+$/.test(text)) return text
    throw new ConfigError(`${name} must be rtmp(s)://host[:port]/application, but is "${text}".`)
  },
})

const domain = (doc: string): Setting<string> => ({
  fallback: '',
  doc,
  parse: (text, name) => {
    if (/^([a-z0-9-]+(\.[a-z0-9-]+)+)?$/.test(text)) return text
    throw new ConfigError(`${name} must be a domain name in lower case, but is "${text}".`)
  },
})

/** The name of an application in push and play addresses. */
const application = (doc: string): Setting<string> => ({
  fallback: 'live',
  doc,
  parse: (text, name) => {
    if (/^[\w-]{1,40}$/.test(text)) return text
    throw new ConfigError(`${name} must be letters, digits, _ and -, but is "${text}".`)
  },
})

/** Who carries the picture, and what each of them needs. */
export const liveSettings = {
  KAIBO_LIVE: word(
    liveKinds,
    'embedded',
    'Who carries the picture: the embedded media process, an SRS server, a cloud, or rooms of LiveKit or Agora in front of the embedded one.',
  ),
  KAIBO_LIVE_PUSH_HOURS: wholeNumber('hours')(
    '168',
    'How long an encoder may begin to publish with the key it was given, where the cloud checks a signature.',
    { min: 1, max: 2_000 },
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
  KAIBO_TENCENT_PUSH_DOMAIN: domain('Tencent Cloud live: the push domain.'),
  KAIBO_TENCENT_PUSH_KEY: plain('', 'Tencent Cloud live: the key that signs push addresses.'),
  KAIBO_TENCENT_PLAY_DOMAIN: domain(
    'Tencent Cloud live: the play domain, which must answer by https.',
  ),
  KAIBO_TENCENT_PLAY_KEY: plain('', 'Tencent Cloud live: the key that signs play addresses.'),
  KAIBO_TENCENT_SIGNING: word(
    ['md5', 'sha256'],
    'md5',
    'Tencent Cloud live: the signature chosen for both domains.',
  ),
  KAIBO_TENCENT_APP: application('Tencent Cloud live: AppName in push and play addresses.'),
  KAIBO_TENCENT_CALLBACK_KEY: plain('', 'Tencent Cloud live: the key of the callback template.'),
  KAIBO_TENCENT_SECRET_ID: plain(
    '',
    'Tencent Cloud: SecretId with which streams are listed and cut.',
  ),
  KAIBO_TENCENT_SECRET_KEY: plain('', 'Tencent Cloud: SecretKey of that SecretId.'),
  KAIBO_TENCENT_API_URL: httpUrl(
    'Tencent Cloud live: its interface. Empty = https://live.tencentcloudapi.com.',
  ),
  KAIBO_ALIYUN_PUSH_DOMAIN: domain('Aliyun live: the ingest domain.'),
  KAIBO_ALIYUN_PUSH_KEY: plain('', 'Aliyun live: the key that signs push addresses (type A).'),
  KAIBO_ALIYUN_PLAY_DOMAIN: domain(
    'Aliyun live: the streaming domain, which must answer by https.',
  ),
  KAIBO_ALIYUN_PLAY_KEY: plain('', 'Aliyun live: the key that signs play addresses (type A).'),
  KAIBO_ALIYUN_APP: application('Aliyun live: AppName in push and play addresses.'),
  KAIBO_ALIYUN_CALLBACK_KEY: plain('', 'Aliyun live: the key of callback authentication.'),
  KAIBO_ALIYUN_ACCESS_KEY_ID: plain(
    '',
    'Aliyun: AccessKey ID with which streams are listed and cut.',
  ),
  KAIBO_ALIYUN_ACCESS_KEY_SECRET: plain('', 'Aliyun: AccessKey Secret of that ID.'),
  KAIBO_ALIYUN_API_URL: httpUrl('Aliyun live: its interface. Empty = https://live.aliyuncs.com.'),
  KAIBO_LIVEKIT_URL: httpUrl('LiveKit: its server, as this server reaches it.'),
  KAIBO_LIVEKIT_RTMP_URL: rtmpUrl(
    'LiveKit: where its ingress takes RTMP, such as rtmp://livekit.example/x.',
  ),
  KAIBO_LIVEKIT_WHIP_URL: httpUrl(
    'LiveKit: its WHIP ingress as browsers reach it. Empty = browsers do not publish.',
  ),
  KAIBO_LIVEKIT_API_KEY: plain('', 'LiveKit: API key.'),
  KAIBO_LIVEKIT_API_SECRET: plain('', 'LiveKit: API secret.'),
  KAIBO_AGORA_REGION: word(
    ['cn', 'ap', 'na', 'eu'],
    'cn',
    'Agora: region of the media gateway and of media push.',
  ),
  KAIBO_AGORA_APP_ID: plain('', 'Agora: App ID.'),
  KAIBO_AGORA_CERTIFICATE: plain('', 'Agora: App Certificate.'),
  KAIBO_AGORA_CUSTOMER_ID: plain('', 'Agora: Customer ID of the REST interface.'),
  KAIBO_AGORA_CUSTOMER_SECRET: plain('', 'Agora: Customer Secret of the REST interface.'),
  KAIBO_AGORA_CALLBACK_SECRET: plain('', 'Agora: secret of its notifications.'),
  KAIBO_AGORA_API_URL: httpUrl('Agora: its REST interface. Empty = https://api.agora.io.'),
  KAIBO_RELAY_RTMP_URL: rtmpUrl(
    'Where LiveKit or Agora push the picture to our own RTMP port, as they reach it: rtmp://this.host:1935/live.',
  ),
} as const

/** Whether the picture comes to the media process of this installation, straight or from a vendor's room. */
export const comesHere = ({ KAIBO_LIVE: kind }: { KAIBO_LIVE: LiveKind }): boolean =>
  kind === 'embedded' || kind === 'livekit' || kind === 'agora'

type LiveSettingName = keyof typeof liveSettings

const neededBy: Record<LiveKind, readonly LiveSettingName[]> = {
  embedded: [],
  srs: ['KAIBO_SRS_RTMP_URL', 'KAIBO_SRS_PLAY_URL', 'KAIBO_SRS_API_URL'],
  tencent: [
    'KAIBO_TENCENT_PUSH_DOMAIN',
    'KAIBO_TENCENT_PUSH_KEY',
    'KAIBO_TENCENT_PLAY_DOMAIN',
    'KAIBO_TENCENT_PLAY_KEY',
    'KAIBO_TENCENT_CALLBACK_KEY',
    'KAIBO_TENCENT_SECRET_ID',
    'KAIBO_TENCENT_SECRET_KEY',
  ],
  aliyun: [
    'KAIBO_ALIYUN_PUSH_DOMAIN',
    'KAIBO_ALIYUN_PUSH_KEY',
    'KAIBO_ALIYUN_PLAY_DOMAIN',
    'KAIBO_ALIYUN_PLAY_KEY',
    'KAIBO_ALIYUN_CALLBACK_KEY',
    'KAIBO_ALIYUN_ACCESS_KEY_ID',
    'KAIBO_ALIYUN_ACCESS_KEY_SECRET',
  ],
  livekit: [
    'KAIBO_LIVEKIT_URL',
    'KAIBO_LIVEKIT_RTMP_URL',
    'KAIBO_LIVEKIT_API_KEY',
    'KAIBO_LIVEKIT_API_SECRET',
    'KAIBO_RELAY_RTMP_URL',
  ],
  agora: [
    'KAIBO_AGORA_APP_ID',
    'KAIBO_AGORA_CERTIFICATE',
    'KAIBO_AGORA_CUSTOMER_ID',
    'KAIBO_AGORA_CUSTOMER_SECRET',
    'KAIBO_AGORA_CALLBACK_SECRET',
    'KAIBO_RELAY_RTMP_URL',
  ],
}

/** Throws {@link ConfigError}, which names every setting that `KAIBO_LIVE` still needs. */
export function requireLiveSettings(
  config: Readonly<Record<LiveSettingName, unknown>> & { KAIBO_LIVE: LiveKind },
): void {
  const missing = neededBy[config.KAIBO_LIVE].filter(name => config[name] === '')
  if (missing.length === 0) return
  throw new ConfigError(`KAIBO_LIVE=${config.KAIBO_LIVE} needs ${missing.join(', ')}.`)
}
