import type { LiveRoom } from '@kaibo/contract/live'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Hearts, type HeartsHandle } from '@kaibo/ui/live/hearts.tsx'
import { Player } from '@kaibo/ui/player/player.tsx'
import { useRef, useState } from 'react'
import { type Buying, BuySheets } from '../checkout/buy-sheets.tsx'
import { BagSheet } from './bag-sheet.tsx'
import { EndCard, WaitingCard } from './cards.tsx'
import { ExplainCard } from './explain-card.tsx'
import { sceneOf } from './model.ts'
import { RoomBar } from './room-bar.tsx'
import { RoomTop } from './room-top.tsx'
import './room.css'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import { useLikes } from './use-likes.ts'
import { useRoom } from './use-room.ts'

/** The live room. Sheets lie over the picture; nothing in here ever unmounts the `<video>`. */
export function RoomPage({ liveId }: { liveId: string }) {
  const t = useT()
  const hearts = useRef<HeartsHandle>(null)
  const { like, mine, settle } = useLikes(liveId)
  const state = useRoom(liveId, count => {
    settle()
    if (count > 0) hearts.current?.rise(count)
  })
  const [isBagOpen, setBagOpen] = useState(false)
  const [buying, setBuying] = useState<Buying | null>(null)
  const { room, bag, chat } = state

  if (room.error && !room.data) {
    return (
      <main className="room" data-theme="room">
        <ErrorState onRetry={() => void room.refetch()}>{room.error.message}</ErrorState>
      </main>
    )
  }
  const scene = room.data ? sceneOf(room.data) : 'live'
  return (
    <main className="room" data-theme="room" aria-label={room.data?.title ?? t('room.loading')}>
      {room.data?.coverUrl && <img className="room-backdrop" src={room.data.coverUrl} alt="" />}
      <div className="room-stage">
        <Hearts ref={hearts} onLike={like}>
          <Player
            {...pictureOf(room.data)}
            label={t('room.picture', { title: room.data?.title ?? '' })}
          />
        </Hearts>
        <RoomTop room={room.data} online={state.online} />
        {scene === 'waiting' && <WaitingCard room={room.data} />}
        {scene === 'away' && (
          <p className="room-away" role="status">
            {t('room.away')}
          </p>
        )}
        {scene === 'ended' && room.data && <EndCard room={room.data} hearts={state.hearts} />}
        <div className="room-bottom" inert={scene === 'ended'}>
          <ChatList feed={chat} />
          {bag.data?.explaining && scene !== 'ended' && (
            <ExplainCard
              key={bag.data.explaining.since}
              card={bag.data.explaining}
              onBuy={productId => setBuying({ productId })}
            />
          )}
          <RoomBar
            liveId={liveId}
            chat={chat}
            bagCount={bag.data?.items.length ?? 0}
            onBag={() => setBagOpen(true)}
            likeCount={state.hearts + mine}
            onLike={like}
          />
        </div>
      </div>
      <BagSheet
        open={isBagOpen}
        onClose={() => setBagOpen(false)}
        bag={bag}
        onBuy={productId => setBuying({ productId })}
      />
      <BuySheets buying={buying} onBuying={setBuying} source={{ kind: 'live', id: liveId }} />
    </main>
  )
}

/** What the player needs of a room. The addresses stay the same while the same stream plays. */
function pictureOf(room: LiveRoom | undefined) {
  return {
    sources: room?.play ? { flv: room.play.flv, llhls: room.play.llhls } : {},
    poster: room?.coverUrl ?? undefined,
    ended: room?.state === 'ended',
    fit: 'cover' as const,
  }
}
