import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { InvariantError, invariant } from '@kaibo/kernel/invariant'
import {
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { type Log, reasonOf, silentLog, sqlState } from './log.ts'
import type { Tables } from './tables.gen.ts'

/** Reads: functions that only select take a `Db`, and a `Tx` fits too. */
export type Db = Kysely<Tables>
/** Writes: a function that changes anything takes a `Tx`, so it cannot run outside a transaction. */
export type Tx = Transaction<Tables>

export type DatabaseOptions = {
  /** `postgres://…`; for the embedded server see `startEmbeddedPostgres`. */
  url: string
  /** Connections held at most. Default 10. */
  poolMax?: number
  /** A statement is cancelled after this long. Default 10 s. */
  statementTimeoutMs?: number
  /** Waiting for a row or table lock fails after this long. Default 5 s. */
  lockTimeoutMs?: number
  /** How long to wait for a free or new connection. Default 5 s. */
  connectTimeoutMs?: number
  /** What connections set at their start, by name. */
  settings?: Readonly<Record<string, string>>
  /** Shown in `pg_stat_activity`. Default `kaibo`. */
  name?: string
  log?: Log
}

export type Database = {
  readonly db: Db
  /**
   * The same for hot paths: what it runs stays prepared on the connection, so that PostgreSQL plans
   * it once. For queries of fixed texts only, whose lists are arrays.
   */
  readonly prepared: Db
  /**
   * Runs `fn` in one transaction (read committed) and commits. Serialization failures and deadlocks
   * are tried again, at most 5 times in all; so `fn` must do nothing but database work.
   * Any other error rolls back and is thrown. Transactions do not nest.
   */
  tx<R>(fn: (tx: Tx) => Promise<R>): Promise<R>
  /**
   * Runs a statement on a pool connection, prepared under `name` (unless empty): the hot path,
   * without Kysely's compile step. One name always goes with one text.
   */
  query<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
  /** Calls back for every NOTIFY on `channel`, and after each reconnect, when some may be missed. */
  listen(channel: string, onNotify: (payload: string) => void): Listening
  /**
   * Another pool beside this one, closed together with it, whose connections have settings of their
   * own: for one hot path.
   */
  beside(options: Pick<DatabaseOptions, 'poolMax' | 'settings'>): Database
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  /** Waits for running statements and closes every connection. */
  close(): Promise<void>
}

export type Listening = { close(): Promise<void> }

const txAttemptsMax = 5
const retryBaseMs = 10
const listenRetryMs = 500
const retryable = new Set(['40001', '40P01'])

/** Opens a connection pool. Nothing is contacted before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const log = options.log ?? silentLog
  const config = connectionConfig(options)
  const pool = new pg.Pool({ ...config, max: options.poolMax ?? 10, idleTimeoutMillis: 60_000 })
  // Without listeners a broken connection would end the process; the statement in flight rejects
  // anyway, and the pool opens a new connection for the next one.
  const lost = (error: Error) => log.warn({ reason: reasonOf(error) }, 'database connection lost')
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', () => {}))

  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const prepared = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  const listeners = new Set<Listening>()
  const others: Database[] = []
  return {
    db,
    prepared,
    tx: fn => transact(db, fn),
    query: async (name, text, values) => {
      const { rows } = await pool.query({ name, text, values: [...values] })
      return rows
    },
    listen: (channel, onNotify) => {
      const listening = listenOn(config, channel, onNotify)
      listeners.add(listening)
      return listening
    },
    beside: own => {
      const other = openDatabase({ ...options, ...own })
      others.push(other)
      return other
    },
    ping: async () => {
      await pool.query('select 1')
    },
    close: async () => {
      await Promise.all([...listeners, ...others].map(each => each.close()))
      // Not `db.destroy()`, which closes nothing while Kysely itself has not been used.
      await pool.end()
    },
  }
}

/** Texts that stay prepared at most; whatever comes after them is planned each time. */
const preparedMax = 200

/** The pool, whose connections prepare every statement under a name of its text. */
function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const known = names.get(text)
    if (known !== undefined || names.size === preparedMax) return known ?? ''
    const name = `prepared.${names.size}`
    names.set(text, name)
    return name
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      const query = (text: string, values: readonly unknown[]) =>
        client.query({ name: nameOf(text), text, values: [...values] })
      // Kysely asks for nothing else: no cursor, no other connection.
      return Object.assign(Object.create(client) as PostgresPoolClient, { query })
    },
    end: () => pool.end(),
    options: {},
  }
}

function connectionConfig(options: DatabaseOptions): pg.ClientConfig {
  return {
    connectionString: options.url,
    application_name: options.name ?? 'kaibo',
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    // A process that hangs inside a transaction must not keep its locks for ever.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    options: Object.entries(options.settings ?? {})
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser },
  }
}

const parseBigint = (text: string): number => {
  const value = Number(text)
  invariant(Number.isSafeInteger(value), `bigint beyond 2^53: ${text}`)
  return value
}
const parseText = (text: string): string => text
const parseBigintArray = (text: string): (number | null)[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map(item => (item === 'NULL' ? null : parseBigint(item)))

/** Money is `bigint` and must arrive as a safe integer; a calendar date must not become an instant. */
function getTypeParser(typeId: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (typeId === 20) return parseBigint
    if (typeId === 1016) return parseBigintArray
    if (typeId === 1082) return parseText
  }
  return pg.types.getTypeParser(typeId, format)
}

/** Tells `tx` inside `tx`: it would take a second connection and wait for its own locks. */
const inTransaction = new AsyncLocalStorage<{ isOpen: boolean }>()
const notifications = new WeakMap<Tx, Set<string>>()

async function transact<R>(db: Db, fn: (tx: Tx) => Promise<R>): Promise<R> {
  if (inTransaction.getStore()?.isOpen) throw new InvariantError('transactions do not nest')
  for (let attempt = 1; ; attempt++) {
    const scope = { isOpen: true }
    const channels = new Set<string>()
    try {
      const result = await inTransaction.run(scope, () =>
        db.transaction().execute(async tx => {
          notifications.set(tx, channels)
          return fn(tx)
        }),
      )
      scope.isOpen = false
      if (channels.size > 0) notifyNow(db, channels)
      return result
    } catch (error) {
      scope.isOpen = false
      if (attempt === txAttemptsMax || !retryable.has(sqlState(error) ?? '')) throw error
      await delay(retryBaseMs * 2 ** attempt * Math.random())
    }
  }
}

/**
 * Wakes the listeners of `channel` once `tx` has committed. Sent from outside the transaction,
 * because a commit that carries a NOTIFY holds one lock for the whole server until it is on disk.
 * A process killed in between loses the wake-up, so listeners must poll as well.
 */
export function notifyAfterCommit(tx: Tx, channel: string): void {
  const channels = notifications.get(tx)
  invariant(channels, 'not a transaction of Database.tx')
  channels.add(channel)
}

function notifyNow(db: Db, channels: ReadonlySet<string>): void {
  for (const channel of channels) {
    sql`select pg_notify(${channel}, '')`.execute(db).catch(() => {})
  }
}

function listenOn(
  config: pg.ClientConfig,
  channel: string,
  onNotify: (payload: string) => void,
): Listening {
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false
  const connect = async () => {
    const next = new pg.Client({ ...config, statement_timeout: 0 })
    client = next
    const lost = () => {
      if (client !== next) return
      client = undefined
      next.end().catch(() => {})
      if (!isClosed) retry = setTimeout(connect, listenRetryMs).unref()
    }
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', message => onNotify(message.payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      onNotify('')
    } catch {
      lost()
    }
  }
  const first = connect()
  return {
    close: async () => {
      isClosed = true
      clearTimeout(retry)
      await first
      const last = client
      client = undefined
      await last?.end().catch(() => {})
    },
  }
}
