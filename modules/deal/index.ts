import type { Handlers } from '@kaibo/contract/core/handlers'
import type { dealApi } from '@kaibo/contract/offer/deal'
import { type DealNeeds, dealsOf } from './deal.ts'

export type { DealNeeds }

/** What products cost now by their activities 活动价, for lists of them. */
export type Deals = { readonly handlers: Handlers<typeof dealApi> }

export const createDeal = (needs: DealNeeds): Deals => ({
  handlers: {
    ofProducts: async (_ctx, { productIds }) => ({
      items: await dealsOf(needs, productIds.split(',')),
    }),
  },
})
