/** The embedded server cannot serve; the message says why and what to do instead. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  constructor(reason: string) {
    super(
      `The embedded PostgreSQL cannot run because ${reason}; ` +
        'fix that, or set DATABASE_URL to a PostgreSQL 15-18 server.',
    )
  }
}
