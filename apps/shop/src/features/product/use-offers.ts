import type { Product } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useFlashSales } from '../mall/flash-strip.tsx'
import { type Deal, dealOf, fitsCoupon } from './model.ts'

/**
 * What makes a product cheaper: its promotions, the price that the best activity makes of it now, and
 * the coupons to be claimed. `isKnown` when all of it was asked, so that nothing is drawn and then
 * pushed away.
 */
export function useOffers(productId: string, product: Product | undefined) {
  const flash = useFlashSales()
  const own = useQueryOf(['offers', productId], () => api.promotion.ofProduct({ id: productId }))
  const shopId = product?.shopId ?? ''
  const centre = useQueryOf(['coupon-centre', shopId], () => api.coupon.centre({ shopId }), {
    enabled: product !== undefined,
  })
  const offers = own.data?.offers ?? []
  const deal: Deal | null = dealOf(productId, {
    sales: flash.data?.items ?? [],
    offers,
    now: flash.data?.now ?? own.data?.now ?? '',
    askedAtMs: flash.data ? flash.dataUpdatedAt : own.dataUpdatedAt,
  })
  return {
    deal,
    offers,
    coupons: product ? (centre.data?.items ?? []).filter(each => fitsCoupon(each, product)) : [],
    isKnown: !flash.isPending && !own.isPending && !centre.isPending,
    refresh() {
      void flash.refetch()
      void own.refetch()
    },
  }
}
