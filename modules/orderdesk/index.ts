import type { Handlers } from '@kaibo/contract/core/handlers'
import type { orderDeskApi } from '@kaibo/contract/orderdesk'
import type { DeskNeeds } from './desk.ts'
import { createHandlers } from './routes.ts'

export type { DeskNeeds as OrderDeskNeeds }

/** The merchant's desk for orders: finding, counting, noting, changing, handing out. */
export type OrderDesk = { handlers: Handlers<typeof orderDeskApi> }

export const createOrderDesk = (needs: DeskNeeds): OrderDesk => ({
  handlers: createHandlers(needs),
})
