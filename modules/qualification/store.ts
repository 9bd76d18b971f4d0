import { documentsPerShopMax, expiryWarningDays } from '@kaibo/contract/goods/qualification'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { DocumentState, Standing } from './rules.ts'

export type DocumentRow = {
  id: Id
  shopId: Id
  typeId: Id
  number: string
  fileIds: Id[]
  expiresOn: string | null
  daysLeft: number | null
  standing: Standing
  reason: string
  createdAt: Date
}
export type NewDocument = Pick<
  DocumentRow,
  'id' | 'shopId' | 'typeId' | 'number' | 'fileIds' | 'expiresOn'
> & { state: DocumentState; by: Id | null }

/** Papers end with the day in China. */
const today = sql<string>`(now() at time zone 'Asia/Shanghai')::date`

const documents = (db: Db) =>
  db.selectFrom('qualification_document').select([
    'id',
    'shop_id as shopId',
    'type_id as typeId',
    'number',
    'file_ids as fileIds',
    sql<string | null>`expires_on::text`.as('expiresOn'),
    sql<number | null>`expires_on - ${today}`.as('daysLeft'),
    sql<Standing>`case
        when state <> 'approved' then state
        when expires_on < ${today} then 'expired'
        when expires_on <= ${today} + ${expiryWarningDays}::integer then 'expiring'
        else 'valid' end`.as('standing'),
    'reason',
    'created_at as createdAt',
  ])

const newestFirst = [
  ['created_at', 'desc'],
  ['id', 'desc'],
] as const

export const pageOfShop = (
  db: Db,
  { shopId, ...page }: { shopId: Id } & PageQuery,
): Promise<Page<DocumentRow>> =>
  pageBy(documents(db).where('shop_id', '=', shopId), newestFirst, page)

export const pageOfState = (
  db: Db,
  { state, ...page }: { state?: DocumentState | undefined } & PageQuery,
): Promise<Page<DocumentRow>> =>
  pageBy(state ? documents(db).where('state', '=', state) : documents(db), newestFirst, page)

export const documentById = (db: Db, id: Id): Promise<DocumentRow | undefined> =>
  documents(db).where('id', '=', id).executeTakeFirst()

/** Adds a document; the same id again changes nothing. False when the shop has too many. */
export async function insertDocument(tx: Tx, row: NewDocument): Promise<boolean> {
  const { count } = await tx
    .selectFrom('qualification_document')
    .select(sql<number>`count(*)`.as('count'))
    .where('shop_id', '=', row.shopId)
    .executeTakeFirstOrThrow()
  if (count >= documentsPerShopMax) return false
  await tx
    .insertInto('qualification_document')
    .values({
      id: row.id,
      shop_id: row.shopId,
      type_id: row.typeId,
      number: row.number,
      file_ids: row.fileIds,
      expires_on: row.expiresOn,
      state: row.state,
      submitted_by: row.by,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return true
}

export async function deleteDocument(tx: Tx, q: { id: Id; shopId: Id }): Promise<boolean> {
  const result = await tx
    .deleteFrom('qualification_document')
    .where('id', '=', q.id)
    .where('shop_id', '=', q.shopId)
    .executeTakeFirstOrThrow()
  return result.numDeletedRows === 1n
}

/** Decides a pending document; false when it is decided. Compare and set. */
export async function decideDocument(
  tx: Tx,
  q: { id: Id; state: DocumentState; reason: string; by: Id | null },
): Promise<boolean> {
  const result = await tx
    .updateTable('qualification_document')
    .set({ state: q.state, reason: q.reason, decided_by: q.by, decided_at: sql`now()` })
    .where('id', '=', q.id)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  return result.numUpdatedRows === 1n
}

/** Those of the kinds for which the shop has an approved document that is good today. */
export async function validTypes(
  db: Db,
  { shopId, typeIds }: { shopId: Id; typeIds: readonly Id[] },
): Promise<Set<Id>> {
  const rows = await db
    .selectFrom('qualification_document')
    .distinct()
    .select('type_id')
    .where('shop_id', '=', shopId)
    .where('type_id', 'in', [...typeIds])
    .where('state', '=', 'approved')
    .where(sql<boolean>`(expires_on is null or expires_on >= ${today})`)
    .execute()
  return new Set(rows.map(row => row.type_id))
}

/** Marks documents that have ended; answers with their shops. Two workers share the rows. */
export async function lapseDue(tx: Tx, limit: number): Promise<Id[]> {
  const { rows } = await sql<{ shopId: Id }>`
    update qualification_document set lapsed_at = now() where id in (
      select id from qualification_document
      where state = 'approved' and lapsed_at is null and expires_on < ${today}
      order by expires_on limit ${limit} for update skip locked
    ) returning shop_id as "shopId"`.execute(tx)
  return [...new Set(rows.map(row => row.shopId))]
}

/** Today, as a day in China. */
export async function dayNow(db: Db): Promise<string> {
  const { rows } = await sql<{ day: string }>`select ${today}::text as day`.execute(db)
  return rows[0]?.day ?? ''
}
