import type { Handlers } from '@kaibo/contract/handlers'
import type { stockApi } from '@kaibo/contract/stock'
import { adjust, movements, type StockNeeds } from './stock.ts'

export const createHandlers = (needs: StockNeeds): Handlers<typeof stockApi> => ({
  adjust: async (ctx, change) => adjust(needs, ctx.actor, change),
  movements: async (ctx, query) => movements(needs, ctx.actor, query),
})
