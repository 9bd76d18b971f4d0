import type { ErrorCode } from '@kaibo/contract/api'
import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type OwnProduct, productsChanged } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { ErrorData } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Product } from './body.ts'
import { findOwn, lockOwn, type Owned, ownProduct, personOf } from './catalog.ts'
import { submitForReview } from './edit.ts'
import type { CatalogNeeds } from './needs.ts'
import { mayPutOn, type ShelfTarget, shelfLife } from './rules.ts'
import { lockProducts, pricesNow } from './store.ts'
import * as store from './store-write.ts'

/** Hands a draft in; without review it is approved at once. Throws `product.wrong_state`. */
export async function submitProduct(
  needs: CatalogNeeds,
  actor: Actor,
  owned: Owned,
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', owned.shopId)
  await needs.database.tx(async tx => {
    const product = await lockOwn(needs, tx, owned)
    const { id, state } = product
    if (!shelfLife.can(state, 'submit')) throw fail('product.wrong_state')
    if (needs.isReviewRequired) {
      await submitForReview(needs, tx, { product, by: personOf(actor) })
    } else await store.moveStates(tx, { ids: [id], sources: [state], state: 'approved' })
  })
  return ownProduct(needs, owned)
}

/**
 * Puts on or takes off the shelf. Throws `product.not_found`, `product.not_approved` or
 * `product.qualification_missing`.
 */
export async function setShelf(
  needs: CatalogNeeds,
  actor: Actor,
  shelf: Owned & { state: ShelfTarget },
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', shelf.shopId)
  await needs.database.tx(tx => moveOwn(needs, tx, { ...shelf, actor }))
  return ownProduct(needs, shelf)
}

/** The same inside a transaction. */
export async function moveOwn(
  needs: CatalogNeeds,
  tx: Tx,
  { actor, state, ...owned }: Owned & { state: ShelfTarget; actor: Actor },
): Promise<void> {
  const product = await lockOwn(needs, tx, owned)
  // What the installation itself puts on, such as demo goods, is not reviewed by itself.
  const isReviewRequired = needs.isReviewRequired && actor.kind !== 'system'
  const problem =
    state === 'on_shelf' ? await shelfProblem({ ...needs, isReviewRequired }, tx, product) : null
  if (problem) throw fail(problem.code, problem.data)
  await moveShelf(needs, tx, { ids: [product.id], state, by: personOf(actor) })
}

/** Why a product cannot be put on; null when it can, or is. */
async function shelfProblem(
  needs: CatalogNeeds,
  db: Db,
  product: Product,
): Promise<{ code: ErrorCode; data: ErrorData } | null> {
  if (product.state === 'on_shelf') return null
  if (!mayPutOn(product.state, needs.isReviewRequired)) {
    return { code: 'product.not_approved', data: {} }
  }
  const missing = await needs.classification.missingDocuments(db, product)
  if (missing.length === 0) return null
  const documents = missing.map(({ name }) => name)
  return { code: 'product.qualification_missing', data: { documents } }
}

/** Moves products that are allowed to, notes their prices, and tells everybody. */
async function moveShelf(
  { pricehistory }: CatalogNeeds,
  tx: Tx,
  { ids, state, by }: { ids: readonly Id[]; state: ShelfTarget; by: Id | null },
): Promise<void> {
  const sources = state === 'on_shelf' ? shelfLife.states : shelfLife.sources('takeOff')
  const productIds = await store.moveStates(tx, { ids, sources, state })
  if (productIds.length === 0) return
  await pricehistory.note(tx, { prices: await pricesNow(tx, productIds), by })
  await publish(tx, productsChanged, { productIds })
}

/**
 * Takes everything of a shop off; `productCount` confirms how many that are. Throws
 * `product.changed` when it is another number.
 */
export async function clearShelf(
  needs: CatalogNeeds,
  actor: Actor,
  { shopId, productCount }: { shopId: Id; productCount: number },
): Promise<{ productCount: number }> {
  requireShop(actor, 'catalog.manage', shopId)
  return needs.database.tx(async tx => {
    const ids = (await store.lockShelf(tx, [shopId])).map(row => row.id)
    if (ids.length !== productCount) throw fail('product.changed', { productCount: ids.length })
    await moveShelf(needs, tx, { ids, state: 'off_shelf', by: personOf(actor) })
    return { productCount: ids.length }
  })
}

/**
 * When to put on and take off by itself; null = not. Throws `product.not_found` or
 * `product.schedule_past`.
 */
export async function setSchedule(
  needs: CatalogNeeds,
  actor: Actor,
  { shopId, id, ...times }: Owned & { shelveAt: string | null; unshelveAt: string | null },
): Promise<OwnProduct> {
  requireShop(actor, 'catalog.manage', shopId)
  await needs.database.tx(async tx => {
    // Not locked: whoever moves what is due locks the times first, then the product.
    await findOwn(tx, { shopId, id })
    await needs.schedule.set(tx, { productId: id, ...times })
  })
  return ownProduct(needs, { shopId, id })
}

/** A move by the clock; answers with the code of what stands in the way, or null. */
export async function moveByClock(
  needs: CatalogNeeds,
  tx: Tx,
  { productId, state }: { productId: Id; state: ShelfTarget },
): Promise<string | null> {
  const product = must((await lockProducts(tx, [productId]))[0], 'a product that is due')
  const problem = state === 'on_shelf' ? await shelfProblem(needs, tx, product) : null
  if (!problem) await moveShelf(needs, tx, { ids: [productId], state, by: null })
  return problem?.code ?? null
}

/** Takes off what these shops may not sell any more: a document of theirs has ended. */
export async function takeOffUnqualified(
  needs: CatalogNeeds,
  tx: Tx,
  shopIds: readonly Id[],
): Promise<void> {
  const rows = await store.lockShelf(tx, shopIds)
  const ids: Id[] = []
  for (const alike of Map.groupBy(rows, row => [row.shopId, ...row.categoryIds].join()).values()) {
    const [first] = alike
    if (!first || first.categoryIds.length === 0) continue
    const missing = await needs.classification.missingDocuments(tx, first)
    if (missing.length > 0) ids.push(...alike.map(row => row.id))
  }
  await moveShelf(needs, tx, { ids, state: 'off_shelf', by: null })
}
