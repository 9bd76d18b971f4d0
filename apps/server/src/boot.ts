import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, openDatabase } from '@kaibo/db/database'
import { startEmbeddedPostgres } from '@kaibo/db/embedded'
import { reasonOf, sqlState } from '@kaibo/db/log'
import { migrate, migrationSources } from '@kaibo/db/migrate'
import { systemClock } from '@kaibo/kernel/clock'
import type { Logger } from 'pino'
import { compose, type Kaibo } from './compose.ts'
import { type Config, ConfigError } from './config.ts'
import { createLog } from './log.ts'
import { loadSecrets } from './secrets.ts'

export const rootDir = fileURLToPath(new URL('../../..', import.meta.url))

export type Booted = {
  kaibo: Kaibo
  database: Database
  log: Logger
  dataDir: string
  /** How the database runs, for the start table. */
  databaseNote: string
  close(): Promise<void>
}

const poolMax = 12
/** Running jobs may finish within this time; what does not is tried again by the next process. */
const jobsWaitMs = 3_000

/**
 * Opens the database (the embedded one unless `DATABASE_URL` names a server), brings its schema up
 * to date and wires everything. Throws {@link ConfigError} with one clear sentence.
 */
export async function boot(config: Config, { isServing }: { isServing: boolean }): Promise<Booted> {
  const log = createLog(config)
  const secrets = loadSecrets(config.KAIBO_DATA_DIR)
  const server = await openServer(config, log)
  const database = openDatabase({ url: server.url, poolMax, log })
  try {
    await reach(database)
    await migrate(database, await migrationSources(rootDir)).catch(explainRights)
  } catch (error) {
    await database.close()
    await server.stop()
    throw error
  }
  const kaibo = compose({
    config,
    database,
    databaseUrl: server.url,
    secrets,
    clock: systemClock,
    log,
    isServing,
  })
  await kaibo.wordlist.start()
  return {
    kaibo,
    database,
    log,
    dataDir: config.KAIBO_DATA_DIR,
    databaseNote: server.note,
    async close() {
      kaibo.hub.close()
      await kaibo.jobs.stop({ waitMs: jobsWaitMs })
      await kaibo.wordlist.stop()
      await kaibo.fanout.stop()
      await database.close()
      await server.stop()
    },
  }
}

async function openServer(config: Config, log: Logger) {
  if (config.DATABASE_URL) {
    return { url: config.DATABASE_URL, note: 'PostgreSQL at DATABASE_URL', stop: async () => {} }
  }
  const embedded = await startEmbeddedPostgres({
    dataDir: join(config.KAIBO_DATA_DIR, 'postgres'),
    log,
  })
  const note = embedded.adopted
    ? 'embedded PostgreSQL 17 (found running)'
    : 'embedded PostgreSQL 17'
  return { url: embedded.url, note, stop: embedded.stop }
}

const serverVersionMin = 15

async function reach(database: Database): Promise<void> {
  const [facts] = await database
    .query<{ version: string }>('', `select current_setting('server_version') as version`, [])
    .catch((error: unknown) => {
      throw new ConfigError(
        `The database does not answer (${reasonOf(error)}): check DATABASE_URL and that the server runs.`,
      )
    })
  const version = Number.parseInt(facts?.version ?? '', 10)
  if (version >= serverVersionMin) return
  throw new ConfigError(
    `The server at DATABASE_URL is PostgreSQL ${facts?.version}: Kaibo needs ${serverVersionMin} or newer.`,
  )
}

const insufficientRights = '42501'

function explainRights(error: unknown): never {
  if (sqlState(error) !== insufficientRights) throw error
  throw new ConfigError(
    `The user of DATABASE_URL may not make tables (${reasonOf(error)}): let it own the database.`,
  )
}
