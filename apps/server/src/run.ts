import { spawnSync } from 'node:child_process'
import { type PublishLoop, publishFlvLoop } from '@kaibo/media/rtmp/publish-loop'
import type { Logger } from 'pino'
import { type Booted, boot } from './boot.ts'
import { apiUrl, type Config, demoAllowed, type ProcessRole, recordingsDir } from './config.ts'
import { demoStreamKey } from './demo/accounts.ts'
import { demoClip, seedDemo } from './demo/seed.ts'
import { createLog } from './log.ts'
import { type MediaProcess, startMediaProcess } from './media-process.ts'
import { requireFreePort } from './ports.ts'
import { deriveKey, loadSecrets, mediaSecretOf } from './secrets.ts'
import { type Served, serve } from './serve.ts'
import { comesHere } from './settings/live.ts'
import { mediaEnv } from './settings/media.ts'
import { webRtcEnv } from './settings/webrtc.ts'
import type { StartFacts } from './start-table.ts'
import { startWork } from './work.ts'

/** What runs; parts are filled in one after the other, so that a start that fails can be undone. */
type Parts = {
  booted?: Booted
  served?: Served
  media?: MediaProcess
  stopWork?: () => Promise<void>
  publishing: AbortController
}

export type Running = {
  /** Does what the roles say; resolves when everything answers. */
  start(): Promise<Omit<StartFacts, 'startedInMs'>>
  /** Stops what was started: visitors first, the database last. */
  stop(): Promise<void>
}

/** One process of the server, whatever its roles. */
export function createRunning(config: Config): Running {
  const parts: Parts = { publishing: new AbortController() }
  return {
    start: () => start(config, parts),
    async stop() {
      const { served, media, stopWork, booted, publishing } = parts
      publishing.abort()
      await served?.leave()
      // While the port is open, so that the rooms still hear of their end.
      await media?.stop()
      await served?.close()
      await stopWork?.()
      await booted?.close()
    },
  }
}

async function start(config: Config, parts: Parts): Promise<Omit<StartFacts, 'startedInMs'>> {
  const has = (...roles: ProcessRole[]) => roles.some(role => config.KAIBO_ROLES.includes(role))
  await claimPorts(config)
  const wantsDemo = config.KAIBO_DEMO && demoAllowed(config)
  const degraded = degradedParts(config)
  let demo: StartFacts['demo'] = null
  if (has('api', 'realtime', 'worker')) {
    parts.booted = await boot(config, { isServing: true })
    const { kaibo } = parts.booted
    if (wantsDemo && has('worker')) demo = await seedDemo(kaibo)
    if (has('realtime')) await kaibo.live.resetOnline()
    parts.served = await serve(config, parts.booted)
    degraded.push(...parts.served.degraded)
    if (has('worker')) parts.stopWork = startWork(parts.booted)
  }
  if (has('media')) {
    const log = parts.booted?.log ?? createLog(config)
    parts.media = startMedia(config, log)
    if (wantsDemo && comesHere(config))
      publishDemo(config, { log, signal: parts.publishing.signal })
  }
  return { config, databaseNote: parts.booted?.databaseNote ?? null, demo, degraded }
}

async function claimPorts(config: Config): Promise<void> {
  const { KAIBO_BIND: host, KAIBO_ROLES: roles } = config
  const claim = (name: 'PORT' | 'RTMP_PORT' | 'KAIBO_MEDIA_PORT') =>
    requireFreePort({ name, port: config[name], host })
  if (roles.some(role => role !== 'media')) await claim('PORT')
  if (!roles.includes('media')) return
  await claim('RTMP_PORT')
  await claim('KAIBO_MEDIA_PORT')
}

const startMedia = (config: Config, log: Logger): MediaProcess =>
  startMediaProcess({
    log,
    env: {
      KAIBO_MEDIA_SECRET: mediaSecretOf(loadSecrets(config.KAIBO_DATA_DIR)),
      KAIBO_MEDIA_PORT: String(config.KAIBO_MEDIA_PORT),
      KAIBO_MEDIA_BIND: config.KAIBO_BIND,
      RTMP_PORT: String(config.RTMP_PORT),
      KAIBO_APP_URL: apiUrl(config),
      KAIBO_AWAY_GRACE_SEC: String(config.KAIBO_AWAY_GRACE_SEC),
      KAIBO_RECORDINGS_DIR: recordingsDir(config),
      KAIBO_RECORDINGS_FREE_GIB: String(config.KAIBO_RECORDINGS_FREE_GIB),
      ...mediaEnv(config),
      ...webRtcEnv(config),
      KAIBO_LOG_LEVEL: config.KAIBO_LOG_LEVEL,
    },
  })

/** Refused so often, the demo room has ended for good: before it was ever let in, and after. */
const demoRefusalsMax = { atFirst: 5, later: 3 } as const

/** Loops the demo clip through the real ingest, like an encoder would, until its session is over. */
function publishDemo(config: Config, { log, signal }: { log: Logger; signal: AbortSignal }): void {
  const key = demoStreamKey(deriveKey(loadSecrets(config.KAIBO_DATA_DIR), 'demo-stream-key'))
  const url = `rtmp://127.0.0.1:${config.RTMP_PORT}/live/${key}`
  const over = new AbortController()
  let refusalsLeft: number = demoRefusalsMax.atFirst
  const onState: PublishLoop['onState'] = (state, reason) => {
    // More tries would be told to the host's next session as those of a forgotten encoder.
    if (state === 'publishing') refusalsLeft = demoRefusalsMax.later
    if (reason?.startsWith('rtmp: refused') && --refusalsLeft === 0) over.abort()
  }
  const until = AbortSignal.any([signal, over.signal])
  publishFlvLoop({ url, file: demoClip, signal: until, onState }).catch((error: unknown) =>
    log.error({ err: error }, 'the demo room does not move'),
  )
}

function degradedParts(config: Config): string[] {
  const parts: string[] = []
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status !== 0) {
    parts.push('no ffmpeg: snapshots of live rooms are off (Debian/Ubuntu: apt-get install ffmpeg)')
  }
  if (!demoAllowed(config)) parts.push('no SMS provider and no payment channel are configured')
  if (config.KAIBO_PUBLIC_URL.startsWith('https:') && !config.KAIBO_MEDIA_URL) {
    parts.push(
      'KAIBO_MEDIA_URL is not set: browsers refuse a picture over http on a page over https',
    )
  }
  return parts
}
