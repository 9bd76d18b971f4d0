import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useRefresh } from '../../components/use-refresh.ts'

/** Below it lies everything that shows orders of a shop. */
export const ordersKey = (shopId: string) => ['shop', shopId, 'orders'] as const

/** Keeps what shows orders true: the shop hears of each change, and asks again what it shows. */
export function useOrdersLive(shopId: string, everyMs: number): void {
  const refresh = useRefresh(ordersKey(shopId), everyMs)
  useTopic(topics.shop(shopId), {
    onOrdered: message => {
      if (message.t === 'order.changed') refresh()
    },
    onResync: async () => refresh(),
  })
}

export const useOrder = (shopId: string, id: string) =>
  useQueryOf([...ordersKey(shopId), 'one', id], () => api.order.manageView({ shopId, id }))
