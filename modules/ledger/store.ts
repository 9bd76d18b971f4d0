import type { Db, Tx } from '@kaibo/db/database'
import { newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Entry } from './rules.ts'

/** Inserts the journal's head; undefined when its key was booked before. */
export async function insertJournal(
  tx: Tx,
  journal: { key: string; kind: string },
): Promise<string | undefined> {
  const row = await tx
    .insertInto('ledger_journal')
    .values({ id: newId(), key: journal.key, kind: journal.kind })
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export const insertEntries = (tx: Tx, journalId: string, entries: readonly Entry[]) =>
  tx
    .insertInto('ledger_entry')
    .values(
      entries.map(entry => ({
        journal_id: journalId,
        account: entry.account,
        amount_fen: entry.amountFen,
      })),
    )
    .execute()

/** Sum of an account; debit is positive. */
export async function balanceOf(db: Db, account: string): Promise<number> {
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as sum from ledger_entry where account = ${account}`.execute(
    db,
  )
  return rows[0]?.sum ?? 0
}

export async function journalCount(db: Db): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from ledger_journal`.execute(db)
  return rows[0]?.count ?? 0
}

/** Journals that do not sum to zero, or have fewer than two sides. */
export async function unbalanced(
  db: Db,
  limit: number,
): Promise<{ key: string; sum: number; sides: number }[]> {
  const { rows } = await sql<{ key: string; sum: number; sides: number }>`
    select journal.key, coalesce(sum(entry.amount_fen), 0)::bigint as sum, count(entry.account) as sides
    from ledger_journal journal left join ledger_entry entry on entry.journal_id = journal.id
    group by journal.id, journal.key
    having coalesce(sum(entry.amount_fen), 0) <> 0 or count(entry.account) < 2
    limit ${limit}`.execute(db)
  return rows
}
