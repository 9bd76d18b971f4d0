import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'

export type SessionRow = { id: Id; userId: Id; seenAt: Date }

export async function addSession(
  tx: Tx,
  session: SessionRow & { tokenHash: string; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('account_session')
    .values({
      id: session.id,
      user_id: session.userId,
      token_hash: session.tokenHash,
      created_at: session.seenAt,
      seen_at: session.seenAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

export async function sessionByTokenHash(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<SessionRow | undefined> {
  return db
    .selectFrom('account_session')
    .select(['id', 'user_id as userId', 'seen_at as seenAt'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Slides the session; of parallel calls the first one writes. */
export async function touchSession(
  tx: Tx,
  session: SessionRow,
  times: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .updateTable('account_session')
    .set({ seen_at: times.now, expires_at: times.expiresAt })
    .where('id', '=', session.id)
    .where('seen_at', '=', session.seenAt)
    .execute()
}

/** Ends a session of this person; false when it had ended before. */
export async function removeSession(
  tx: Tx,
  session: { sessionId: Id; userId: Id },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('account_session')
    .where('id', '=', session.sessionId)
    .where('user_id', '=', session.userId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends the idlest sessions of a person beyond `keptMax`; returns their ids. */
export async function removeIdlestSessions(tx: Tx, userId: Id, keptMax: number): Promise<Id[]> {
  const idlest = tx
    .selectFrom('account_session')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .offset(keptMax)
  const rows = await tx
    .deleteFrom('account_session')
    .where('id', 'in', idlest)
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

/** Removes at most `limit` sessions that ended before `now`. */
export async function removeExpiredSessions(tx: Tx, now: Date, limit: number): Promise<number> {
  const expired = tx
    .selectFrom('account_session')
    .select('id')
    .where('expires_at', '<=', now)
    .limit(limit)
  const { numDeletedRows } = await tx
    .deleteFrom('account_session')
    .where('id', 'in', expired)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
