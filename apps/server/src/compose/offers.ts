import { createCoupon } from '@kaibo/modules/coupon'
import { createDeal } from '@kaibo/modules/deal'
import { createFlashSale, type FlashSaleNeeds } from '@kaibo/modules/flashsale'
import { createPoints } from '@kaibo/modules/points'
import { createPrice } from '@kaibo/modules/price'
import { createPromotion } from '@kaibo/modules/promotion'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { People } from './people.ts'

export type OffersNeeds = People & Goods & Pick<FlashSaleNeeds, 'live' | 'bagOf'>

export type Offers = ReturnType<typeof composeOffers>

/** What makes goods cheaper, and the one engine that says what a basket costs. */
export function composeOffers({ database, clock }: Base, needs: OffersNeeds) {
  const { shop, catalog, stock, live, bagOf } = needs
  const promotion = createPromotion({ database, catalog, stock })
  const coupon = createCoupon({ database, clock, shop })
  const points = createPoints({ database })
  const flashsale = createFlashSale({ database, clock, catalog, stock, live, bagOf })
  const price = createPrice({
    sources: [flashsale.offers, promotion.offers, coupon.offers, points.offers],
  })
  const deal = createDeal({ database, clock, catalog, price })
  return { promotion, coupon, points, flashsale, price, deal }
}
