import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Database, openDatabase } from '@kaibo/db/database'
import { startEmbeddedPostgres } from '@kaibo/db/embedded'
import { isAlive, isServerOf, readPidFile } from '@kaibo/db/embedded/cluster'
import { migrate, migrationSources } from '@kaibo/db/migrate'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the PostgreSQL server of this test run. */
    databaseServerUrl: string
  }
}

const prefix = 'kaibo-test-'
const rootDir = resolve(import.meta.dirname, '../../..')

/** The migrated database that test databases are copied from. */
export const templateName = 'kaibo_template'

export type TestServer = {
  /** Connection string of the server. */
  url: string
  /** Stops the server and removes its files. */
  stop(): Promise<void>
}

/** A PostgreSQL without durability in a temporary directory, with a migrated template database. */
export async function startTestServer(): Promise<TestServer> {
  await removeDeadRuns()
  const dir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  await chmod(dir, 0o711)
  const server = await startEmbeddedPostgres({
    dataDir: join(dir, 'postgres'),
    durability: 'throwaway',
  })
  const stop = async () => {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await runAsAdmin(server.url, `create database ${templateName}`)
    await withDatabase(urlOfDatabase(server.url, templateName), async database => {
      await migrate(database, await migrationSources(rootDir))
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { url: server.url, stop }
}

/** The same server, another database. */
export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement that cannot run inside a transaction, like `create database`. */
export const runAsAdmin = (serverUrl: string, statement: string): Promise<void> =>
  withDatabase(serverUrl, async admin => {
    await admin.query('', statement, [])
  })

async function withDatabase(url: string, use: (database: Database) => Promise<void>) {
  const database = openDatabase({ url, poolMax: 1, statementTimeoutMs: 60_000 })
  await use(database).finally(() => database.close())
}

/** A killed test run leaves its server behind. */
async function removeDeadRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length).split('-')[0])))
      continue
    const dataDir = join(tmpdir(), name, 'postgres')
    const server = readPidFile(dataDir)
    if (server && isServerOf(dataDir, server.pid)) process.kill(server.pid, 'SIGQUIT')
    await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}
