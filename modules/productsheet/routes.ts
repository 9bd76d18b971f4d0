import type { Handlers } from '@kaibo/contract/core/handlers'
import type { productSheetApi } from '@kaibo/contract/goods/productsheet'
import type { ProductSheetNeeds } from './apply.ts'
import { apply, check, exportAll, report, template, view } from './productsheet.ts'

export const createHandlers = (needs: ProductSheetNeeds): Handlers<typeof productSheetApi> => ({
  template: async (ctx, query) => template(ctx.actor, query),
  export: async (ctx, query) => exportAll(needs, ctx.actor, query),
  check: async (ctx, { importId: id, ...upload }) => check(needs, ctx.actor, { id, ...upload }),
  view: async (ctx, owned) => view(needs, ctx.actor, owned),
  apply: async (ctx, wanted) => apply(needs, ctx.actor, wanted),
  report: async (ctx, query) => report(needs, ctx.actor, query),
})
