import { type ChildProcess, spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'

const entry = fileURLToPath(new URL('../../media/src/main.ts', import.meta.url))

export type MediaProcessNeeds = {
  /** Its whole environment besides PATH: ports, secret, address of this server. */
  env: Readonly<Record<string, string>>
  log: Logger
}

export type MediaProcess = { stop(): Promise<void> }

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
  let pauseMs = restartMsMin

  const launch = () => {
    const startedAtMs = Date.now()
    child = spawn(process.execPath, [entry], {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: getCompileCacheDir(),
        ...env,
        KAIBO_PARENT: '1',
      },
      stdio: ['pipe', 'inherit', 'inherit'],
      // Out of the terminal's group: Ctrl-C reaches it through us, in order.
      detached: true,
    })
    child.on('error', error => log.error({ err: error }, 'the media process cannot be started'))
    child.on('exit', (code, signal) => {
      if (stopping) return
      const livedMs = Date.now() - startedAtMs
      pauseMs = livedMs > healthyMs ? restartMsMin : Math.min(pauseMs * 2, restartMsMax)
      log.warn({ exitCode: code, signal, pauseMs }, 'media process ended; starting it again')
      timer = setTimeout(launch, pauseMs)
    })
  }
  launch()

  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      const running = child
      if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null)
        return
      const ended = new Promise<void>(resolve => running.once('exit', () => resolve()))
      running.kill('SIGTERM')
      const hard = setTimeout(() => running.kill('SIGKILL'), stopMsMax)
      await ended
      clearTimeout(hard)
    },
  }
}
