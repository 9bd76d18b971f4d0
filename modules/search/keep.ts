import { productsChanged } from '@kaibo/contract/goods/catalog'
import { stockChanged } from '@kaibo/contract/goods/stock'
import { orderPaid } from '@kaibo/contract/trade/order'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import { type Id, isSynthetic } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import * as store from './index-store.ts'
import type { ListingSource } from './listing.ts'

export type KeepNeeds = {
  database: Database
  catalog: Pick<Catalog, 'cardsByIds'>
  listings: ListingSource
  order: { soldIn(db: Db, orderIds: readonly Id[]): Promise<{ productId: Id; quantity: number }[]> }
}

const batchMax = 500
const foldMax = 2_000

/** Makes the documents of these products what the catalogue says now. */
async function refresh(
  { catalog, listings }: KeepNeeds,
  tx: Tx,
  ids: readonly Id[],
): Promise<void> {
  if (ids.length === 0) return
  await store.lockIndex(tx)
  const listed = await listings.listingsByIds(tx, ids)
  const availableIds = await availableAmong(catalog, tx, ids)
  const listedIds = new Set(listed.map(listing => listing.productId))
  const goneIds = ids.filter(id => !listedIds.has(id))
  if (goneIds.length > 0) await store.deleteDocuments(tx, goneIds)
  if (listed.length === 0) return
  await store.putDocuments(
    tx,
    listed.map(listing => ({ ...listing, isAvailable: availableIds.has(listing.productId) })),
  )
}

async function availableAmong(
  catalog: KeepNeeds['catalog'],
  db: Db,
  ids: readonly Id[],
): Promise<Set<Id>> {
  const cards = await catalog.cardsByIds(db, ids)
  return new Set(cards.filter(card => card.available > 0).map(card => card.id))
}

/** What search does about what happens elsewhere. */
export const keepers = (needs: KeepNeeds): Subscriber[] => [
  subscriber(productsChanged, {
    consumer: 'search.refresh',
    handle: (tx, { productIds }) => refresh(needs, tx, productIds),
  }),
  subscriber(stockChanged, {
    consumer: 'search.availability',
    handle: async (tx, { levels }) => {
      const ids = [...new Set(levels.map(level => level.productId))]
      await store.lockIndex(tx)
      const availableIds = await availableAmong(needs.catalog, tx, ids)
      await store.setAvailable(
        tx,
        ids.map(productId => ({ productId, isAvailable: availableIds.has(productId) })),
      )
    },
  }),
  subscriber(orderPaid, {
    consumer: 'search.sales',
    handle: async (tx, { orderId, buyerId }) => {
      if (isSynthetic(buyerId)) return
      const sold = await needs.order.soldIn(tx, [orderId])
      if (sold.length > 0) await store.addSales(tx, sold)
    },
  }),
]

/** Brings the sales of the last minutes into the order of lists. */
export async function foldSales({ database }: KeepNeeds): Promise<void> {
  for (let count = foldMax; count === foldMax; )
    count = await database.tx(tx => store.foldSales(tx, foldMax))
}

export const recount = ({ database }: KeepNeeds): Promise<void> => database.tx(store.recountTerms)

/** Reads the whole catalogue again while searches go on. Returns how many products are on the shelf. */
export async function reindex(needs: KeepNeeds): Promise<number> {
  const { database, listings } = needs
  let listedCount = 0
  await eachBatch(
    afterId => listings.listedIdsAfter(database.db, { afterId, limit: batchMax }),
    async ids => {
      await database.tx(tx => refresh(needs, tx, ids))
      listedCount += ids.length
    },
  )
  await eachBatch(
    afterId => store.documentIdsAfter(database.db, { afterId, limit: batchMax }),
    async ids => {
      const listed = await listings.listingsByIds(database.db, ids)
      const listedIds = new Set(listed.map(listing => listing.productId))
      await database.tx(tx =>
        refresh(
          needs,
          tx,
          ids.filter(id => !listedIds.has(id)),
        ),
      )
    },
  )
  await recount(needs)
  return listedCount
}

/** Makes the index when there is none. */
export async function fillEmpty(needs: KeepNeeds): Promise<void> {
  const { db } = needs.database
  const [any] = await store.documentIdsAfter(db, { afterId: null, limit: 1 })
  if (!any) await reindex(needs)
}

async function eachBatch(
  next: (afterId: Id | null) => Promise<Id[]>,
  use: (ids: Id[]) => Promise<void>,
): Promise<void> {
  for (let ids = await next(null); ids.length > 0; ids = await next(ids.at(-1) ?? null)) {
    await use(ids)
  }
}
