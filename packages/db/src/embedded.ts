import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Account, accountFor, isOpenToEveryone } from './embedded/account.ts'
import { type Binaries, findBinaries, shareBinaries } from './embedded/binaries.ts'
import * as cluster from './embedded/cluster.ts'
import { EmbeddedPostgresError } from './embedded/failure.ts'
import { type Log, reasonOf, silentLog, sqlState } from './log.ts'

export { EmbeddedPostgresError }

/** Recovery after a crash replays the log, which may take a while. */
const startTimeoutMs = 60_000
/** Backends of a killed server may finish their statement before they notice. */
const startAttemptsMax = 60
const attemptGapMs = 250
const pollMs = 15
const superviseMs = 250
const stopTimeoutMs = 15_000
/** Connections that were closed just now are still listed for a moment. */
const partingMs = 500
const logBytesMax = 4 * 1024 * 1024
const runnerName = 'kaibo-runner'

export type EmbeddedOptions = {
  /** The data directory; made when missing. Nothing else may live in it. */
  dataDir: string
  /** Start the server again when it dies while this process lives. Default: yes. */
  keepAlive?: boolean
  /** `throwaway` gives up durability for speed: for test servers only. */
  durability?: 'full' | 'throwaway'
  log?: Log
}

export type EmbeddedPostgres = {
  /** A connection string over the unix socket; stays the same across restarts of the server. */
  url: string
  /** Whether a server that was already running (an orphan, or another process's) was taken over. */
  adopted: boolean
  /** Process id of the server as it is now. */
  pid(): number
  /** Stops the server, unless other processes are still connected: the last one out turns off the light. */
  stop(): Promise<void>
}

type Server = {
  dataDir: string
  socketDir: string
  binaries: Binaries
  account: Account
  settings: readonly string[]
  /** A throwaway server is never left running for others. */
  isDurable: boolean
}

/**
 * Starts the PostgreSQL 17 from npm on a private unix socket, or adopts the one already running on
 * `dataDir`. Throws {@link EmbeddedPostgresError} with one clear sentence when that cannot work.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { keepAlive = true, log = silentLog } = options
  const server = await prepare(options)
  let running = await ensureRunning(server)
  const { adopted } = running
  const url = urlOf(server.socketDir, cluster.superuser)
  log.info({ dataDir: server.dataDir, pid: running.pid, adopted }, 'embedded PostgreSQL is up')

  let restart: Promise<void> | undefined
  const revive = async () => {
    log.warn({ pid: running.pid }, 'embedded PostgreSQL died; starting it again')
    try {
      running = await ensureRunning(server)
      log.info({ pid: running.pid }, 'embedded PostgreSQL is back')
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'embedded PostgreSQL could not be started again')
    }
  }
  const supervise = () => {
    if (restart || cluster.isAlive(running.pid)) return
    restart = revive().finally(() => {
      restart = undefined
    })
  }
  const supervisor = keepAlive ? setInterval(supervise, superviseMs).unref() : undefined

  return {
    url,
    adopted,
    pid: () => running.pid,
    stop: async () => {
      clearInterval(supervisor)
      await restart
      await stopServer(server, running.pid)
    },
  }
}

async function prepare(options: EmbeddedOptions): Promise<Server> {
  const found = findBinaries()
  const dataDir = makeDataDir(options.dataDir)
  const account = accountFor(dataDir)
  const isRoot = process.getuid?.() === 0
  const binaries =
    isRoot && !isOpenToEveryone(join(found.dir, 'bin')) ? shareBinaries(found) : found
  await cluster.initCluster(dataDir, binaries, account)
  const socketDir = cluster.socketDirFor(dataDir, account)
  const isDurable = options.durability !== 'throwaway'
  const settings = [
    'listen_addresses=',
    `unix_socket_directories="${socketDir.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    'max_connections=100',
    'shared_buffers=128MB',
    'max_wal_size=1GB',
    'timezone=UTC',
    'jit=off',
    'log_checkpoints=off',
    // The locks of a killed process are free again after a second, even in the middle of a statement.
    'client_connection_check_interval=1s',
    // Statements that fail are reported by the application; the server's log tells of the server.
    'log_min_messages=log',
    ...(isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return { dataDir, socketDir, binaries, account, settings, isDurable }
}

function makeDataDir(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const real = realpathSync(dataDir)
    const { uid } = statSync(real)
    const self = process.getuid?.()
    if (self === 0 || self === uid) return real
  } catch (error) {
    throw new EmbeddedPostgresError(`${dataDir} cannot be used (${sqlState(error)})`)
  }
  throw new EmbeddedPostgresError(`${dataDir} belongs to another user`)
}

type Running = { pid: number; adopted: boolean }

/** Waits for the server of the data directory to answer; starts one whenever there is none. */
async function ensureRunning(server: Server): Promise<Running> {
  const started = new Set<number>()
  let attempt: Attempt | undefined
  for (const until = Date.now() + startTimeoutMs; Date.now() < until; await delay(pollMs)) {
    const found = cluster.readPidFile(server.dataDir)
    if (found && cluster.isServerOf(server.dataDir, found.pid)) {
      if (found.isReady && (await answers(server, found.socketDir))) {
        return { pid: found.pid, adopted: !started.has(found.pid) }
      }
    } else if (!attempt) {
      if (found && cluster.isAlive(found.pid)) removeStalePidFile(server.dataDir, found.text)
      attempt = attemptStart(server)
      started.add(attempt.pid)
    } else if (attempt.failure !== undefined) {
      // Lost the race against another process of ours, or a killed server is not quite gone yet.
      const passes = /lock file|shared memory block/.test(attempt.failure)
      if (!passes || started.size >= startAttemptsMax) {
        throw new EmbeddedPostgresError(`it said "${cluster.lastLine(attempt.failure)}"`)
      }
      attempt = undefined
      await delay(attemptGapMs)
    }
  }
  throw new EmbeddedPostgresError(`it did not answer within ${startTimeoutMs / 1000} s`)
}

/** A start under way; `failure` holds what the server said when it gave up. */
type Attempt = { pid: number; failure: string | undefined }

function attemptStart({ dataDir, binaries, account, settings }: Server): Attempt {
  const logFile = join(dataDir, 'server.log')
  const logFd = openSync(logFile, 'a', 0o600)
  account.own(logFile)
  if (statSync(logFile).size > logBytesMax) truncateSync(logFile)
  const logStart = statSync(logFile).size
  const args = ['-D', dataDir, ...settings.flatMap(setting => ['-c', setting])]
  const child = account.spawn(join(binaries.dir, 'bin/postgres'), args, {
    // A file, not a pipe: the server outlives us when we are killed.
    stdio: ['ignore', logFd, logFd],
  })
  closeSync(logFd)
  child.unref()
  const attempt: Attempt = { pid: child.pid ?? 0, failure: undefined }
  child.once('error', error => {
    attempt.failure = error.message
  })
  child.once('exit', () => {
    attempt.failure = readFileSync(logFile).subarray(logStart).toString()
  })
  return attempt
}

/** After a reboot the process id in the file may be some other program, which would block the start. */
function removeStalePidFile(dataDir: string, text: string): void {
  if (cluster.readPidFile(dataDir)?.text === text) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true })
  }
}

/** Whether the server behind the socket serves our data directory. Makes our database at first. */
async function answers(server: Server, socketDir: string): Promise<boolean> {
  return withAdmin(socketDir, async client => {
    const { rows } = await client.query<{ data_directory: string; made: boolean }>(
      `select current_setting('data_directory') as data_directory,
              exists(select from pg_database where datname = $1) as made`,
      [cluster.superuser],
    )
    const [facts] = rows
    if (!facts || realpathSync(facts.data_directory) !== server.dataDir) return false
    if (!facts.made) await client.query(`create database ${cluster.superuser}`).catch(ignoreExists)
    return true
  }).catch(() => false)
}

function ignoreExists(error: unknown): void {
  // 42P04 and 23505: another process of ours has just made it.
  if (!['42P04', '23505'].includes(sqlState(error) ?? '')) throw error
}

async function stopServer({ dataDir, socketDir, isDurable }: Server, pid: number): Promise<void> {
  if (!cluster.isServerOf(dataDir, pid)) return
  const isShared = isDurable && (await isInUse(socketDir))
  if (isShared) return
  process.kill(pid, 'SIGINT')
  if (await cluster.waitForExit(pid, stopTimeoutMs)) return
  // Immediate shutdown loses nothing: the next start recovers from the log.
  process.kill(pid, 'SIGQUIT')
  await cluster.waitForExit(pid, stopTimeoutMs)
}

/** Whether anybody stays connected; other runners that look around do not count. */
async function isInUse(socketDir: string): Promise<boolean> {
  return withAdmin(socketDir, async client => {
    for (const until = Date.now() + partingMs; Date.now() < until; await delay(pollMs)) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity
         where backend_type = 'client backend' and application_name <> $1`,
        [runnerName],
      )
      if (rowCount === 0) return false
    }
    return true
  }).catch(() => false)
}

async function withAdmin<R>(dir: string, use: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({
    host: dir,
    database: 'postgres',
    user: cluster.superuser,
    application_name: runnerName,
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const urlOf = (socketDir: string, database: string) =>
  `postgres://${cluster.superuser}@localhost/${database}?host=${encodeURIComponent(socketDir)}`
