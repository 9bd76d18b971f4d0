import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type MyShop, may } from '../account/model.ts'

/** A push may be lost when the network is busy: nobody waits longer than this for the totals. */
const everyMs = 10_000

type Thumbs = { upCount: number; downCount: number }

/** Who approves of the show and who does not; the shop alone sees both. */
export function useThumbs({ shop, liveId }: { shop: MyShop; liveId: string }): Thumbs | undefined {
  const cache = useQueryClient()
  const key = ['thumbs', liveId]
  const totals = useQueryOf(key, () => api.attitude.totals({ shopId: shop.id, id: liveId }), {
    enabled: may(shop, 'room.assist'),
    everyMs,
  })
  useTopic(may(shop, 'room.assist') ? topics.desk(shop.id) : null, {
    onResync: () => totals.refetch(),
    onSocial(message) {
      if (message.t !== 'desk.attitude' || message.liveId !== liveId) return
      const { upCount, downCount } = message
      cache.setQueryData<Thumbs>(key, { upCount, downCount })
    },
  })
  return totals.data
}
