import { availableParallelism } from 'node:os'
import { SLOTS_PER_CORE } from '@kaibo/media/ladder/rungs'
import { type MediaWebRtc, readWebRtc } from './webrtc-config.ts'

/** Settings of the media process, read once from its environment. */
export type MediaConfig = {
  readonly secret: string
  readonly httpPort: number
  readonly rtmpPort: number
  readonly bindHost: string
  readonly appUrl: string
  readonly awayGraceSec: number
  readonly streamsMax: number
  readonly webrtc: MediaWebRtc
  /** Viewers of all streams by all protocols. */
  readonly viewersMax: number
  /** What encoders of smaller variants may take together; see `SLOT_COST`. */
  readonly ladderSlots: number
  /** A loop that lags by this takes variants back and lets no WebRTC viewer in; twice it, nobody. */
  readonly lagMaxMs: number
  /** Address of another RTMP server with `{streamId}` in it; empty = streams stay here. */
  readonly forwardUrl: string
  /** Where recordings lie; empty = nothing is recorded. */
  readonly recordingsDir: string
  /** Recordings leave so much of the disk free. */
  readonly freeBytesMin: number
  readonly isChild: boolean
}

const SECRET_LENGTH_MIN = 16
const GIB = 1024 ** 3

const readInteger = (
  env: NodeJS.ProcessEnv,
  setting: { name: string; fallback: number; max: number },
): number => {
  const text = env[setting.name] ?? String(setting.fallback)
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= setting.max) return value
  throw new Error(`${setting.name} must be a whole number from 0 to ${setting.max}.`)
}

/** The address itself may hold a secret, so no sentence repeats it. */
const readForwardUrl = (text: string): string => {
  const isUsable = text.startsWith('rtmp://') && text.includes('{streamId}') && URL.canParse(text)
  if (text === '' || isUsable) return text
  throw new Error('KAIBO_FORWARD_URL must be an rtmp:// address with {streamId} in it.')
}

/** Throws with one clear sentence when a setting is missing or makes no sense. */
export const readConfig = (env: NodeJS.ProcessEnv): MediaConfig => {
  const secret = env.KAIBO_MEDIA_SECRET ?? ''
  if (secret.length < SECRET_LENGTH_MIN) {
    throw new Error(`KAIBO_MEDIA_SECRET must have at least ${SECRET_LENGTH_MIN} characters.`)
  }
  const appUrl = env.KAIBO_APP_URL ?? 'http://127.0.0.1:8080'
  if (!URL.canParse(appUrl)) throw new Error('KAIBO_APP_URL must be an http address.')
  return {
    secret,
    httpPort: readInteger(env, { name: 'KAIBO_MEDIA_PORT', fallback: 8081, max: 65535 }),
    rtmpPort: readInteger(env, { name: 'RTMP_PORT', fallback: 1935, max: 65535 }),
    bindHost: env.KAIBO_MEDIA_BIND ?? '0.0.0.0',
    appUrl,
    awayGraceSec: readInteger(env, { name: 'KAIBO_AWAY_GRACE_SEC', fallback: 30, max: 3600 }),
    streamsMax: readInteger(env, { name: 'KAIBO_MEDIA_STREAMS_MAX', fallback: 50, max: 1000 }),
    viewersMax: readInteger(env, {
      name: 'KAIBO_MEDIA_VIEWERS_MAX',
      fallback: 2_000,
      max: 100_000,
    }),
    recordingsDir: env.KAIBO_RECORDINGS_DIR ?? '',
    freeBytesMin:
      GIB * readInteger(env, { name: 'KAIBO_RECORDINGS_FREE_GIB', fallback: 5, max: 100_000 }),
    webrtc: readWebRtc(env, setting => readInteger(env, setting)),
    ladderSlots: readInteger(env, {
      name: 'KAIBO_LADDER_SLOTS',
      fallback: SLOTS_PER_CORE * availableParallelism(),
      max: 1_000,
    }),
    lagMaxMs: readInteger(env, { name: 'KAIBO_MEDIA_LAG_MAX_MS', fallback: 200, max: 60_000 }),
    forwardUrl: readForwardUrl(env.KAIBO_FORWARD_URL ?? ''),
    isChild: env.KAIBO_PARENT === '1',
  }
}
