import type { LiveSession } from '@kaibo/contract/live'
import { topics } from '@kaibo/contract/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MyShop } from '../account/model.ts'
import { useBag } from '../bag/use-bag.ts'
import { useChat } from '../chat/use-chat.ts'
import { useHealth } from '../programme/use-health.ts'
import { roomKey, sessionKey } from '../sessions/keys.ts'
import { useSales } from './use-sales.ts'

/**
 * Everything of the control desk, kept fresh: snapshots first, then messages on top; a gap or a
 * reconnection asks for the snapshots again.
 */
export function useDesk({ shop, session }: { shop: MyShop; session: LiveSession }) {
  const liveId = session.id
  const cache = useQueryClient()
  const room = useQueryOf(roomKey(liveId), () => api.live.room({ id: liveId }))
  const health = useHealth(shop.id, session)
  const bag = useBag({ shopId: shop.id, liveId })
  const chat = useChat(liveId)
  const sales = useSales(shop, session)
  const [counts, setCounts] = useState<{ online?: number; hearts?: number }>({})

  const reload = async () => {
    const [{ data }] = await Promise.all([
      room.refetch(),
      bag.query.refetch(),
      cache.invalidateQueries({ queryKey: sessionKey(shop.id, liveId) }),
    ])
    if (data) setCounts({ online: data.onlineCount, hearts: data.heartCount })
  }
  useTopic(topics.live(liveId), {
    onResync: () => Promise.all([reload(), chat.reload()]),
    onOrdered(message) {
      if (message.t === 'live.state') void reload()
      if (message.t === 'showcase.changed') bag.lane.hear(message.version)
    },
    onSocial(message) {
      if (message.t === 'chat.comment') chat.take(message.comment)
      if (message.t === 'live.online') setCounts(before => ({ ...before, online: message.count }))
      if (message.t === 'live.hearts') setCounts(before => ({ ...before, hearts: message.total }))
    },
  })
  return {
    room,
    health,
    bag,
    chat,
    sales,
    onlineCount: counts.online ?? room.data?.onlineCount,
    heartCount: counts.hearts ?? room.data?.heartCount,
  }
}

export type Desk = ReturnType<typeof useDesk>
