import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sqlState } from '../log.ts'
import type { Account } from './account.ts'
import { type Binaries, postgresMajor } from './binaries.ts'
import { EmbeddedPostgresError } from './failure.ts'

export const superuser = 'kaibo'

/** Makes the database cluster in `dataDir` unless it is there. */
export async function initCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  const present = readdirSync(dataDir)
  if (present.includes('PG_VERSION')) return checkVersion(dataDir)
  if (present.length > 0) {
    throw new EmbeddedPostgresError(`${dataDir} holds other files`)
  }
  // Made beside its place and renamed when whole: a kill in between leaves no half-made cluster,
  // and of two processes one rename wins.
  const draft = `${dataDir}.new-${process.pid}`
  removeDeadDrafts(dataDir)
  mkdirSync(draft, { mode: 0o700 })
  account.own(draft)
  try {
    await run(account, join(binaries.dir, 'bin/initdb'), [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      '--auth-local=trust',
      '--auth-host=reject',
      '--encoding=UTF8',
      ...(process.platform === 'darwin'
        ? ['--locale=C', '--lc-ctype=UTF-8']
        : ['--locale=C.UTF-8']),
      '--data-checksums',
      '--no-instructions',
    ])
    renameSync(draft, dataDir)
  } catch (error) {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function checkVersion(dataDir: string): void {
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (version === postgresMajor) return
  throw new EmbeddedPostgresError(
    `${dataDir} was made by PostgreSQL ${version}, not ${postgresMajor}`,
  )
}

function removeDeadDrafts(dataDir: string): void {
  const prefix = `${basename(dataDir)}.new-`
  for (const name of readdirSync(dirname(dataDir))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue
    rmSync(join(dirname(dataDir), name), { recursive: true, force: true })
  }
}

async function run(account: Account, program: string, args: string[]): Promise<void> {
  const child = account.spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', error => reject(new EmbeddedPostgresError(error.message)))
    child.on('close', resolve)
  })
  if (code !== 0) throw new EmbeddedPostgresError(`${basename(program)} said "${lastLine(said)}"`)
}

/** The last line in which PostgreSQL told us something. */
export const lastLine = (text: string): string => {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return (
    lines.findLast(line => /FATAL|PANIC|error:/.test(line)) ??
    lines.at(-1) ??
    'nothing'
  ).trim()
}

/**
 * Where the unix socket lives: in the data directory, which PostgreSQL demands to be private; whoever
 * can enter it could read the tables anyway, so a password would protect nothing. Socket paths end at
 * 103 bytes, hence a short stand-in for deep checkouts.
 */
export function socketDirFor(dataDir: string, account: Account): string {
  if (Buffer.byteLength(join(dataDir, '.s.PGSQL.5432')) <= 103) return dataDir
  const dir = `/tmp/kaibo-pg-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  if (!existsSync(dir)) {
    mkdirSync(dir, { mode: 0o700 })
    account.own(dir)
  }
  const found = lstatSync(dir)
  if (!found.isDirectory() || found.uid !== lstatSync(dataDir).uid || (found.mode & 0o077) !== 0) {
    throw new EmbeddedPostgresError(`${dir} belongs to somebody else`)
  }
  return dir
}

export type PidFile = { pid: number; socketDir: string; isReady: boolean; text: string }

/** What the running (or killed) server wrote about itself; undefined when there is none. */
export function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const text = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')
    const lines = text.split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, socketDir: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready', text }
  } catch {
    return undefined
  }
}

/**
 * Whether `pid` is the server of this data directory. After a crash the number may belong to some
 * other program; a server is known by standing in its data directory.
 */
export function isServerOf(dataDir: string, pid: number): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir)
  } catch (error) {
    // Root in a container may not look into a process of another account, except at its name.
    return sqlState(error) === 'EACCES' && nameOfProcess(pid) === 'postgres'
  }
}

function nameOfProcess(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return sqlState(error) === 'EPERM'
  }
}

/** Waits until the process is gone; false when it outlives `waitMs`. */
export async function waitForExit(pid: number, waitMs: number): Promise<boolean> {
  for (const until = Date.now() + waitMs; Date.now() < until; await delay(10)) {
    if (!isAlive(pid)) return true
  }
  return !isAlive(pid)
}
