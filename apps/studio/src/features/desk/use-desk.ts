import { topics } from '@kaibo/contract/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useState } from 'react'
import type { MyShop } from '../account/model.ts'
import { useBag } from '../bag/use-bag.ts'
import { useChat } from '../chat/use-chat.ts'
import { sessionActions } from '../sessions/model.ts'
import { useSales } from './use-sales.ts'

const healthMs = 2_000

/**
 * Everything of the control desk, kept fresh: snapshots first, then messages on top; a gap or a
 * reconnection asks for the snapshots again.
 */
export function useDesk({ shop, liveId }: { shop: MyShop; liveId: string }) {
  const at = { shopId: shop.id, id: liveId }
  const session = useQueryOf(['session', shop.id, liveId], () => api.live.session(at))
  const room = useQueryOf(['room', liveId], () => api.live.room({ id: liveId }))
  const isOpen = session.data !== undefined && sessionActions(session.data).isOpen
  const health = useQueryOf(['health', liveId], () => api.live.health(at), {
    enabled: isOpen,
    everyMs: healthMs,
  })
  const bag = useBag({ shopId: shop.id, liveId })
  const chat = useChat(liveId)
  const sales = useSales(shop, session.data)
  const [counts, setCounts] = useState<{ online?: number; hearts?: number }>({})

  const reloadState = async () => {
    const [, { data }] = await Promise.all([session.refetch(), room.refetch()])
    if (data) setCounts({ online: data.onlineCount, hearts: data.heartCount })
  }
  useTopic(topics.live(liveId), {
    onResync: () => Promise.all([reloadState(), chat.reload(), bag.query.refetch()]),
    onOrdered(message) {
      if (message.t === 'live.state') void reloadState()
      if (message.t === 'showcase.changed') bag.lane.hear(message.version)
    },
    onSocial(message) {
      if (message.t === 'chat.comment') chat.take(message.comment)
      if (message.t === 'live.online') setCounts(before => ({ ...before, online: message.count }))
      if (message.t === 'live.hearts') setCounts(before => ({ ...before, hearts: message.total }))
    },
  })
  return {
    session,
    room,
    isOpen,
    health,
    bag,
    chat,
    sales,
    onlineCount: counts.online ?? room.data?.onlineCount,
    heartCount: counts.hearts ?? room.data?.heartCount,
  }
}

export type Desk = ReturnType<typeof useDesk>
