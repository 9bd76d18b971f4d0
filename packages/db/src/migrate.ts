import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import type { Database, Db } from './database.ts'
import { reasonOf } from './log.ts'

/** The migrations of one module: a folder of `<yyyymmddhhmm>-what.sql` files. */
export type MigrationSource = { module: string; dir: string }

type Migration = { module: string; name: string; hash: string; text: string }

/** The schema cannot be brought up to date; the message names the file and the reason. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** Another process may be migrating a big table: wait for it this long. */
const turnTimeout = '10min'
/** A migration that cannot get its table lock fails quickly instead of queueing everybody behind it. */
const lockTimeout = '3s'
const turnKey = 7_243_817
const filePattern = /^\d{12}-[a-z0-9-]+\.sql$/

/** The migrations of this package, of every module and of every provider below `rootDir`. */
export async function migrationSources(rootDir: string): Promise<MigrationSource[]> {
  const sources = [{ module: 'db', dir: join(rootDir, 'packages/db/migrations') }]
  for (const zone of ['modules', 'providers']) {
    const entries = await readdir(join(rootDir, zone), { withFileTypes: true }).catch(() => [])
    for (const { name } of entries) {
      const dir = join(rootDir, zone, name, 'migrations')
      if (existsSync(dir)) sources.push({ module: name, dir })
    }
  }
  return sources.sort((a, b) => a.module.localeCompare(b.module))
}

/**
 * Applies what has not been applied yet, by file name and then module; each file in a transaction of
 * its own, so none may contain `create index concurrently`. Processes that boot together take turns.
 * Returns the names applied by this call. Throws {@link MigrationError}.
 */
export async function migrate(
  database: Database,
  sources: readonly MigrationSource[],
): Promise<string[]> {
  const migrations = await readMigrations(sources)
  return database.db.connection().execute(async db => {
    await sql`select set_config('statement_timeout', '0', false),
                     set_config('lock_timeout', ${turnTimeout}, false)`.execute(db)
    await sql`select pg_advisory_lock(${turnKey})`.execute(db)
    try {
      await createHistory(db)
      const pending = await selectPending(db, migrations)
      for (const migration of pending) await apply(db, migration)
      return pending.map(nameOf)
    } finally {
      await release(db)
    }
  })
}

/** Leaves the connection as it was. A connection that broke is not used again, and its lock is gone. */
async function release(db: Db): Promise<void> {
  await sql`select pg_advisory_unlock(${turnKey})`.execute(db).catch(() => {})
  await sql`reset statement_timeout; reset lock_timeout`.execute(db).catch(() => {})
}

/** The names of migrations not applied yet: for the doctor and for readiness. */
export async function pendingMigrations(
  database: Database,
  sources: readonly MigrationSource[],
): Promise<string[]> {
  const migrations = await readMigrations(sources)
  const { rows } = await sql<{ made: boolean }>`
    select to_regclass('schema_migration') is not null as made`.execute(database.db)
  if (!rows[0]?.made) return migrations.map(nameOf)
  return (await selectPending(database.db, migrations)).map(nameOf)
}

const nameOf = (migration: { module: string; name: string }) =>
  `${migration.module}/${migration.name}`

async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const { module, dir } of sources) {
    for (const file of await readdir(dir)) {
      if (!file.endsWith('.sql')) continue
      if (!filePattern.test(file)) {
        throw new MigrationError(`${module}/${file} is not named <yyyymmddhhmm>-what.sql`)
      }
      const text = (await readFile(join(dir, file), 'utf8')).replaceAll('\r\n', '\n')
      const hash = createHash('sha256').update(text).digest('hex')
      migrations.push({ module, name: basename(file, '.sql'), hash, text })
    }
  }
  const keyOf = ({ name, module }: Migration) => `${name}/${module}`
  return migrations.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

async function createHistory(db: Db): Promise<void> {
  await sql`
    create table if not exists schema_migration (
      module text not null,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default now(),
      primary key (module, name)
    )`.execute(db)
}

/** An applied file that is unknown here belongs to a newer release, which is fine. */
async function selectPending(db: Db, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await sql<{ module: string; name: string; hash: string }>`
    select module, name, hash from schema_migration`.execute(db)
  const applied = new Map(rows.map(row => [nameOf(row), row.hash]))
  const changed = migrations.find(migration => {
    const hash = applied.get(nameOf(migration))
    return hash !== undefined && hash !== migration.hash
  })
  if (changed) {
    throw new MigrationError(
      `${nameOf(changed)} was changed after it had been applied; restore it and add a new migration`,
    )
  }
  return migrations.filter(migration => !applied.has(nameOf(migration)))
}

async function apply(db: Db, migration: Migration): Promise<void> {
  try {
    await db.transaction().execute(async tx => {
      await sql`select set_config('lock_timeout', ${lockTimeout}, true)`.execute(tx)
      await sql.raw(migration.text).execute(tx)
      await sql`insert into schema_migration (module, name, hash)
                values (${migration.module}, ${migration.name}, ${migration.hash})`.execute(tx)
    })
  } catch (error) {
    throw new MigrationError(`${nameOf(migration)} failed: ${reasonOf(error)}`, { cause: error })
  }
}
