import { isAbsolute, join, resolve } from 'node:path'
import { isAddressOrSubnet } from './http/proxies.ts'
import { ConfigError, days, flag, httpUrl, plain, port, seconds, word } from './settings/kinds.ts'
import { liveSettings, requireLiveSettings } from './settings/live.ts'
import { mediaSettings } from './settings/media.ts'
import { recordingSettings, requireRecordingSettings } from './settings/recording.ts'
import { requireReviewSettings, reviewSettings } from './settings/review.ts'
import { webRtcSettings } from './settings/webrtc.ts'

export { ConfigError } from './settings/kinds.ts'

export const processRoles = ['api', 'realtime', 'worker', 'media'] as const
export type ProcessRole = (typeof processRoles)[number]

/** Every setting of the product: environment variable → default, meaning, check. */
export const settings = {
  PORT: port('8080', 'Port of the shop, the studio, the console and the API.'),
  RTMP_PORT: port('1935', 'Port on which encoders (OBS, ffmpeg) publish.'),
  KAIBO_MEDIA_PORT: port('8081', 'Port on which players fetch the picture (HTTP-FLV, LL-HLS).'),
  KAIBO_BIND: plain('0.0.0.0', 'Address to listen on.'),
  KAIBO_DATA_DIR: {
    fallback: './data',
    doc: 'Directory of the embedded database, files and keys.',
    parse: (text: string) => (isAbsolute(text) ? text : resolve(text)),
  },
  DATABASE_URL: {
    fallback: '',
    doc: 'A PostgreSQL server (15–18) to use instead of the embedded one: postgres://…',
    parse: (text: string, name: string) => {
      if (text === '' || /^postgres(ql)?:\/\//.test(text)) return text
      throw new ConfigError(`${name} must begin with postgres://, but does not.`)
    },
  },
  KAIBO_ROLES: {
    fallback: processRoles.join(','),
    doc: `What this process does, separated by commas: ${processRoles.join(', ')}.`,
    parse: (text: string, name: string): ProcessRole[] =>
      text.split(',').map(part => {
        const role = processRoles.find(candidate => candidate === part.trim())
        if (role) return role
        throw new ConfigError(`${name} knows ${processRoles.join(', ')}, but not "${part.trim()}".`)
      }),
  },
  KAIBO_DEMO: flag('1', 'Demo shop, demo accounts and a moving demo room. 0 = an empty platform.'),
  NODE_ENV: word(
    ['development', 'production', 'test'],
    'development',
    'production refuses demo data, the SMS outbox and the sandbox cashier unless KAIBO_ALLOW_DEMO=1.',
  ),
  KAIBO_ALLOW_DEMO: flag('0', 'Allow demo parts in production mode (a public demo site).'),
  KAIBO_PUBLIC_URL: httpUrl(
    'Address at which people reach the shop; https makes cookies Secure. Empty = http://localhost:PORT.',
  ),
  KAIBO_MEDIA_URL: httpUrl(
    'Address at which players reach the media port. Empty = the host of the page with KAIBO_MEDIA_PORT.',
  ),
  KAIBO_API_URL: httpUrl(
    'Address at which the other processes of this installation reach the role api. Empty = http://127.0.0.1:PORT.',
  ),
  KAIBO_MEDIA_CONTROL_URL: httpUrl(
    'Address at which this process reaches the media process. Empty = http://127.0.0.1:KAIBO_MEDIA_PORT.',
  ),
  KAIBO_FANOUT: word(
    ['auto', 'memory', 'postgres', 'redis'],
    'auto',
    'What joins the sockets of several processes. auto = postgres as soon as roles are split; set postgres or redis when the same roles run twice.',
  ),
  KAIBO_REDIS_URL: {
    fallback: '',
    doc: 'The Redis of KAIBO_FANOUT=redis: redis[s]://[user:password@]host[:port][/database], or the path of a unix socket.',
    parse: (text: string, name: string) => {
      if (text === '' || text.startsWith('/') || /^rediss?:\/\//.test(text)) return text
      throw new ConfigError(`${name} must begin with redis://, rediss:// or /, but does not.`)
    },
  },
  KAIBO_TRUST_PROXY: {
    fallback: '',
    doc: 'Addresses or subnets of reverse proxies whose X-Forwarded-For is believed, separated by commas.',
    parse: (text: string, name: string): string[] =>
      text.split(',').flatMap(part => {
        const entry = part.trim()
        if (entry === '' || isAddressOrSubnet(entry)) return entry === '' ? [] : [entry]
        throw new ConfigError(`${name} must be addresses or subnets, but holds "${entry}".`)
      }),
  },
  KAIBO_METRICS_TOKEN: plain(
    '',
    'Bearer token with which /metrics may be read from other machines. Empty = /metrics answers this machine only.',
  ),
  KAIBO_REVIEW_PRODUCTS: flag(
    '0',
    'Products and documents of shops are reviewed by the platform before they count. 0 = approved at once.',
  ),
  KAIBO_PAY_WINDOW_SEC: seconds('1800', 'How long an order waits for payment before it closes.', {
    min: 5,
    max: 86_400,
  }),
  KAIBO_RECEIPT_DAYS: days('10', 'Days after which a shipped order completes by itself.', {
    min: 1,
    max: 90,
  }),
  KAIBO_AWAY_GRACE_SEC: seconds('60', 'How long a room waits for a lost host before it ends.', {
    min: 5,
    max: 3_600,
  }),
  ...liveSettings,
  ...webRtcSettings,
  ...mediaSettings,
  ...reviewSettings,
  ...recordingSettings,
  KAIBO_LOG_LEVEL: word(
    ['fatal', 'error', 'warn', 'info', 'debug'],
    'warn',
    'How much is logged, as JSON lines on standard error.',
  ),
} as const

type Settings = typeof settings
export type Config = { readonly [K in keyof Settings]: ReturnType<Settings[K]['parse']> }

/** Reads and checks every setting. Throws {@link ConfigError} with one clear sentence. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const entries = Object.entries(settings).map(([name, setting]) => [
    name,
    setting.parse(env[name] || setting.fallback, name),
  ])
  const config: Config = Object.fromEntries(entries)
  const ports = [config.PORT, config.RTMP_PORT, config.KAIBO_MEDIA_PORT]
  if (new Set(ports).size < ports.length) {
    throw new ConfigError('PORT, RTMP_PORT and KAIBO_MEDIA_PORT must be three different ports.')
  }
  if (config.KAIBO_FANOUT === 'redis' && config.KAIBO_REDIS_URL === '') {
    throw new ConfigError('KAIBO_FANOUT=redis needs KAIBO_REDIS_URL.')
  }
  requireReviewSettings(config)
  requireLiveSettings(config)
  requireRecordingSettings(config)
  return config
}

/** Whether demo data, the SMS outbox and the sandbox cashier may exist. */
export const demoAllowed = (config: Config): boolean =>
  config.NODE_ENV !== 'production' || config.KAIBO_ALLOW_DEMO

/** Where somebody reaches us who asked for `host`, unless the operator says where everybody does. */
export const originAt = (config: Config, host: string): string =>
  config.KAIBO_PUBLIC_URL || `http://${host}`

export const publicUrl = (config: Config): string =>
  config.KAIBO_PUBLIC_URL || `http://localhost:${config.PORT}`

/** A site that people reach from elsewhere shows no outbox: its proxy may call from the loopback. */
export const isPrivate = (config: Config): boolean =>
  /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(publicUrl(config)).hostname)

/** Where processes of this installation reach the role `api`. */
export const apiUrl = (config: Config): string =>
  config.KAIBO_API_URL || `http://127.0.0.1:${config.PORT}`

/** Where the media process records. */
export const recordingsDir = (config: Config): string =>
  config.KAIBO_RECORDINGS_DIR || join(config.KAIBO_DATA_DIR, 'recordings')

/** Where processes of this installation reach the media process. */
export const mediaControlUrl = (config: Config): string =>
  config.KAIBO_MEDIA_CONTROL_URL || `http://127.0.0.1:${config.KAIBO_MEDIA_PORT}`

/** The table of `kaibo config`; what is secret in it is masked. */
export function describeConfig(config: Config): { name: string; value: string; doc: string }[] {
  return Object.entries(settings).map(([name, { doc }]) => ({
    name,
    value: shown(name, String(config[name as keyof Config])),
    doc,
  }))
}

const shown = (name: string, value: string): string =>
  /_(TOKEN|KEY|SECRET|AUTH|CERTIFICATE|FORWARD_URL)$/.test(name) && value !== ''
    ? '***'
    : value.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@')
