import { createCart } from '@kaibo/modules/cart'
import { createFavourite } from '@kaibo/modules/favourite'
import { createHistory } from '@kaibo/modules/history'
import { createListings, createSearch } from '@kaibo/modules/search'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { People } from './people.ts'
import type { Trade } from './trade.ts'

export type BrowseNeeds = Pick<People, 'shop'> & Goods & Pick<Trade, 'order'>

export type Browse = ReturnType<typeof composeBrowse>

/** How buyers find goods, and what they keep of them before they buy. */
export function composeBrowse({ database }: Base, needs: BrowseNeeds) {
  const { shop, stock, brand, category, tag, catalog, order } = needs
  const listings = createListings({ catalog, brand, category, tag })
  const search = createSearch({ database, catalog, listings, order })
  const cart = createCart({ database, catalog, stock, shop })
  const favourite = createFavourite({ database, catalog })
  const history = createHistory({ database, catalog })
  return { search, cart, favourite, history }
}
