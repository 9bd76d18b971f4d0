import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Shown } from './index.ts'

type Row = { versionId: Id; productId: Id; number: number; shown: Shown; by: Id | null }

export async function insertPages(tx: Tx, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('snapshot_page')
    .values(
      rows.map(row => ({
        id: row.versionId,
        product_id: row.productId,
        number: row.number,
        page: JSON.stringify(row.shown),
        changed_by: row.by,
      })),
    )
    .execute()
}

export async function pageById(
  db: Db,
  versionId: Id,
): Promise<{ shown: Shown; at: Date } | undefined> {
  const { rows } = await sql<{ shown: Shown; at: Date }>`
    select page as shown, created_at as at from snapshot_page where id = ${versionId}`.execute(db)
  return rows[0]
}
