import type { LiveSession } from '@kaibo/contract/live'
import { topics } from '@kaibo/contract/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useSoon } from '../../shell/use-soon.ts'
import { type MyShop, may } from '../account/model.ts'
import { type Sales, salesOf } from './model.ts'

const ordersMax = 100
const refreshMs = 500

/** What the session sold so far; null for who may not see orders, or before the answer. */
export function useSales(shop: MyShop, session: LiveSession): Sales | null {
  const isAllowed = may(shop, 'order.manage')
  const orders = useQueryOf(
    ['orders', shop.id],
    () => api.orderdesk.list({ shopId: shop.id, limit: ordersMax }),
    { enabled: isAllowed },
  )
  const refresh = useSoon(() => void orders.refetch(), refreshMs)
  useTopic(isAllowed ? topics.shop(shop.id) : null, {
    onOrdered: refresh,
    onResync: () => orders.refetch(),
  })
  return orders.data ? salesOf(orders.data, session) : null
}
