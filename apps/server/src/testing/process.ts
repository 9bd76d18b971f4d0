import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive, isServerOf, readPidFile } from '@kaibo/db/embedded/cluster'
import { freePorts } from '@kaibo/testkit/ports'
import { afterAll } from 'vitest'

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))
const startMsMax = 60_000

export type ServerProcess = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly settings: Readonly<Record<string, string>>
  stdout(): string
  stderr(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

const started = new Set<ChildProcess>()
const dataDirs = new Set<string>()

/** A new directory for an installation; its database is stopped and its files go after the tests. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaibo-process-'))
  dataDirs.add(dataDir)
  return dataDir
}

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  for (const dataDir of dataDirs) {
    const pid = postgresPid(dataDir)
    if (pid !== undefined) process.kill(pid, 'SIGQUIT')
    for (let waitedMs = 0; pid && isAlive(pid) && waitedMs < 5_000; waitedMs += 50) await delay(50)
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** The embedded PostgreSQL of an installation, when it runs. */
export function postgresPid(dataDir: string): number | undefined {
  const postgres = join(dataDir, 'postgres')
  const server = readPidFile(postgres)
  return server && isServerOf(postgres, server.pid) ? server.pid : undefined
}

/** Settings of an installation on ports of its own. */
export async function newSettings(
  settings: Record<string, string> = {},
): Promise<Record<string, string>> {
  const [port, rtmpPort, mediaPort] = await freePorts(3)
  return {
    KAIBO_BIND: '127.0.0.1',
    KAIBO_DATA_DIR: settings.KAIBO_DATA_DIR ?? newDataDir(),
    PORT: String(port),
    RTMP_PORT: String(rtmpPort),
    KAIBO_MEDIA_PORT: String(mediaPort),
    ...settings,
  }
}

/** Starts a real server process; does not wait for it. */
export function spawnServer(settings: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.add(child)
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => {
    texts.stdout += chunk
  })
  child.stderr.on('data', chunk => {
    texts.stderr += chunk
  })
  const port = Number(settings.PORT)
  return {
    port,
    settings,
    url: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    signal: signal => void child.kill(signal),
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
  }
}

/** Starts a real server process and waits for its table. */
export async function startServer(
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const server = spawnServer(settings)
  let isOver = false
  void server.ended.then(() => {
    isOver = true
  })
  for (
    const untilMs = Date.now() + startMsMax;
    !server.stdout().includes('is ready');
    await delay(50)
  ) {
    if (isOver || Date.now() > untilMs)
      throw new Error(`the server did not start:\n${server.stdout()}${server.stderr()}`)
  }
  return server
}

/** Asks again and again until there is an answer; undefined when none came in time. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  withinMs: number,
): Promise<T | undefined> {
  for (const untilMs = Date.now() + withinMs; ; await delay(50)) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined || Date.now() > untilMs) return answer
  }
}

/** The media process of a server: its child that runs `apps/media`. Throws while there is none. */
export async function mediaPid(serverPid: number): Promise<number> {
  const children = await readFile(`/proc/${serverPid}/task/${serverPid}/children`, 'utf8')
  for (const pid of children.split(' ').filter(Boolean)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (command.includes('apps/media')) return Number(pid)
  }
  throw new Error('the server has no media process')
}
