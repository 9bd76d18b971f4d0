import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type Favourite, favouritesMax } from '@kaibo/contract/people/favourite'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Catalog } from '@kaibo/modules/catalog'
import * as store from './store.ts'

export type FavouriteNeeds = {
  readonly database: Database
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

/** The actor's favourites, newest first; products that nobody may see any more are left out. */
export async function list(
  { database: { db }, catalog }: FavouriteNeeds,
  actor: Actor,
  page: PageQuery,
): Promise<Page<Favourite>> {
  const { items, next } = await store.pageOf(db, personOf(actor), page)
  const cards = await catalog.cardsByIds(
    db,
    items.map(item => item.productId),
  )
  const byId = new Map(cards.map(card => [card.id, card]))
  const shown = items.flatMap(({ productId, thenPriceFen, favouredAt }) => {
    const product = byId.get(productId)
    return product ? [{ product, thenPriceFen, favouredAt: favouredAt.toISOString() }] : []
  })
  return { items: shown, next }
}

export const count = async ({ database: { db } }: FavouriteNeeds, actor: Actor) => ({
  count: await store.countOf(db, personOf(actor)),
})

export const state = async ({ database: { db } }: FavouriteNeeds, actor: Actor, productId: Id) => ({
  isFavourite: await store.has(db, { userId: personOf(actor), productId }),
})

/**
 * Keeps a product and remembers its price; one that is kept already stays as it is. Throws
 * `product.not_found` or `favourite.limit`.
 */
export async function add(
  { database, catalog }: FavouriteNeeds,
  actor: Actor,
  productId: Id,
): Promise<void> {
  const userId = personOf(actor)
  await database.tx(async tx => {
    await store.lockOwner(tx, userId)
    if (await store.has(tx, { userId, productId })) return
    const [card] = await catalog.cardsByIds(tx, [productId])
    if (!card) throw fail('product.not_found')
    if ((await store.countOf(tx, userId)) >= favouritesMax) {
      throw fail('favourite.limit', { favouritesMax })
    }
    await store.add(tx, { userId, productId, thenPriceFen: card.priceFromFen })
  })
}

export async function remove(
  { database }: FavouriteNeeds,
  actor: Actor,
  productId: Id,
): Promise<void> {
  const userId = personOf(actor)
  await database.tx(tx => store.remove(tx, { userId, productId }))
}

function personOf(actor: Actor): Id {
  requirePermission(actor, 'account.self')
  return requireUser(actor).userId
}
