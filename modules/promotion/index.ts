import type { Handlers } from '@kaibo/contract/core/handlers'
import type { promotionApi } from '@kaibo/contract/offer/promotion'
import type { OfferSource } from '@kaibo/modules/price'
import { offersFor } from './product-offers.ts'
import type { PromotionNeeds } from './promotion.ts'
import { createHandlers } from './routes.ts'

export type { PromotionNeeds }

/** What shops take off by themselves: limited discounts, full reductions, gifts and bundles. */
export type Promotions = {
  handlers: Handlers<typeof promotionApi>
  offers: OfferSource
}

export const createPromotion = (needs: PromotionNeeds): Promotions => ({
  handlers: createHandlers(needs),
  offers: { name: 'promotion', offersFor },
})
