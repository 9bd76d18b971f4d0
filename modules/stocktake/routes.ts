import type { Handlers } from '@kaibo/contract/core/handlers'
import type { stockTakeApi } from '@kaibo/contract/goods/stocktake'
import * as stocktake from './stocktake.ts'

export const createHandlers = (needs: stocktake.StockTakeNeeds): Handlers<typeof stockTakeApi> => ({
  list: async (ctx, query) => stocktake.list(needs, ctx.actor, query),
  open: async (ctx, take) => stocktake.open(needs, ctx.actor, take),
  view: async (ctx, owned) => stocktake.view(needs, ctx.actor, owned),
  counts: async (ctx, query) => stocktake.counts(needs, ctx.actor, query),
  count: async (ctx, counted) => stocktake.count(needs, ctx.actor, counted),
  uncount: async (ctx, counted) => stocktake.uncount(needs, ctx.actor, counted),
  sheet: async (ctx, query) => stocktake.sheet(needs, ctx.actor, query),
  countSheet: async (ctx, upload) => stocktake.uploadSheet(needs, ctx.actor, upload),
  apply: async (ctx, owned) => stocktake.apply(needs, ctx.actor, owned),
  cancel: async (ctx, owned) => stocktake.cancel(needs, ctx.actor, owned),
})
