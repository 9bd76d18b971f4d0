import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useOnline } from '@kaibo/ui/live/use-online.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MyShop } from '../account/model.ts'
import { useBag } from '../bag/use-bag.ts'
import { useComments } from '../comments/use-comments.ts'
import { useInsight } from '../insight/use-insight.ts'
import { useRoomPrices } from '../prices/use-room-prices.ts'
import { useHealth } from '../programme/use-health.ts'
import { roomKey, sessionKey } from '../sessions/keys.ts'
import type { Show } from '../sessions/model.ts'
import { useThumbs } from './use-thumbs.ts'

/**
 * Everything of the control desk, kept fresh: snapshots first, then messages on top; a gap or a
 * reconnection asks for the snapshots again.
 */
export function useDesk({ shop, show }: { shop: MyShop; show: Show }) {
  const liveId = show.id
  const cache = useQueryClient()
  const room = useQueryOf(roomKey(liveId), () => api.live.room({ id: liveId }))
  const health = useHealth(shop, show)
  const bag = useBag({ shopId: shop.id, liveId })
  const comments = useComments({ shop, liveId })
  const insight = useInsight(shop, show)
  const prices = useRoomPrices({ shopId: shop.id, liveId })
  const thumbs = useThumbs({ shop, liveId })
  const online = useOnline()
  const [heartCount, setHeartCount] = useState<number>()

  const reload = async () => {
    const takeOnline = online.asking()
    const [{ data }] = await Promise.all([
      room.refetch(),
      bag.query.refetch(),
      cache.invalidateQueries({ queryKey: sessionKey(shop.id, liveId) }),
    ])
    if (!data) return
    takeOnline(data.onlineCount)
    setHeartCount(data.heartCount)
  }
  useTopic(topics.live(liveId), {
    onResync: () => Promise.all([reload(), comments.reload(), prices.query.refetch()]),
    onOrdered(message) {
      comments.hearOrdered(message)
      if (message.t === 'live.state') void reload()
      if (message.t === 'showcase.changed') bag.lane.hear(message.version)
      if (message.t === 'sale.changed') void prices.query.refetch()
    },
    onSocial(message) {
      comments.hearSocial(message)
      if (message.t === 'live.online') online.hear(message.count)
      if (message.t === 'live.hearts') setHeartCount(message.total)
    },
  })
  return {
    room,
    health,
    bag,
    comments,
    insight,
    prices,
    thumbs,
    onlineCount: online.count ?? room.data?.onlineCount,
    heartCount: heartCount ?? room.data?.heartCount,
  }
}

export type Desk = ReturnType<typeof useDesk>
