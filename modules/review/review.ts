import { requirePermission } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ProductPage, ReviewState } from '@kaibo/contract/goods/catalog'
import type { ReviewCase } from '@kaibo/contract/goods/review'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Shops } from '@kaibo/modules/shop'
import * as store from './store.ts'

export type ReviewNeeds = {
  database: Database
  shop: Pick<Shops, 'shopsByIds'>
  /** What was handed in, beside what buyers see now. */
  pagesOf(
    db: Db,
    productId: Id,
  ): Promise<{ proposed: ProductPage; present: ProductPage | null } | null>
  /** Does to the product what was decided. */
  settle(tx: Tx, verdict: { productId: Id; isApproved: boolean }): Promise<void>
}

/** Cases of one state or of all, longest waiting first. */
export async function listCases(
  needs: ReviewNeeds,
  actor: Actor,
  query: { state?: ReviewState } & PageQuery,
): Promise<Page<ReviewCase>> {
  requirePermission(actor, 'platform.manage')
  const page = await store.pageOfCases(needs.database.db, query)
  return { ...page, items: await viewsOf(needs, page.items) }
}

/** One case with the pages to compare. Throws `review.not_found`. */
export async function viewCase(
  needs: ReviewNeeds,
  actor: Actor,
  id: Id,
): Promise<{ case: ReviewCase; proposed: ProductPage; present: ProductPage | null }> {
  requirePermission(actor, 'platform.manage')
  const { db } = needs.database
  const row = await store.caseById(db, id)
  const pages = row && (await needs.pagesOf(db, row.productId))
  if (!pages) throw fail('review.not_found')
  return { case: await viewOf(needs, row), ...pages }
}

/**
 * Approves or rejects, once. Throws `review.not_found`, `review.decided` or
 * `review.reason_missing`.
 */
export async function decideCase(
  needs: ReviewNeeds,
  actor: Actor,
  { id, isApproved, reason }: { id: Id; isApproved: boolean; reason: string },
): Promise<ReviewCase> {
  requirePermission(actor, 'platform.manage')
  if (!isApproved && reason === '') throw fail('review.reason_missing')
  const by = actor.kind === 'user' ? actor.userId : null
  const row = await needs.database.tx(async tx => {
    const open = await store.caseById(tx, id)
    if (!open) throw fail('review.not_found')
    const state = isApproved ? 'approved' : 'rejected'
    // The product first, as its editors do: the same order of locks.
    if (open.state === 'open') await needs.settle(tx, { productId: open.productId, isApproved })
    if (!(await store.closeCase(tx, { id, state, reason, by }))) throw fail('review.decided')
    return must(await store.caseById(tx, id), 'the case')
  })
  return viewOf(needs, row)
}

async function viewOf(needs: ReviewNeeds, row: store.CaseRow): Promise<ReviewCase> {
  const [view] = await viewsOf(needs, [row])
  return must(view, 'a view')
}

async function viewsOf(
  { database, shop }: ReviewNeeds,
  rows: readonly store.CaseRow[],
): Promise<ReviewCase[]> {
  const shops = await shop.shopsByIds(
    database.db,
    rows.map(row => row.shopId),
  )
  return rows.map(({ shopId, submittedAt, decidedAt, ...row }) => ({
    ...row,
    shop: { id: shopId, name: shops.get(shopId)?.name ?? '' },
    submittedAt: submittedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }))
}
