import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { useTitle } from '../../shell/use-title.ts'
import { type MyShop, may } from '../account/model.ts'
import { BagPanel } from '../bag/bag-panel.tsx'
import '../desk/desk.css'
import { useDesk } from '../desk/use-desk.ts'
import type { Show } from '../sessions/model.ts'
import type { Broadcast, BroadcastView } from './broadcast.ts'
import './cast.css'
import { Notices } from '../standing/notices.tsx'
import './phone-screen.css'
import { CastChat } from './room/cast-chat.tsx'
import { CastExplain } from './room/cast-explain.tsx'
import { CastTop } from './room/cast-top.tsx'
import { useNumbers } from './use-numbers.ts'
import { CastPanels } from './view/cast-panels.tsx'
import { CastPicture } from './view/cast-picture.tsx'
import { Signal } from './view/signal.tsx'
import { Tools } from './view/tools.tsx'
import { useCastScreen } from './view/use-cast-screen.ts'

export type CastScreenProps = {
  shop: MyShop
  show: Show
  broadcast: Broadcast
  view: BroadcastView
}

/** Live from the hand: the picture fills the screen, everything else lies over it. */
export function PhoneScreen({ shop, show, broadcast, view }: CastScreenProps) {
  const t = useT()
  useTitle(show.title)
  const desk = useDesk({ shop, show })
  const screen = useCastScreen(view)
  const cast = { broadcast, view, screen, numbers: useNumbers(broadcast) }
  const [isBagOpen, setBagOpen] = useState(false)
  const room = desk.room.data
  const clockOffsetMs = room ? Date.parse(room.now) - desk.room.dataUpdatedAt : 0
  const isLocked = !may(shop, 'showcase.manage')
  return (
    <main
      className="cast"
      data-theme="room"
      data-at={view.cast.at}
      aria-label={t('broadcast.title')}
    >
      <CastPicture {...cast} {...{ room, clockOffsetMs }} liveId={show.id}>
        <Notices shop={shop} liveId={show.id} place="picture" />
        <CastTop
          {...{ show, view }}
          shopId={shop.id}
          onlineCount={desk.onlineCount}
          clockOffsetMs={clockOffsetMs}
        >
          <Signal {...cast} />
        </CastTop>
        {screen.open !== 'effects' && view.picture && (
          <div className="cast-bottom">
            {screen.isAired && <CastChat store={desk.comments.store} />}
            {view.cast.at !== 'setup' && (
              <CastExplain desk={desk} isLocked={isLocked} onBag={() => setBagOpen(true)} />
            )}
            <Tools {...cast} />
          </div>
        )}
      </CastPicture>
      <CastPanels {...cast} arrived={desk.health.now} />
      <Sheet
        {...{ open: isBagOpen, title: t('bag.title'), tall: true, theme: 'paper' }}
        onClose={() => setBagOpen(false)}
      >
        <BagPanel
          {...{ shop, isLocked, liveId: show.id, state: desk.bag, prices: desk.prices }}
          next={desk.insight.data?.next}
        />
      </Sheet>
    </main>
  )
}
