import { useT } from '@kaibo/ui/i18n.ts'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useCode } from '../../shell/use-code.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { saleOfProduct } from '../sale/model.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { BagSheet } from './bag-sheet.tsx'
import { BagStrip } from './bag-strip.tsx'
import { ExplainCard } from './explain-card.tsx'
import { sceneOf } from './model.ts'
import { RoomBar } from './room-bar.tsx'
import { RoomStage } from './room-stage.tsx'
import { useRoom } from './use-room.ts'
import './room.css'

const fetchCouponSheet = async () => (await import('../coupon/coupon-sheet.tsx')).CouponSheet
const fetchBuySheets = async () => (await import('../checkout/buy-sheets.tsx')).BuySheets

/** The live room. Sheets lie over the picture; nothing in here ever unmounts the `<video>`. */
export function RoomPage({ liveId }: { liveId: string }) {
  const t = useT()
  const whenSignedIn = useSignedIn()
  const state = useRoom(liveId)
  const [isBagOpen, setBagOpen] = useState(false)
  const [isCouponsOpen, setCouponsOpen] = useState(false)
  const [buying, setBuying] = useState<Buying | null>(null)
  const { room, bag, sale, coupons, chat, likes } = state
  usePageTitle(room.data?.title)
  // The picture comes first; what a buyer needs next follows it.
  const soon = state.playerState === 'playing' ? 'soon' : 'later'
  const BuySheets = useCode(fetchBuySheets, buying ? 'now' : soon)
  const CouponSheet = useCode(fetchCouponSheet, isCouponsOpen ? 'now' : soon)

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
      <RoomStage room={state} scene={scene} onLike={like} />
      <section className="room-side" aria-label={t('room.side')} inert={scene === 'ended'}>
        <h1 className="room-title k-clamp">{room.data?.title ?? t('room.loading')}</h1>
        <p className="room-welcome">{t('chat.welcome')}</p>
        {bag.data && <BagStrip bag={bag.data} sales={sale.sales} onBuy={buy} />}
        <div className="room-chat">
          <ChatList feed={chat} />
        </div>
        {bag.data?.explaining && scene !== 'ended' && (
          <ExplainCard
            key={bag.data.explaining.since}
            card={bag.data.explaining}
            sale={saleOfProduct(sale.sales, bag.data.explaining.item.product.id)}
            offsetMs={sale.offsetMs}
            onBuy={buy}
          />
        )}
        <RoomBar
          liveId={liveId}
          chat={chat}
          bagCount={bag.data?.items.length ?? 0}
          onBag={() => setBagOpen(true)}
          couponCount={coupons.data?.items.length ?? 0}
          onCoupons={() => setCouponsOpen(true)}
          likeCount={likes.total}
          onLike={like}
        />
      </section>
      <BagSheet
        open={isBagOpen}
        onClose={() => setBagOpen(false)}
        bag={bag}
        sale={sale}
        onBuy={buy}
      />
      {CouponSheet && room.data && (
        <CouponSheet
          open={isCouponsOpen}
          onClose={() => setCouponsOpen(false)}
          shopId={room.data.shop.id}
        />
      )}
      {BuySheets && (
        <BuySheets
          buying={buying}
          onBuying={setBuying}
          source={{ kind: 'live', id: liveId }}
          roomToken={state.roomToken}
          onPlaced={() => setBagOpen(false)}
        />
      )}
    </main>
  )
}
