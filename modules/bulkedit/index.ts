import type { Handlers } from '@kaibo/contract/core/handlers'
import type { catalogApi } from '@kaibo/contract/goods/catalog-api'
import { type BulkEditNeeds, changeMany } from './bulkedit.ts'

export type { BulkEditNeeds }

/** Many products changed alike 批量修改. */
export type BulkEdits = { readonly handlers: Pick<Handlers<typeof catalogApi>, 'bulk'> }

export const createBulkEdits = (needs: BulkEditNeeds): BulkEdits => ({
  handlers: { bulk: async (ctx, batch) => changeMany(needs, ctx.actor, batch) },
})
