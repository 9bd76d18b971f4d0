import type { Order } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'

/** A checkout has at most so many orders. */
const ordersMax = 20

/** The unpaid orders that were placed together with this one, itself included. */
export function useTogether(order: Order): readonly Order[] {
  const { data } = useQueryOf(
    ['orders', 'together', order.checkoutId],
    async () => (await api.order.list({ state: 'pending', limit: ordersMax })).items,
    { enabled: order.state === 'pending' },
  )
  return data?.filter(({ checkoutId }) => checkoutId === order.checkoutId) ?? []
}
