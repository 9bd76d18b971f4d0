/** The part of a pino logger that this package needs. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }

/** What is worth logging of a thrown value: the message and, for PostgreSQL errors, the SQLSTATE. */
export function reasonOf(error: unknown): string {
  // pg-boss reports plain objects.
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error)
  const state = sqlState(error)
  return state ? `${error.message} (${state})` : String(error.message)
}

/** The SQLSTATE or system error code of a thrown value, e.g. `40001` or `ECONNREFUSED`. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
