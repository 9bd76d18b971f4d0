import type { ProductImport } from '@kaibo/contract/goods/productsheet'
import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Plan } from './rules.ts'

export type ImportRow = {
  id: Id
  shopId: Id
  createdBy: Id
  contentHash: string
  state: ProductImport['state']
  pictureFileId: Id | null
  createdAt: Date
}
export type ProductRow = {
  position: number
  code: string
  row: number
  isNew: boolean
  lacksPicture: boolean
  state: 'ready' | 'bad' | 'done' | 'failed'
  plan: Plan
}

const importColumns = sql`id, shop_id as "shopId", created_by as "createdBy",
  content_hash as "contentHash", state, picture_file_id as "pictureFileId",
  created_at as "createdAt"`

/** Adds an import. False when its id is in use. */
export async function insertImport(
  tx: Tx,
  row: Pick<ImportRow, 'id' | 'shopId' | 'createdBy' | 'contentHash'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into productsheet_import (id, shop_id, created_by, content_hash, state)
    values (${row.id}, ${row.shopId}, ${row.createdBy}, ${row.contentHash}, 'checked')
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function importById(db: Db, id: Id): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${importColumns} from productsheet_import where id = ${id}`.execute(db)
  return rows[0]
}

export async function insertProducts(
  tx: Tx,
  importId: Id,
  products: readonly ProductRow[],
): Promise<void> {
  await sql`
    insert into productsheet_product
      (import_id, position, code, row, is_new, lacks_picture, state, plan)
    select ${importId}, position, code, row, "isNew", "lacksPicture", state, plan
    from json_to_recordset(${JSON.stringify(products)}::json) as product (
      position int, code text, row int, "isNew" boolean, "lacksPicture" boolean, state text,
      plan json)`.execute(tx)
}

export async function addProblems(
  tx: Tx,
  importId: Id,
  problems: readonly SheetProblem[],
): Promise<void> {
  await sql`
    insert into productsheet_problem (import_id, row, "column", code, zh, en)
    select ${importId}, row, "column", code, zh, en
    from json_to_recordset(${JSON.stringify(problems)}::json) as problem (
      row int, "column" text, code text, zh text, en text)`.execute(tx)
}

export async function problemsOf(db: Db, importId: Id, limit: number): Promise<SheetProblem[]> {
  const { rows } = await sql<SheetProblem>`
    select row, "column", code, zh, en from productsheet_problem where import_id = ${importId}
    order by row, sequence limit ${limit}`.execute(db)
  return rows
}

export type Counts = Omit<ProductImport, 'id' | 'state' | 'createdAt' | 'problems'>

export async function countsOf(db: Db, importId: Id): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select
      count(*) filter (where state <> 'bad' and is_new) as "createCount",
      count(*) filter (where state <> 'bad' and not is_new) as "updateCount",
      count(*) filter (where state = 'bad') as "badCount",
      count(*) filter (where state <> 'bad' and lacks_picture) as "pictureMissingCount",
      count(*) filter (where state = 'done') as "doneCount",
      count(*) filter (where state = 'failed') as "failedCount",
      (select count(*) from productsheet_problem where import_id = ${importId}) as "problemCount"
    from productsheet_product where import_id = ${importId}`.execute(db)
  const none = { createCount: 0, updateCount: 0, badCount: 0, pictureMissingCount: 0 }
  return rows[0] ?? { ...none, doneCount: 0, failedCount: 0, problemCount: 0 }
}

/** Begins to write; once. */
export async function startApplying(
  tx: Tx,
  { id, pictureFileId }: { id: Id; pictureFileId: Id | null },
): Promise<void> {
  await sql`
    update productsheet_import set state = 'applying', picture_file_id = ${pictureFileId}
    where id = ${id} and state = 'checked'`.execute(tx)
}

/** Takes an import to work on for `leaseSec`, this one or whichever waits; at most one worker has it. */
export async function lease(
  tx: Tx,
  { id, leaseSec }: { id: Id | null; leaseSec: number },
): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    update productsheet_import set lease_until = now() + make_interval(secs => ${leaseSec})
    where id = (
      select id from productsheet_import
      where state = 'applying' and (${id}::uuid is null or id = ${id})
        and (lease_until is null or lease_until < now())
      order by created_at, id limit 1 for update skip locked)
    returning ${importColumns}`.execute(tx)
  return rows[0]
}

/** Gives the lease back; an import without anything left to write is done. */
export async function endLease(tx: Tx, id: Id): Promise<void> {
  await sql`
    update productsheet_import set lease_until = null,
      state = case when exists (
        select from productsheet_product where import_id = ${id} and state = 'ready'
      ) then state else 'done' end
    where id = ${id}`.execute(tx)
}

export async function readyProducts(db: Db, importId: Id, limit: number): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select position, code, row, is_new as "isNew", lacks_picture as "lacksPicture", state, plan
    from productsheet_product where import_id = ${importId} and state = 'ready'
    order by position limit ${limit}`.execute(db)
  return rows
}

export async function settleProducts(
  tx: Tx,
  q: { importId: Id; products: readonly ProductRow[]; state: 'done' | 'failed' },
): Promise<void> {
  const positions = q.products.map(product => product.position)
  await sql`
    update productsheet_product set state = ${q.state}
    where import_id = ${q.importId} and position = any(${positions}::int[])`.execute(tx)
}

/** The products that a shop's codes name. */
export async function productIdsByCode(
  db: Db,
  { shopId, codes }: { shopId: Id; codes: readonly string[] },
): Promise<Map<string, Id>> {
  const { rows } = await sql<{ code: string; productId: Id }>`
    select code, product_id as "productId" from productsheet_code
    where shop_id = ${shopId} and code = any(${codes}::text[])`.execute(db)
  return new Map(rows.map(row => [row.code, row.productId]))
}

/** Names products by codes. False when one of the codes names another product by now. */
export async function claimCodes(
  tx: Tx,
  shopId: Id,
  claims: readonly { code: string; productId: Id }[],
): Promise<boolean> {
  if (claims.length === 0) return true
  // In one order, so that two imports of the same goods do not wait for each other.
  const { rows } = await sql`
    insert into productsheet_code (shop_id, code, product_id)
    select ${shopId}, code, product_id from unnest(
      ${claims.map(claim => claim.code)}::text[], ${claims.map(claim => claim.productId)}::uuid[]
    ) as claim (code, product_id) order by code
    on conflict do nothing returning code`.execute(tx)
  return rows.length === claims.length
}

/** The codes of products; those without one are missing. */
export async function codesOf(db: Db, productIds: readonly Id[]): Promise<Map<Id, string>> {
  const { rows } = await sql<{ code: string; productId: Id }>`
    select code, product_id as "productId" from productsheet_code
    where product_id = any(${productIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.productId, row.code]))
}
