import type { LiveSession } from '@kaibo/contract/live'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import type { MyShop } from '../account/model.ts'
import { BagPanel } from '../bag/bag-panel.tsx'
import { ChatPanel } from '../chat/chat-panel.tsx'
import { HealthBar } from '../programme/health-bar.tsx'
import { Programme } from '../programme/programme.tsx'
import { sessionActions } from '../sessions/model.ts'
import './desk.css'
import { DeskBar } from './desk-bar.tsx'
import { KpiStrip } from './kpi-strip.tsx'
import { useDesk } from './use-desk.ts'

type Panel = 'bag' | 'chat'

/** 中控台: bag, programme and comments side by side; on a phone bag and comments take turns. */
export function ControlDesk({ shop, session }: { shop: MyShop; session: LiveSession }) {
  const t = useT()
  const desk = useDesk({ shop, session })
  const [panel, setPanel] = useState<Panel>('bag')
  const room = desk.room.data
  const offsetMs = room ? Date.parse(room.now) - desk.room.dataUpdatedAt : 0
  const isLocked = !sessionActions(session).canEditBag
  return (
    <div className="desk" data-panel={panel}>
      <DeskBar shopId={shop.id} session={session} offsetMs={offsetMs} />
      <main className="desk-main" aria-label={t('desk.title')}>
        <div className="desk-centre">
          <KpiStrip desk={desk} />
          <Programme
            shopId={shop.id}
            session={session}
            room={room}
            explaining={desk.bag.bag?.explaining ?? null}
          />
          <HealthBar health={desk.health} />
        </div>
        <div className="desk-tabs">
          <Tabs
            label={t('desk.panels')}
            tabs={[
              { id: 'bag', label: t('bag.title'), count: desk.bag.bag?.items.length },
              { id: 'chat', label: t('chat.title') },
            ]}
            value={panel}
            onChange={setPanel}
          />
        </div>
        <div className="desk-left">
          <BagPanel shopId={shop.id} state={desk.bag} isLocked={isLocked} />
        </div>
        <div className="desk-right">
          <ChatPanel
            liveId={session.id}
            feed={desk.chat.feed}
            commentCount={desk.chat.commentCount}
            isLocked={isLocked}
          />
        </div>
      </main>
    </div>
  )
}
