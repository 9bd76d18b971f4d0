import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

/** How long one question may take. */
const questionMaxMs = 600_000

/**
 * Reads whole tables as they were at one moment, to compare them: what goes on meanwhile is not seen,
 * and nothing is compared row by row, which would take the square of the time.
 */
export const readWhole = <R>(db: Db, read: (tx: Tx) => Promise<R>): Promise<R> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async tx => {
      await sql`select set_config('statement_timeout', ${String(questionMaxMs)}, true),
        set_config('enable_nestloop', 'off', true)`.execute(tx)
      return read(tx)
    })
