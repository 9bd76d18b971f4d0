import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import { type Entry, genesisHash } from './rules.ts'

const columns = [
  'sequence',
  'at',
  'actor_id as actorId',
  'shop_id as shopId',
  'action',
  'subject',
  'detail',
  'ip',
  'request_id as requestId',
  'hash',
] as const

type Row = Omit<Entry, 'detail'> & { detail: unknown }

/** The end of the chain; nobody else appends until the transaction ends. */
export async function lockChain(tx: Tx): Promise<{ sequence: number; hash: string }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('audit.chain', 0))`.execute(tx)
  const last = await tx
    .selectFrom('audit_entry')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { sequence: 0, hash: genesisHash }
}

export async function append(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map(entry => ({
    sequence: entry.sequence,
    at: entry.at,
    actor_id: entry.actorId,
    shop_id: entry.shopId,
    action: entry.action,
    subject: entry.subject,
    detail: JSON.stringify(entry.detail),
    ip: entry.ip,
    request_id: entry.requestId,
    hash: entry.hash,
  }))
  await tx.insertInto('audit_entry').values(rows).execute()
}

/** At most `limit` lines after `sequence`, in the order of the chain. */
export async function entriesAfter(db: Db, sequence: number, limit: number): Promise<Entry[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select(columns)
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

/** The newest first; `actorId` null means the system and visitors. */
export async function pageOfEntries(
  db: Db,
  filter: PageQuery & { actorId?: Id | null; shopId?: Id },
): Promise<Page<Entry>> {
  const { actorId, shopId, ...page } = filter
  let query = db.selectFrom('audit_entry').select(columns)
  if (actorId !== undefined) query = query.where('actor_id', 'is not distinct from', actorId)
  if (shopId !== undefined) query = query.where('shop_id', '=', shopId)
  const { items, next } = await pageBy(query, [['sequence', 'desc']], page)
  return { items: items.map(toEntry), next }
}

const toEntry = (row: Row): Entry => ({ ...row, detail: recordOf(row.detail) })

function recordOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null ? { ...json } : {}
}
