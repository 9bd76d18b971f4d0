import type { FreightPlan } from '@kaibo/contract/trade/freight'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'

/** Below it lies everything that shows freight templates of a shop. */
export const freightKey = (shopId: string) => ['shop', shopId, 'freight'] as const

type Owned = { shopId: string; id: string }

export const useSaveTemplate = (owned: Owned, onDone: () => void) =>
  useActionOf(
    ({ plan, isNew }: { plan: FreightPlan; isNew: boolean }) =>
      isNew ? api.freight.create({ ...owned, ...plan }) : api.freight.update({ ...owned, ...plan }),
    { refresh: [freightKey(owned.shopId)], onDone },
  )

export const useDefaultTemplate = (owned: Owned, onDone: () => void) =>
  useActionOf(() => api.freight.setDefault(owned), {
    refresh: [freightKey(owned.shopId)],
    onDone,
  })

export const useRemoveTemplate = (owned: Owned, onDone: () => void) =>
  useActionOf(() => api.freight.remove(owned), { refresh: [freightKey(owned.shopId)], onDone })
