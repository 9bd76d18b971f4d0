import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { Loading } from '../../shell/loading.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { useMyShop } from '../account/my-shop.tsx'
import { BagPanel } from '../bag/bag-panel.tsx'
import { ChatPanel } from '../chat/chat-panel.tsx'
import { HealthBar } from '../programme/health-bar.tsx'
import { Programme } from '../programme/programme.tsx'
import './desk.css'
import { DeskBar } from './desk-bar.tsx'
import { KpiStrip } from './kpi-strip.tsx'
import { useDesk } from './use-desk.ts'

type Panel = 'bag' | 'chat' | 'signal'

/** 中控台: bag, programme and comments side by side; one after another on a phone. */
export function DeskPage({ liveId }: { liveId: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const shop = useMyShop()
  const desk = useDesk({ shop, liveId })
  const [panel, setPanel] = useState<Panel>('bag')
  const session = desk.session.data
  if (!session) {
    if (!desk.session.error) return <Loading />
    return (
      <StudioPage title={t('desk.title')} back="/">
        <ErrorState onRetry={() => void desk.session.refetch()} busy={desk.session.isFetching}>
          {sentence(desk.session.error)}
        </ErrorState>
      </StudioPage>
    )
  }
  const room = desk.room.data
  const offsetMs = room ? Date.parse(room.now) - desk.room.dataUpdatedAt : 0
  const isLocked = !desk.isOpen
  return (
    <div className="desk" data-panel={panel}>
      <DeskBar shopId={shop.id} session={session} offsetMs={offsetMs} />
      <main className="desk-main" aria-label={t('desk.title')}>
        <div className="desk-centre">
          <KpiStrip desk={desk} />
          <Programme shopId={shop.id} session={session} room={room} />
          <HealthBar health={desk.health.data} takenAtMs={desk.health.dataUpdatedAt} />
        </div>
        <div className="desk-tabs">
          <Tabs
            label={t('desk.panels')}
            tabs={[
              { id: 'bag', label: t('bag.title'), count: desk.bag.bag?.items.length },
              { id: 'chat', label: t('chat.title') },
              { id: 'signal', label: t('health.title') },
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
            liveId={liveId}
            feed={desk.chat.feed}
            commentCount={desk.chat.commentCount}
            isLocked={isLocked}
          />
        </div>
      </main>
    </div>
  )
}
