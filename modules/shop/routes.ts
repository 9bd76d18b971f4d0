import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shopApi } from '@kaibo/contract/people/shop'
import { openShop, type ShopNeeds, updateShop, viewShop } from './shop.ts'

export const createHandlers = (needs: ShopNeeds): Handlers<typeof shopApi> => ({
  open: async (ctx, wanted) => openShop(needs, ctx.actor, wanted),
  view: async (_ctx, { id }) => viewShop(needs, id),
  update: async (ctx, change) => updateShop(needs, ctx.actor, change),
})
