import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { newDatabase } from '@kaibo/testkit/database'
import { freePorts } from '@kaibo/testkit/ports'

const entry = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const readyMsMax = 60_000

export type RunningServer = {
  readonly url: string
  readonly rtmpUrl: string
  /** Everything that was printed, for failures and for a look at secrets. */
  readonly output: () => string
  readonly pid: () => number
  /** The kaibo command line on the same installation. */
  kaibo(...args: string[]): Promise<{ code: number; output: string }>
  /** Kills the process the hard way and starts it again. */
  crashAndRestart(): Promise<void>
  stop(): Promise<void>
}

/**
 * The real thing on free ports with a data directory of its own. Its database is one of the run's
 * PostgreSQL, with every table there; `embedded` begins with nothing, as people do at home.
 */
export async function startServer(
  settings: Record<string, string> = {},
  kind: 'of the run' | 'embedded' = 'of the run',
): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kaibo-e2e-'))
  const [port, rtmpPort, mediaPort] = await freePorts(3)
  const database = kind === 'embedded' ? undefined : await newDatabase()
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    KAIBO_BIND: '127.0.0.1',
    KAIBO_DATA_DIR: dataDir,
    PORT: String(port),
    RTMP_PORT: String(rtmpPort),
    KAIBO_MEDIA_PORT: String(mediaPort),
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...settings,
  }
  const url = `http://localhost:${port}`
  let output = ''
  let child: ChildProcess
  const launch = async () => {
    child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk
      })
    }
    await ready(url, child, () => output)
  }
  await launch()
  return {
    url,
    rtmpUrl: `rtmp://127.0.0.1:${rtmpPort}/live`,
    output: () => output,
    pid: () => child.pid ?? 0,
    kaibo: (...args) => runKaibo(args, env),
    async crashAndRestart() {
      await ended(child, 'SIGKILL')
      await launch()
    },
    async stop() {
      await ended(child, 'SIGTERM')
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadlineMs = Date.now() + readyMsMax
  while (Date.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error(`the server ended at once:\n${output()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok && output().includes('is ready')) return
    await delay(100)
  }
  throw new Error(`the server was not ready in time:\n${output()}`)
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  await exit
}

async function runKaibo(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  const cli = fileURLToPath(new URL('../../apps/server/src/cli/main.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  }
  const code = await new Promise<number>(resolve => child.once('close', exit => resolve(exit ?? 1)))
  return { code, output }
}
