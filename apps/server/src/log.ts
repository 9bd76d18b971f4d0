import { sqlState } from '@kaibo/db/log'
import { destination, type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** What never reaches a log: no line is meant to hold these, and this is the second fence. */
const secretFields = ['key', 'streamKey', 'token', 'code', 'phone', 'authorization', 'cookie']
const redacted = secretFields.flatMap(field => [field, `*.${field}`, `*.*.${field}`])

/** JSON lines on standard error, so that standard output stays for people. */
export const createLog = ({ KAIBO_LOG_LEVEL }: Pick<Config, 'KAIBO_LOG_LEVEL'>): Logger =>
  pino(
    {
      level: KAIBO_LOG_LEVEL,
      base: { process: 'server' },
      redact: { paths: redacted, censor: '***' },
      serializers: { err: errorFacts },
    },
    destination(2),
  )

/**
 * What an error may tell a log. Errors of the database carry whole rows in `detail` and `where`,
 * those of the network addresses with tokens: only these fields leave.
 */
function errorFacts(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  const state = sqlState(error)
  return {
    type: error.name,
    message: error.message,
    ...(state ? { state } : {}),
    stack: error.stack,
  }
}
