import type { Handlers } from '@kaibo/contract/core/handlers'
import type { stockTakeApi } from '@kaibo/contract/goods/stocktake'
import { createHandlers } from './routes.ts'
import type { StockTakeNeeds } from './stocktake.ts'

export type { StockTakeNeeds }

/** Counting what is really there 盘点, and correcting the books by it. */
export type StockTakes = { handlers: Handlers<typeof stockTakeApi> }

export const createStockTake = (needs: StockTakeNeeds): StockTakes => ({
  handlers: createHandlers(needs),
})
