import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'

const entry = fileURLToPath(new URL('../../media/src/main.ts', import.meta.url))

export type MediaProcessNeeds = {
  /** Its whole environment besides PATH: ports, secret, address of this server. */
  env: Readonly<Record<string, string>>
  log: Logger
}

export type MediaProcess = {
  /** Why the media process is not running, when it gave up by itself (a port in use). */
  failure(): string | null
  pid(): number | undefined
  stop(): Promise<void>
}

const restartMsMin = 300
const restartMsMax = 2_000
/** A process that lived this long starts again with the shortest pause. */
const healthyMs = 10_000
const stopMsMax = 5_000

/**
 * Keeps the media process running as a child: media bursts never delay an order, and a crash of
 * either leaves the other alive. The child ends by itself when our end of its stdin closes, so
 * `kill -9` of the server leaves no orphan behind.
 */
export function startMediaProcess({ env, log }: MediaProcessNeeds): MediaProcess {
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  let failure: string | null = null
  let pauseMs = restartMsMin

  const launch = () => {
    const startedAtMs = Date.now()
    child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH, ...env, KAIBO_PARENT: '1' },
      stdio: ['pipe', 'inherit', 'pipe'],
    })
    let lastWords = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = chunk.toString().trim().slice(0, 500) || lastWords
      process.stderr.write(chunk)
    })
    child.on('exit', (code, signal) => {
      if (stopping) return
      failure = lastWords || `the media process ended (${signal ?? code})`
      pauseMs =
        Date.now() - startedAtMs > healthyMs ? restartMsMin : Math.min(pauseMs * 2, restartMsMax)
      log.warn({ code, signal, pauseMs }, 'media process ended; starting it again')
      timer = setTimeout(launch, pauseMs)
    })
    child.on('spawn', () => {
      failure = null
    })
  }
  launch()

  return {
    failure: () => failure,
    pid: () => child?.pid,
    async stop() {
      stopping = true
      clearTimeout(timer)
      const running = child
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const ended = new Promise<void>(resolve => running.once('exit', () => resolve()))
      running.kill('SIGTERM')
      const hard = setTimeout(() => running.kill('SIGKILL'), stopMsMax)
      await ended
      clearTimeout(hard)
    },
  }
}
