import type { CodeState } from '@kaibo/contract/trade/virtual'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type CodeRow = {
  id: Id
  sealed: string
  state: CodeState
  orderId: Id | null
  importedAt: Date
  givenAt: Date | null
}

/** Adds codes in the order given; those known for this SKU are left alone. Answers how many are new. */
export async function addCodes(
  tx: Tx,
  q: { skuId: Id; importId: Id; codes: readonly { sealed: string; fingerprint: string }[] },
): Promise<number> {
  const { rows } = await sql`
    insert into virtual_code (sku_id, import_id, sealed, fingerprint)
    select ${q.skuId}, ${q.importId}, sealed, fingerprint from unnest(
      ${q.codes.map(code => code.sealed)}::text[],
      ${q.codes.map(code => code.fingerprint)}::text[]
    ) with ordinality as asked (sealed, fingerprint, position)
    order by position
    on conflict do nothing
    returning id`.execute(tx)
  return rows.length
}

/** How many codes this import has added before. */
export async function countOfImport(db: Db, skuId: Id, importId: Id): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from virtual_code
    where sku_id = ${skuId} and import_id = ${importId}`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Gives free codes to a line, the oldest first: as many as it lacks, or none. Codes that another
 * transaction is giving away are passed over, so nobody waits and none is given twice.
 */
export async function giveCodes(
  tx: Tx,
  line: { lineId: Id; orderId: Id; skuId: Id; quantity: number },
): Promise<boolean> {
  const { rows } = await sql`
    with chosen as (
      select id from virtual_code where sku_id = ${line.skuId} and state = 'free'
      order by sequence limit ${line.quantity}
      for update skip locked
    )
    update virtual_code set state = 'given', line_id = ${line.lineId},
      order_id = ${line.orderId}, given_at = now()
    where id in (select id from chosen) and (select count(*) from chosen) = ${line.quantity}
    returning id`.execute(tx)
  return rows.length === line.quantity
}

export function pageOfCodes(
  db: Db,
  q: { skuId: Id; state?: CodeState | undefined; page: PageQuery },
): Promise<Page<CodeRow>> {
  let query = db
    .selectFrom('virtual_code')
    .where('sku_id', '=', q.skuId)
    .select(from => [
      'id',
      'sealed',
      from.ref('state').$castTo<CodeState>().as('state'),
      'order_id as orderId',
      'imported_at as importedAt',
      'given_at as givenAt',
    ])
  if (q.state) query = query.where('state', '=', q.state)
  return pageBy(query, [['sequence', 'desc']], q.page)
}

/** The sealed codes that lines have been given, in the order of their import. */
export async function codesOfLines(
  db: Db,
  lineIds: readonly Id[],
): Promise<{ lineId: Id; sealed: string }[]> {
  const { rows } = await sql<{ lineId: Id; sealed: string }>`
    select line_id as "lineId", sealed from virtual_code
    where line_id = any(${lineIds}::uuid[]) order by sequence`.execute(db)
  return rows
}

/** Withdraws a free code. `gone`: it was given or withdrawn before; null: there is none. */
export async function voidCode(tx: Tx, q: { skuId: Id; id: Id }): Promise<'void' | 'gone' | null> {
  const { rows } = await sql<{ wasFree: boolean }>`
    with found as (
      select id, state from virtual_code where id = ${q.id} and sku_id = ${q.skuId} for update
    ), changed as (
      update virtual_code set state = 'void'
      where id in (select id from found where state = 'free') returning id
    )
    select exists (select from changed) as "wasFree" from found`.execute(tx)
  const [row] = rows
  if (!row) return null
  return row.wasFree ? 'void' : 'gone'
}

/** Codes that are free, by SKU, for every SKU that is delivered by code. */
export async function freeCounts(db: Db): Promise<{ skuId: Id; freeCount: number }[]> {
  const { rows } = await sql<{ skuId: Id; freeCount: number }>`
    select rule.sku_id as "skuId", count(code.id) as "freeCount"
    from virtual_rule rule
    left join virtual_code code on code.sku_id = rule.sku_id and code.state = 'free'
    where rule.kind = 'code' group by rule.sku_id`.execute(db)
  return rows
}
