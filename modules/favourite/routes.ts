import type { Handlers } from '@kaibo/contract/core/handlers'
import type { favouriteApi } from '@kaibo/contract/people/favourite'
import * as favourite from './favourite.ts'

const done = { ok: true } as const

export const createHandlers = (needs: favourite.FavouriteNeeds): Handlers<typeof favouriteApi> => ({
  list: async ({ actor }, page) => favourite.list(needs, actor, page),
  count: async ({ actor }) => favourite.count(needs, actor),
  state: async ({ actor }, { productId }) => favourite.state(needs, actor, productId),
  add: async ({ actor }, { productId }) => {
    await favourite.add(needs, actor, productId)
    return done
  },
  remove: async ({ actor }, { productId }) => {
    await favourite.remove(needs, actor, productId)
    return done
  },
})
