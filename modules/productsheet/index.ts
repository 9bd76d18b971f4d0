import type { Handlers } from '@kaibo/contract/core/handlers'
import type { productSheetApi } from '@kaibo/contract/goods/productsheet'
import type { Jobs } from '@kaibo/db/jobs'
import { applyNext, type ProductSheetNeeds } from './apply.ts'
import { createHandlers } from './routes.ts'

export type { ProductSheetNeeds }

/** Products in and out as CSV and XLSX 商品导入导出. */
export type ProductSheets = {
  handlers: Handlers<typeof productSheetApi>
  /** Goes on with an import that waits; returns how many products it tried. */
  applyNext(limit: number): Promise<number>
  /** Declares what this process does for imports in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

const applyEverySec = 2
const applyBatchMax = 100
/** Batches in a row, so that one process does not write for ever. */
const applyBatchesMax = 50

export const createProductSheet = (needs: ProductSheetNeeds): ProductSheets => ({
  handlers: createHandlers(needs),
  applyNext: limit => applyNext(needs, { id: null, limit }),
  work: jobs =>
    jobs.every('productsheet.apply', applyEverySec, async () => {
      for (let batch = 0; batch < applyBatchesMax; batch++)
        if ((await applyNext(needs, { id: null, limit: applyBatchMax })) === 0) return
    }),
})
