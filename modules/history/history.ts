import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import { historyMax, type Viewed } from '@kaibo/contract/people/history'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import * as store from './store.ts'

export type HistoryNeeds = {
  readonly database: Database
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

/** What the actor looked at, the latest first; products that nobody may see any more are left out. */
export async function list(
  { database: { db }, catalog }: HistoryNeeds,
  actor: Actor,
): Promise<{ items: Viewed[] }> {
  const rows = await store.itemsOf(db, personOf(actor), historyMax)
  const ids = rows.map(row => row.productId)
  const byId = new Map((await catalog.cardsByIds(db, ids)).map(card => [card.id, card]))
  const items = rows.flatMap(({ productId, viewedAt }) => {
    const product = byId.get(productId)
    return product ? [{ product, viewedAt: viewedAt.toISOString() }] : []
  })
  return { items }
}

/** Remembers that the actor looks at a product; one that nobody may see is passed over. */
export async function record(
  { database, catalog }: HistoryNeeds,
  actor: Actor,
  productId: Id,
): Promise<void> {
  const userId = personOf(actor)
  if ((await catalog.cardsByIds(database.db, [productId])).length === 0) return
  await database.tx(tx => store.record(tx, { userId, productId, keepMax: historyMax }))
}

export async function forget(
  { database }: HistoryNeeds,
  actor: Actor,
  productId: Id,
): Promise<void> {
  const userId = personOf(actor)
  await database.tx(tx => store.forget(tx, { userId, productId }))
}

export async function clear({ database }: HistoryNeeds, actor: Actor): Promise<void> {
  const userId = personOf(actor)
  await database.tx(tx => store.clear(tx, userId))
}

function personOf(actor: Actor): Id {
  requirePermission(actor, 'account.self')
  return requireUser(actor).userId
}
