import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ordersKey } from '../orders/use-orders.ts'

const liveEveryMs = 15_000
const alertsEveryMs = 30_000
const alertsMax = 99

/** What waits for the shop, and what it sold today; asked anew with the orders. */
export const useOrderToday = (shopId: string) =>
  useQueryOf([...ordersKey(shopId), 'today'], () => api.orderdesk.today({ shopId }))

/** What ran low and is still not restocked. */
export const useStockAlerts = (shopId: string) =>
  useQueryOf(
    ['shop', shopId, 'stock-alerts'],
    () => api.stock.alerts({ shopId, state: 'open', limit: alertsMax }),
    { everyMs: alertsEveryMs },
  )

/** Where today's and earlier sales came from. */
export const useSources = (shopId: string) =>
  useQueryOf([...ordersKey(shopId), 'sources'], () => api.orderdesk.sources({ shopId }))

/** Asked anew with the orders: each that is paid or completed moves it. */
export const useBalance = (shopId: string) =>
  useQueryOf([...ordersKey(shopId), 'balance'], () => api.ledger.balance({ shopId }))

/** The sessions of the shop that are on air, or whose host has just lost the picture. */
export const useOpenSessions = (shopId: string) =>
  useQueryOf(
    ['shop', shopId, 'sessions'],
    async () => {
      const { items } = await api.live.sessions({ shopId, limit: 10 })
      return items.filter(session => session.state === 'live' || session.state === 'away')
    },
    { everyMs: liveEveryMs },
  )
