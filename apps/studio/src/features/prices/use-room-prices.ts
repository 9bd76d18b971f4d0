import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { lowestPrices } from './model.ts'

/** Sales end by the clock as well: nobody tells of that. */
const everyMs = 15_000

/** Prices that hold in this room alone, now: every sale and the lowest price of each product. */
export function useRoomPrices({ shopId, liveId }: { shopId: string; liveId: string }) {
  const query = useQueryOf(
    ['room-prices', liveId],
    () => api.flashsale.showing({ shopId, liveId }),
    { everyMs },
  )
  const sales = (query.data?.items ?? []).filter(sale => sale.liveId === liveId)
  return { query, sales, lowest: lowestPrices(sales) }
}

export type RoomPrices = ReturnType<typeof useRoomPrices>
