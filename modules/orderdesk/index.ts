import type { Handlers } from '@kaibo/contract/core/handlers'
import type { orderDeskApi } from '@kaibo/contract/trade/orderdesk'
import type { Db } from '@kaibo/db/database'
import type { DeskNeeds } from './desk.ts'
import { createHandlers } from './routes.ts'
import { type Sales, type SalesQuery, salesOf } from './sales.ts'

export type { DeskNeeds as OrderDeskNeeds, Sales }

/** The merchant's desk for orders: finding, counting, noting, changing, handing out. */
export type OrderDesk = {
  handlers: Handlers<typeof orderDeskApi>
  /** What a shop sold from a source: in all, by minute and by product. */
  salesOf(db: Db, query: SalesQuery): Promise<Sales>
}

export const createOrderDesk = (needs: DeskNeeds): OrderDesk => ({
  handlers: createHandlers(needs),
  salesOf,
})
