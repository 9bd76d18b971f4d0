import type { LiveRoom } from '@kaibo/contract/show/live'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useOnline } from '@kaibo/ui/live/use-online.ts'
import type { PlayerState } from '@kaibo/ui/player/player-engine.ts'
import type { Quality } from '@kaibo/ui/player/sources.ts'
import { useSteadyPlay } from '@kaibo/ui/player/steady-play.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useState } from 'react'
import { touchesBag } from '../bag/model.ts'
import { useChat } from '../chat/use-chat.ts'
import { useSales } from '../sale/use-sales.ts'
import { useBanMemory } from './use-ban-memory.ts'
import { useLikes } from './use-likes.ts'

const tokenEveryMs = 300_000

/**
 * Everything a room shows, kept fresh: snapshot first, then messages on top. A gap or a reconnect
 * asks for the snapshots again.
 */
export function useRoom(liveId: string) {
  const chat = useChat(liveId)
  const online = useOnline()
  const likes = useLikes(liveId)
  const room = useQueryOf(['room', liveId], () => api.live.room({ id: liveId }))
  const bag = useQueryOf(['bag', liveId], () => api.showcase.bag({ id: liveId }))

  const refreshRoom = async () => {
    const takeOnline = online.asking()
    const { data } = await room.refetch()
    if (!data) return
    takeOnline(data.onlineCount)
    likes.reset(data.heartCount)
    return data
  }

  // A server that is away comes back, and the room with it; a room that is not there does not.
  const isUnknown = room.error !== null && room.error.status >= 400 && room.error.status < 500
  // Who was put out hears nothing until they may come back.
  const isOut = isUnknown || chat.exile !== null
  useTopic(isOut ? null : topics.live(liveId), {
    onResync: () => Promise.all([refreshRoom(), chat.reload(), bag.refetch()]),
    onError: () => void chat.askDoor(),
    onOrdered(message) {
      chat.hearOrdered(message)
      if (message.t === 'live.state') void refreshRoom()
      if (message.t === 'showcase.changed' && message.version > (bag.data?.version ?? 0))
        void bag.refetch()
    },
    onSocial(message) {
      chat.hearSocial(message)
      if (message.t === 'live.online') online.hear(message.count)
      if (message.t === 'live.hearts') likes.settle(message.total)
    },
  })
  useTopic(room.data ? topics.stock(room.data.shop.id) : null, {
    onOrdered(message) {
      if (message.t === 'stock.changed' && touchesBag(bag.data, message.levels)) void bag.refetch()
    },
  })
  const shopId = room.data?.shop.id
  useBanMemory(shopId, chat)
  const coupons = useQueryOf(
    ['coupon-centre', shopId],
    () => api.coupon.centre(shopId ? { shopId } : {}),
    { enabled: shopId !== undefined },
  )
  const sale = useSales(room.data ? { shopId: room.data.shop.id, liveId } : null)
  return {
    room,
    bag,
    sale,
    coupons,
    roomToken: useRoomToken(liveId, {
      enabled: sale.cards.some(card => card.channel === 'live') && room.data?.state !== 'ended',
    }),
    chat,
    likes,
    online: online.count ?? room.data?.onlineCount ?? 0,
    ...usePlay(room.data, refreshRoom),
  }
}

/** It proves that the buyer is here, for prices of the room only; renewed well before it is over. */
function useRoomToken(liveId: string, { enabled }: { enabled: boolean }): string | null {
  const { user } = useMe()
  const query = useQueryOf(['room-token', liveId, user?.id], () => api.live.token({ liveId }), {
    enabled: enabled && Boolean(user),
    everyMs: tokenEveryMs,
  })
  return query.data?.roomToken ?? null
}

/** What plays and how; addresses of a picture that is lost while the host sends are asked for anew. */
function usePlay(room: LiveRoom | undefined, refresh: () => Promise<LiveRoom | undefined>) {
  const [playerState, setPlayerState] = useState<PlayerState>('connecting')
  const [{ quality, isUnchosen }, setPicture] = useState<{
    quality: Quality
    /** What was chosen before is no more. */
    isUnchosen: boolean
  }>({ quality: 'auto', isUnchosen: false })
  const [isHostThere, setHostThere] = useState(false)
  const isLost = playerState === 'away' && isHostThere
  return {
    sources: useSteadyPlay(room?.play ?? null, { isLost }),
    ...{ quality, isUnchosen, playerState },
    setQuality: (chosen: Quality) => setPicture({ quality: chosen, isUnchosen: false }),
    onUnchosen: () => setPicture({ quality: 'auto', isUnchosen: true }),
    onPlayerState(state: PlayerState) {
      setPlayerState(state)
      setHostThere(false)
      if (state === 'away') void refresh().then(fresh => setHostThere(fresh?.state === 'live'))
    },
  }
}
