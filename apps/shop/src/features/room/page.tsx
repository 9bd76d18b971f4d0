import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useCode } from '../../shell/use-code.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { ChatPanel } from '../chat/chat-panel.tsx'
import { useTalk } from '../chat/use-talk.ts'
import { Write } from '../chat/write.tsx'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { useShareEntry } from '../share/use-share-entry.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { BagStrip } from './bag-strip.tsx'
import { ExplainCard } from './explain-card.tsx'
import { sceneOf } from './model.ts'
import type { Opened } from './opened.ts'
import { RoomBar } from './room-bar.tsx'
import { RoomStage } from './room-stage.tsx'
import { useRoom } from './use-room.ts'
import './room.css'

const fetchSheets = async () => (await import('./room-sheets.tsx')).RoomSheets

/** The live room. Sheets lie over the picture; nothing in here ever unmounts the `<video>`. */
export function RoomPage({ liveId }: { liveId: string }) {
  const t = useT()
  const whenSignedIn = useSignedIn()
  const state = useRoom(liveId)
  const [opened, setOpened] = useState<Opened>(null)
  const [buying, setBuying] = useState<Buying | null>(null)
  const { room, bag, sale, coupons, chat, likes } = state
  const talk = useTalk()
  // The picture comes first; what may lie on it follows.
  const soon = state.playerState === 'playing' ? 'soon' : 'later'
  const RoomSheets = useCode(fetchSheets, opened || buying ? 'now' : soon)
  usePageTitle(room.data?.title)
  useShareEntry(liveId, room.data?.shop.id)

  if (room.error && !room.data) {
    return (
      <main className="room room-missing" data-theme="room">
        <Trouble error={room.error} onRetry={() => void room.refetch()} busy={room.isFetching} />
      </main>
    )
  }
  const scene = room.data ? sceneOf(room.data) : 'live'
  const like = () => whenSignedIn(likes.tap)
  const buy = (productId: string) => setBuying({ productId })
  return (
    <main className="room" data-theme="room" data-scene={scene}>
      {room.data?.coverUrl && <img className="room-backdrop" src={room.data.coverUrl} alt="" />}
      <RoomStage room={state} scene={scene} onLike={like} onOpen={setOpened} />
      <section className="room-side" aria-label={t('room.side')} inert={scene === 'ended'}>
        <h1 className="room-title k-clamp">{room.data?.title ?? t('room.loading')}</h1>
        <p className="room-welcome">{t('chat.welcome')}</p>
        {bag.data && <BagStrip bag={bag.data} sales={sale.sales} onBuy={buy} />}
        <ChatPanel chat={chat} onOpen={({ comment }) => setOpened({ what: 'message', comment })} />
        {bag.data?.explaining && scene !== 'ended' && (
          <ExplainCard
            key={bag.data.explaining.since}
            card={bag.data.explaining}
            sale={sale}
            onBuy={buy}
          />
        )}
        <RoomBar
          liveId={liveId}
          bagCount={bag.data?.items.length ?? 0}
          onBag={() => setOpened({ what: 'bag' })}
          couponCount={coupons.data?.items.length ?? 0}
          onCoupons={() => setOpened({ what: 'coupons' })}
          likeCount={likes.total}
          onLike={like}
        >
          <Write
            liveId={liveId}
            shop={room.data?.shop}
            chat={chat}
            talk={talk}
            offsetMs={sale.offsetMs}
          />
        </RoomBar>
      </section>
      {RoomSheets && (
        <RoomSheets
          liveId={liveId}
          room={state}
          talk={talk}
          opened={opened}
          onOpen={setOpened}
          buying={buying}
          onBuying={setBuying}
        />
      )}
    </main>
  )
}
