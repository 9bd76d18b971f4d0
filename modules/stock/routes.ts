import type { Handlers } from '@kaibo/contract/core/handlers'
import type { stockApi } from '@kaibo/contract/goods/stock'
import { adjust } from './adjust.ts'
import { listAlerts, setThreshold } from './alert.ts'
import { list, movements, sheet, trend } from './list.ts'
import type { StockNeeds } from './stock.ts'

export const createHandlers = (needs: StockNeeds): Handlers<typeof stockApi> => ({
  adjust: async (ctx, change) => adjust(needs, ctx.actor, change),
  movements: async (ctx, query) => movements(needs, ctx.actor, query),
  list: async (ctx, query) => list(needs, ctx.actor, query),
  sheet: async (ctx, query) => sheet(needs, ctx.actor, query),
  trend: async (ctx, query) => trend(needs, ctx.actor, query),
  alerts: async (ctx, query) => listAlerts(needs, ctx.actor, query),
  setThreshold: async (ctx, threshold) => setThreshold(needs, ctx.actor, threshold),
})
