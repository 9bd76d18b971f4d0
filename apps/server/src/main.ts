import { spawnSync } from 'node:child_process'
import { EmbeddedPostgresError } from '@kaibo/db/embedded'
import { MigrationError } from '@kaibo/db/migrate'
import { publishFlvLoop } from '@kaibo/media/rtmp/publish-loop'
import { type Booted, boot } from './boot.ts'
import { type Config, ConfigError, demoAllowed, readConfig } from './config.ts'
import { demoClip, seedDemo } from './demo/seed.ts'
import { type MediaProcess, startMediaProcess } from './media-process.ts'
import { requireFreePort } from './ports.ts'
import { serve } from './serve.ts'
import { startTable } from './start-table.ts'
import { startWork } from './work.ts'

const startedAtMs = Date.now()
/** Longest wait for requests, jobs and sockets to finish after SIGTERM. */
const drainMsMax = 10_000

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const has = (role: Config['KAIBO_ROLES'][number]) => config.KAIBO_ROLES.includes(role)
  await claimPorts(config)
  const booted = await boot(config)
  const { kaibo, log } = booted

  const wantsDemo = config.KAIBO_DEMO && demoAllowed(config)
  const demo = wantsDemo && has('worker') ? await seedDemo(kaibo) : null
  if (has('realtime')) await kaibo.live.resetOnline()
  const served = await serve(config, booted)
  const media = has('media') ? startMedia(config, booted) : null
  const stopWork = has('worker') ? startWork(booted) : null
  const ending = new AbortController()
  if (demo && media) {
    const url = `rtmp://127.0.0.1:${config.RTMP_PORT}/live/${demo.streamKey}`
    void publishFlvLoop({ url, file: demoClip, signal: ending.signal })
  }

  const { databaseNote } = booted
  const degraded = [...served.degraded, ...degradedParts(config)]
  console.log(
    startTable({ config, databaseNote, demo, degraded, startedInMs: Date.now() - startedAtMs }),
  )
  onSignal(async () => {
    setTimeout(() => process.exit(1), drainMsMax).unref()
    ending.abort()
    await served.drain()
    await stopWork?.()
    await media?.stop()
    await booted.close()
    log.info('drained')
  })
}

async function claimPorts(config: Config): Promise<void> {
  const host = config.KAIBO_BIND
  await requireFreePort({ name: 'PORT', port: config.PORT, host })
  if (!config.KAIBO_ROLES.includes('media')) return
  await requireFreePort({ name: 'RTMP_PORT', port: config.RTMP_PORT, host })
  await requireFreePort({ name: 'KAIBO_MEDIA_PORT', port: config.KAIBO_MEDIA_PORT, host })
}

function startMedia(config: Config, { kaibo, log }: Booted): MediaProcess {
  return startMediaProcess({
    log,
    env: {
      KAIBO_MEDIA_SECRET: kaibo.mediaSecret,
      KAIBO_MEDIA_PORT: String(config.KAIBO_MEDIA_PORT),
      KAIBO_MEDIA_BIND: config.KAIBO_BIND,
      RTMP_PORT: String(config.RTMP_PORT),
      KAIBO_APP_URL: `http://127.0.0.1:${config.PORT}`,
      KAIBO_AWAY_GRACE_SEC: String(config.KAIBO_AWAY_GRACE_SEC),
      KAIBO_LOG_LEVEL: config.KAIBO_LOG_LEVEL,
    },
  })
}

function degradedParts(config: Config): string[] {
  const parts: string[] = []
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status !== 0) {
    parts.push('no ffmpeg: snapshots of live rooms are off (Debian/Ubuntu: apt-get install ffmpeg)')
  }
  if (!demoAllowed(config)) parts.push('no SMS provider and no payment channel are configured')
  return parts
}

function onSignal(drain: () => Promise<void>): void {
  let ending: Promise<void> | undefined
  const end = () => {
    ending ??= drain().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

main().catch((error: unknown) => {
  const isSaid = [ConfigError, EmbeddedPostgresError, MigrationError].some(
    kind => error instanceof kind,
  )
  console.error(isSaid && error instanceof Error ? error.message : error)
  process.exit(1)
})
