import { topics } from '@kaibo/contract/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { type ChatFeed, createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useRef, useState } from 'react'
import { rowOf, touchesBag } from './model.ts'

/**
 * Everything a room shows, kept fresh: snapshot first, then messages on top. A gap or a reconnect
 * asks for the snapshots again.
 */
export function useRoom(liveId: string, onHearts: (count: number) => void) {
  const { user } = useMe()
  const [chat] = useState<ChatFeed>(() => createChatFeed())
  const [online, setOnline] = useState<number>()
  const [hearts, setHearts] = useState<number>()
  const heartTotal = useRef(0)

  const room = useQueryOf(['room', liveId], () => api.live.room({ id: liveId }))
  const bag = useQueryOf(['bag', liveId], () => api.showcase.bag({ id: liveId }))
  const shopId = room.data?.shop.id ?? null

  const refreshRoom = async () => {
    const { data } = await room.refetch()
    if (!data) return
    setOnline(data.onlineCount)
    setHearts(data.heartCount)
    heartTotal.current = Math.max(heartTotal.current, data.heartCount)
  }
  const refreshChat = async () => {
    const { items } = await api.chat.history({ id: liveId })
    chat.reset(items.map(comment => rowOf(comment, user?.id)))
  }

  useTopic(topics.live(liveId), {
    onResync: () => Promise.all([refreshRoom(), refreshChat(), bag.refetch()]),
    onOrdered(message) {
      if (message.t === 'live.state') void refreshRoom()
      if (message.t === 'showcase.changed' && message.version > (bag.data?.version ?? 0))
        void bag.refetch()
    },
    onSocial(message) {
      if (message.t === 'chat.comment') chat.push(rowOf(message.comment, user?.id))
      if (message.t === 'live.online') setOnline(message.count)
      if (message.t === 'live.hearts') {
        setHearts(message.total)
        onHearts(message.total - heartTotal.current)
        heartTotal.current = message.total
      }
    },
  })
  useTopic(shopId && topics.stock(shopId), {
    onOrdered(message) {
      if (message.t === 'stock.changed' && touchesBag(bag.data, message.levels)) void bag.refetch()
    },
  })
  return {
    room,
    bag,
    chat,
    online: online ?? room.data?.onlineCount ?? 0,
    hearts: hearts ?? room.data?.heartCount ?? 0,
  }
}
