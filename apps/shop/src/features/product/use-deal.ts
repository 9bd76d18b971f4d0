import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { type Deal, dealOf } from './model.ts'

const refreshMs = 30_000

/** The promotions of a product, and the price that the best activity makes of it now. */
export function useDeal(productId: string) {
  const flash = useQueryOf(['flash-sales'], () => api.flashsale.showing({}), { everyMs: refreshMs })
  const offers = useQueryOf(['offers', productId], () => api.promotion.ofProduct({ id: productId }))
  const deal: Deal | null = dealOf(productId, {
    sales: flash.data?.items ?? [],
    offers: offers.data?.offers ?? [],
    now: flash.data?.now ?? offers.data?.now ?? '',
    askedAtMs: flash.data ? flash.dataUpdatedAt : offers.dataUpdatedAt,
  })
  const refresh = () => {
    void flash.refetch()
    void offers.refetch()
  }
  return { deal, offers: offers.data?.offers ?? [], refresh }
}
