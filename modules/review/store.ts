import type { ReviewState } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type CaseRow = {
  id: Id
  productId: Id
  shopId: Id
  title: string
  isChange: boolean
  state: ReviewState
  reason: string
  submittedAt: Date
  decidedAt: Date | null
}

const cases = (db: Db) =>
  db
    .selectFrom('review_case')
    .select(from => [
      'id',
      'product_id as productId',
      'shop_id as shopId',
      'title',
      'is_change as isChange',
      from.ref('state').$castTo<ReviewState>().as('state'),
      'reason',
      'submitted_at as submittedAt',
      'decided_at as decidedAt',
    ])

const longestWaitingFirst = [
  ['submitted_at', 'asc'],
  ['id', 'asc'],
] as const

export const pageOfCases = (
  db: Db,
  { state, ...page }: { state?: ReviewState | undefined } & PageQuery,
): Promise<Page<CaseRow>> =>
  pageBy(state ? cases(db).where('state', '=', state) : cases(db), longestWaitingFirst, page)

export const caseById = (db: Db, id: Id): Promise<CaseRow | undefined> =>
  cases(db).where('id', '=', id).executeTakeFirst()

/** The newest case of each product. */
export const newestCases = (db: Db, productIds: readonly Id[]): Promise<CaseRow[]> =>
  cases(db)
    .distinctOn('product_id')
    .where('product_id', 'in', [...productIds])
    .orderBy('product_id')
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** Opens a case, or brings the open one of the product up to date. */
export async function openCase(
  tx: Tx,
  row: Pick<CaseRow, 'id' | 'productId' | 'shopId' | 'title' | 'isChange'> & { by: Id | null },
): Promise<void> {
  await tx
    .insertInto('review_case')
    .values({
      id: row.id,
      product_id: row.productId,
      shop_id: row.shopId,
      title: row.title,
      is_change: row.isChange,
      submitted_by: row.by,
    })
    .onConflict(conflict =>
      conflict
        .column('product_id')
        .where('state', '=', 'open')
        .doUpdateSet({ title: row.title, is_change: row.isChange, submitted_by: row.by }),
    )
    .execute()
}

/** Closes an open case; false when it is decided already. Compare and set. */
export async function closeCase(
  tx: Tx,
  q: { id: Id; state: ReviewState; reason: string; by: Id | null },
): Promise<boolean> {
  const result = await tx
    .updateTable('review_case')
    .set({ state: q.state, reason: q.reason, decided_by: q.by, decided_at: sql`now()` })
    .where('id', '=', q.id)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return result.numUpdatedRows === 1n
}

/** Takes back the open case of a product, if there is one. */
export async function withdrawCase(tx: Tx, productId: Id): Promise<void> {
  await tx
    .updateTable('review_case')
    .set({ state: 'withdrawn', decided_at: sql`now()` })
    .where('product_id', '=', productId)
    .where('state', '=', 'open')
    .execute()
}
