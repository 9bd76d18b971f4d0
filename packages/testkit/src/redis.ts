import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'

export type TestRedis = {
  /** The path of its unix socket. */
  readonly url: string
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** Starts it again with what it had saved. */
  start(): Promise<void>
  /** One command of `redis-cli`. */
  ask(...words: string[]): Promise<string>
}

/** Whether there is a Redis for tests; without one they are skipped, and this says why. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) console.warn('redis-server is not installed: the tests that need it are skipped')

const startMsMax = 20_000

const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends) await end()
})

/** A Redis server of its own, without a port, for the calling test file; it ends with the file. */
export async function testRedis(): Promise<TestRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'kaibo-redis-'))
  const url = join(directory, 'redis.sock')
  const files = ['--dir', directory, '--unixsocket', url]
  // It writes down what it says, so that a restart remembers a past that its clients have passed.
  const args = ['--port', '0', '--save', '', '--appendonly', 'yes', ...files]
  let server: ChildProcess | undefined
  const ask = async (...words: string[]) =>
    (await promisify(execFile)('redis-cli', ['-s', url, ...words])).stdout.trim()
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }
  const start = async () => {
    server = spawn('redis-server', args, { stdio: 'ignore' })
    for (const untilMs = Date.now() + startMsMax; Date.now() < untilMs; await sleep(20)) {
      if ((await ask('ping').catch(() => '')) === 'PONG') return
    }
    throw new Error('redis-server does not answer')
  }
  ends.push(async () => {
    await kill()
    rmSync(directory, { recursive: true, force: true })
  })
  await start()
  return { url, kill, start, ask }
}
