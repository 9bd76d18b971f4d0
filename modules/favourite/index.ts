import type { Handlers } from '@kaibo/contract/core/handlers'
import type { favouriteApi } from '@kaibo/contract/people/favourite'
import type { FavouriteNeeds } from './favourite.ts'
import { createHandlers } from './routes.ts'

export type { FavouriteNeeds }

/** Products that people keep 收藏, with the price they saw. */
export type Favourites = { readonly handlers: Handlers<typeof favouriteApi> }

export const createFavourite = (needs: FavouriteNeeds): Favourites => ({
  handlers: createHandlers(needs),
})
