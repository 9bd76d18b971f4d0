import type { Handlers } from '@kaibo/contract/core/handlers'
import type { orderApi } from '@kaibo/contract/trade/order-api'
import type { Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { createCheckouts, type PlacementNeeds } from './placement.ts'
import { giveBack } from './store.ts'

export type { PlacementNeeds }

/** From a basket to orders that are written. */
export type Placement = {
  /** The part of the contract of orders that ends where an order begins. */
  handlers: Pick<Handlers<typeof orderApi>, 'preview' | 'place'>
  /** Gives back what orders took of limits per person; the caller closes an order once. */
  giveBack(tx: Tx, orderIds: readonly Id[]): Promise<void>
}

export function createPlacement(needs: PlacementNeeds): Placement {
  const checkouts = createCheckouts(needs)
  return {
    handlers: {
      preview: async (ctx, basket) => checkouts.preview(ctx.actor, basket),
      place: async (ctx, request) => checkouts.place(ctx.actor, request),
    },
    giveBack,
  }
}
