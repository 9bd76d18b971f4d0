import type { PromotionPlan } from '@kaibo/contract/offer/promotion'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'

/** Below it lies everything that shows promotions of a shop. */
export const promotionsKey = (shopId: string) => ['shop', shopId, 'promotions'] as const

export const usePromotion = (shopId: string, id: string) =>
  useQueryOf([...promotionsKey(shopId), 'one', id], () => api.promotion.manageView({ shopId, id }))

type Owned = { shopId: string; id: string }
type Saving = { plan: PromotionPlan; isNew: boolean; isPublished: boolean }

/** Saves the plan, and lets it run when that is wished for; the same id again changes nothing more. */
export const useSavePromotion = (owned: Owned, onDone: () => void) =>
  useActionOf(
    async ({ plan, isNew, isPublished }: Saving) => {
      if (isNew) await api.promotion.create({ ...owned, ...plan })
      // A draft whose first saving went wrong half-way is known already, as it was then.
      await api.promotion.update({ ...owned, ...plan })
      if (isPublished) await api.promotion.publish(owned)
    },
    { refresh: [promotionsKey(owned.shopId)], onDone },
  )

export const useEndPromotion = (owned: Owned, onDone: () => void) =>
  useActionOf(() => api.promotion.end(owned), {
    refresh: [promotionsKey(owned.shopId)],
    onDone,
  })

export const useRemovePromotion = (owned: Owned, onDone: () => void) =>
  useActionOf(() => api.promotion.remove(owned), {
    refresh: [promotionsKey(owned.shopId)],
    onDone,
  })
