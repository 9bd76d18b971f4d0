import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Database } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { createSearch, type Listing, type Search } from './index.ts'

type Stand = Listing & { available: number; state: ProductCard['state'] }
type NewStand = { title: string } & Partial<Omit<Stand, 'title' | 'priceFromFen'>> & {
    priceFen?: number
  }

/** A catalogue that lies in memory, and the search over it. */
export function createShelf(database: Database) {
  const stands = new Map<Id, Stand>()
  const sold: { productId: Id; quantity: number }[] = []
  const listed = () => [...stands.values()].filter(stand => stand.state === 'on_shelf')
  const search: Search = createSearch({
    database,
    listings: {
      listingsByIds: async (_db, ids) => listed().filter(each => ids.includes(each.productId)),
      listedIdsAfter: async (_db, { afterId, limit }) =>
        listed()
          .map(each => each.productId)
          .filter(id => afterId === null || id > afterId)
          .toSorted()
          .slice(0, limit),
    },
    catalog: {
      cardsByIds: async (_db, ids) =>
        ids.flatMap(id => {
          const stand = stands.get(id)
          return stand ? [cardOf(stand)] : []
        }),
    },
    order: { soldIn: async () => sold },
  })
  return {
    search,
    sold,
    put({ title, priceFen = 100_00, ...rest }: NewStand): Id {
      const productId = rest.productId ?? newId()
      stands.set(productId, { ...blank, priceFromFen: fen(priceFen), title, ...rest, productId })
      return productId
    },
    change(id: Id, change: Partial<Stand>): void {
      const stand = stands.get(id)
      if (stand) stands.set(id, { ...stand, ...change })
    },
    /** Tells search of an event, as the outbox does. */
    tell: (event: string, payload: unknown) =>
      database.tx(async tx => {
        for (const each of search.subscribers)
          if (each.event === event) await each.handle(tx, payload, newId())
      }),
  }
}

const blank = {
  shopId: newId(),
  subtitle: '',
  brandId: null,
  brandNames: [],
  categoryIds: [],
  categoryNames: [],
  tagNames: [],
  priceToFen: fen(1_000_00),
  listedAt: new Date(),
  available: 9,
  state: 'on_shelf' as const,
}

const cardOf = (stand: Stand): ProductCard => ({
  id: stand.productId,
  shopId: stand.shopId,
  title: stand.title,
  subtitle: stand.subtitle,
  pictureUrl: null,
  state: stand.state,
  priceFromFen: stand.priceFromFen,
  priceToFen: stand.priceToFen,
  strikeFen: null,
  categoryId: stand.categoryIds.at(-1) ?? null,
  brandId: stand.brandId,
  isVirtual: false,
  available: stand.available,
  skuCount: 1,
})
