import type { OrderState } from '@kaibo/contract/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ordersKey } from '../orders/use-orders.ts'
import { startOfDay, takingsSince } from './model.ts'

const pageSize = 100
const pagesMax = 5
const liveEveryMs = 15_000

export type Count = { count: number; isMore: boolean }

/** How many orders stand in a state, counted up to a hundred. */
export const useOrderCount = (shopId: string, state: OrderState) =>
  useQueryOf([...ordersKey(shopId), 'count', state], async (): Promise<Count> => {
    const { items, next } = await api.order.manageList({ shopId, state, limit: pageSize })
    return { count: items.length, isMore: next !== null }
  })

/** What buyers paid since midnight. */
export const useTakings = (shopId: string) =>
  useQueryOf([...ordersKey(shopId), 'today'], () =>
    takingsSince(cursor => api.order.manageList({ shopId, limit: pageSize, ...cursor }), {
      startMs: startOfDay(Date.now()),
      pagesMax,
    }),
  )

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
