import { randomBytes } from 'node:crypto'
import { type Database, type DatabaseOptions, openDatabase } from '@kaibo/db/database'
import { afterAll, inject } from 'vitest'
import { runAsAdmin, templateName, urlOfDatabase } from './server.ts'

export type TestDatabase = {
  /** A pool of five connections. */
  database: Database
  /** Connection string, for child processes. */
  url: string
  /** Another pool on the same database: another process, as far as PostgreSQL can tell. */
  connect(options?: Partial<DatabaseOptions>): Database
}

/**
 * A migrated database of its own for the calling test file, dropped when the file is done.
 * `const { database } = await testDatabase()` at the top of the file. `from: 'empty'` gives one
 * without any table, for tests of the migrator.
 */
export async function testDatabase(
  options: { from?: 'template' | 'empty' } = {},
): Promise<TestDatabase> {
  const { url, drop } = await newDatabase(options)
  const pools: Database[] = []
  const connect = (poolOptions: Partial<DatabaseOptions> = {}) => {
    const pool = openDatabase({ url, poolMax: 5, ...poolOptions })
    pools.push(pool)
    return pool
  }
  afterAll(async () => {
    await Promise.all(pools.map(pool => pool.close()))
    await drop()
  })
  return { database: connect(), url, connect }
}

/** The same without a pool, for who begins inside a hook or a test: `drop` must be called. */
export async function newDatabase(
  options: { from?: 'template' | 'empty' } = {},
): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = inject('databaseServerUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  const template = options.from === 'empty' ? 'template0' : templateName
  await runAsAdmin(serverUrl, `create database ${name} template ${template}`)
  const drop = () => runAsAdmin(serverUrl, `drop database ${name} with (force)`)
  return { url: urlOfDatabase(serverUrl, name), drop }
}
