import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const answerMsMax = 120_000
const ticksPerSec = 100

export type Settings = Readonly<Record<string, string>>

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** An installation of its own on free ports. */
export async function newInstallation(): Promise<{ settings: Settings; remove(): void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaibo-bench-'))
  const [port, rtmpPort, mediaPort] = [await freePort(), await freePort(), await freePort()]
  const settings = {
    KAIBO_BIND: '127.0.0.1',
    KAIBO_DATA_DIR: dataDir,
    PORT: String(port),
    RTMP_PORT: String(rtmpPort),
    KAIBO_MEDIA_PORT: String(mediaPort),
  }
  return { settings, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

/** Starts a file of the repository with these settings. */
export const start = (file: string, settings: Settings): ChildProcess =>
  spawn(process.execPath, [join(root, file)], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

export async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Asks until it answers 200; returns the text. */
export async function answerOf(url: string, isGood = (_text: string) => true): Promise<string> {
  for (const untilMs = Date.now() + answerMsMax; Date.now() < untilMs; await delay(10)) {
    const answer = await fetch(url).catch(() => undefined)
    const text = await answer?.text()
    if (answer?.ok && text !== undefined && isGood(text)) return text
  }
  throw new Error(`${url} does not answer`)
}

/** User and system time that a process has used, in milliseconds. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces; what follows does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSec
}
