import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { Entry } from './rules.ts'

/** Inserts a journal's head; undefined when its key was booked before. */
export async function insertJournal(
  tx: Tx,
  { key, kind }: { key: string; kind: string },
): Promise<Id | undefined> {
  const row = await tx
    .insertInto('ledger_journal')
    .values({ id: newId(), key, kind })
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function insertEntries(
  tx: Tx,
  journalId: Id,
  entries: readonly Entry[],
): Promise<void> {
  const rows = entries.map(({ account, amountFen }) => ({
    journal_id: journalId,
    account,
    amount_fen: amountFen,
  }))
  await tx.insertInto('ledger_entry').values(rows).execute()
}

/** Sums of accounts, debit positive; an account without entries is missing. */
export async function sumsOf(db: Db, accounts: readonly string[]): Promise<Map<string, Fen>> {
  const { rows } = await sql<{ account: string; sumFen: Fen }>`
    select account, sum(amount_fen)::bigint as "sumFen" from ledger_entry
    where account = any(${accounts}::text[]) group by account`.execute(db)
  return new Map(rows.map(row => [row.account, row.sumFen]))
}

/** What journals moved, by key; a key that was never booked is missing. */
export async function amountsByKey(db: Db, keys: readonly string[]): Promise<Map<string, Fen>> {
  const { rows } = await sql<{ key: string; amountFen: Fen }>`
    select key, sum(amount_fen)::bigint as "amountFen"
    from ledger_journal journal join ledger_entry on journal_id = journal.id
    where key = any(${keys}::text[]) and amount_fen > 0 group by key`.execute(db)
  return new Map(rows.map(row => [row.key, row.amountFen]))
}

export async function journalCount(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ledger_journal`.execute(db)
  return rows[0]?.count ?? 0
}

type Unbalanced = { key: string; sumFen: Fen; sideCount: number }

/** Journals that do not sum to zero, or have fewer than two sides. */
export async function unbalanced(db: Db, limit: number): Promise<Unbalanced[]> {
  const { rows } = await sql<Unbalanced>`
    select key, coalesce(sum(amount_fen), 0)::bigint as "sumFen", count(account) as "sideCount"
    from ledger_journal journal left join ledger_entry on journal_id = journal.id
    group by journal.id
    having coalesce(sum(amount_fen), 0) <> 0 or count(account) < 2
    order by journal.id limit ${limit}`.execute(db)
  return rows
}
