import type { Db, Tx } from '@kaibo/db/database'
import { dayMs, hourMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { type CodeFacts, codeTriesMax, type SentCounts } from './rules.ts'

/** Sending to one phone, and from one address, takes turns until the transaction ends. */
export async function lockSending(
  tx: Tx,
  keys: { phoneIndex: string; addressIndex: string },
): Promise<void> {
  // Everybody locks phone before address, so the two cannot wait for each other in a circle.
  for (const key of [`code.phone:${keys.phoneIndex}`, `code.address:${keys.addressIndex}`]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
  }
}

export async function sentCounts(
  db: Db,
  keys: { phoneIndex: string; addressIndex: string },
  now: Date,
): Promise<SentCounts> {
  const hourAgo = new Date(now.getTime() - hourMs)
  const dayAgo = new Date(now.getTime() - dayMs)
  const { rows } = await sql<SentCounts>`
    select
      (select count(*) from account_code
        where phone_index = ${keys.phoneIndex} and sent_at > ${hourAgo}) as "phoneHour",
      (select count(*) from account_code
        where phone_index = ${keys.phoneIndex} and sent_at > ${dayAgo}) as "phoneDay",
      (select count(*) from account_code
        where address_index = ${keys.addressIndex} and sent_at > ${hourAgo}) as "addressHour"
  `.execute(db)
  return rows[0] ?? { phoneHour: 0, phoneDay: 0, addressHour: 0 }
}

export async function newestCode(db: Db, phoneIndex: string): Promise<CodeFacts | undefined> {
  return db
    .selectFrom('account_code')
    .select([
      'sent_at as sentAt',
      'expires_at as expiresAt',
      'tries_count as triesCount',
      'last_try_at as lastTryAt',
      'used_at as usedAt',
    ])
    .where('phone_index', '=', phoneIndex)
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

export async function addCode(
  tx: Tx,
  code: {
    id: Id
    phoneIndex: string
    addressIndex: string
    codeHash: string
    sentAt: Date
    expiresAt: Date
  },
): Promise<void> {
  await tx
    .insertInto('account_code')
    .values({
      id: code.id,
      phone_index: code.phoneIndex,
      address_index: code.addressIndex,
      code_hash: code.codeHash,
      sent_at: code.sentAt,
      expires_at: code.expiresAt,
    })
    .execute()
}

/**
 * Counts one try against the newest code of the phone, before anybody looks at what was typed: so
 * parallel tries cannot pass the limit. Undefined when it is used, expired or out of tries.
 */
export async function countTry(
  tx: Tx,
  phoneIndex: string,
  now: Date,
): Promise<{ id: Id; codeHash: string; triesCount: number } | undefined> {
  return tx
    .updateTable('account_code')
    .set(eb => ({ tries_count: eb('tries_count', '+', 1), last_try_at: now }))
    .where('id', '=', eb =>
      eb
        .selectFrom('account_code as newest')
        .select('newest.id')
        .where('newest.phone_index', '=', phoneIndex)
        .orderBy('newest.sent_at', 'desc')
        .orderBy('newest.id', 'desc')
        .limit(1),
    )
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('tries_count', '<', codeTriesMax)
    .returning(['id', 'code_hash as codeHash', 'tries_count as triesCount'])
    .executeTakeFirst()
}

/** Spends the code; false when a parallel sign-in did so first. */
export async function useCode(tx: Tx, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('account_code')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Removes at most `limit` codes that no limit counts any more. */
export async function removeOldCodes(tx: Tx, now: Date, limit: number): Promise<number> {
  const old = tx
    .selectFrom('account_code')
    .select('id')
    .where('sent_at', '<', new Date(now.getTime() - dayMs))
    .limit(limit)
  const { numDeletedRows } = await tx
    .deleteFrom('account_code')
    .where('id', 'in', old)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
