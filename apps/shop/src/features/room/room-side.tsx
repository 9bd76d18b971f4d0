import { useT } from '@kaibo/ui/i18n.ts'
import { useCode } from '../../shell/use-code.ts'
import { ChatPanel } from '../chat/chat-panel.tsx'
import type { Talk } from '../chat/use-talk.ts'
import { Write } from '../chat/write.tsx'
import type { Scene } from './model.ts'
import type { Opened } from './opened.ts'
import { RoomBar } from './room-bar.tsx'
import type { useRoom } from './use-room.ts'

const fetchStrip = async () => (await import('../bag/bag-strip.tsx')).BagStrip
const fetchExplainCard = async () => (await import('./cards/explain-card.tsx')).ExplainCard

type RoomSideProps = {
  liveId: string
  room: ReturnType<typeof useRoom>
  scene: Scene
  talk: Talk
  onLike: () => void
  onOpen: (opened: Opened) => void
  onBuy: (productId: string) => void
}

/** Below the picture, or beside it: the talk, what is being explained, and what the hand does. */
export function RoomSide(props: RoomSideProps) {
  const { liveId, room: state, scene, talk, onLike, onOpen, onBuy } = props
  const { room, bag, sale, chat, likes } = state
  const t = useT()
  const BagStrip = useCode(fetchStrip, bag.data ? 'soon' : 'later')
  const ExplainCard = useCode(fetchExplainCard, bag.data?.explaining ? 'now' : 'later')
  const isOver = scene === 'ended' || scene === 'out'
  return (
    <section className="room-side" aria-label={t('room.side')} inert={isOver}>
      <h1 className="room-title k-clamp">{room.data?.title ?? t('room.loading')}</h1>
      <p className="room-welcome">{t('chat.welcome')}</p>
      {BagStrip && bag.data && <BagStrip bag={bag.data} sales={sale.sales} onBuy={onBuy} />}
      <ChatPanel chat={chat} onOpen={({ comment }) => onOpen({ what: 'message', comment })} />
      {ExplainCard && bag.data?.explaining && !isOver && (
        <ExplainCard
          key={bag.data.explaining.since}
          card={bag.data.explaining}
          sale={sale}
          onBuy={onBuy}
        />
      )}
      <RoomBar
        liveId={liveId}
        bagCount={bag.data?.items.length ?? 0}
        onOpen={onOpen}
        likeCount={likes.total}
        onLike={onLike}
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
  )
}
