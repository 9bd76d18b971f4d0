import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useRefresh } from '../../components/use-refresh.ts'

/** Below it lies everything that shows products or stock of a shop. */
export const productsKey = (shopId: string) => ['shop', shopId, 'products'] as const

const refreshMs = 3_000

/** Keeps the numbers of stock true while orders come in. */
export function useStockLive(shopId: string): void {
  const refresh = useRefresh(productsKey(shopId), refreshMs)
  useTopic(topics.stock(shopId), { onOrdered: refresh })
}

export const useProduct = (shopId: string, id: string) =>
  useQueryOf([...productsKey(shopId), 'one', id], () => api.catalog.manageView({ shopId, id }))
