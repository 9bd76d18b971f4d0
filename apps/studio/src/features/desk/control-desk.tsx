import { useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useState } from 'react'
import { UndoBar } from '../../shell/undo.tsx'
import { type MyShop, may } from '../account/model.ts'
import { useTeamWatch } from '../account/use-team-watch.ts'
import { BagPanel } from '../bag/bag-panel.tsx'
import { CommentsPanel } from '../comments/comments-panel.tsx'
import { Stage } from '../programme/stage.tsx'
import { type Show, sessionActions } from '../sessions/model.ts'
import { Notices } from '../standing/notices.tsx'
import './desk.css'
import './phone.css'
import { DeskBar } from './desk-bar.tsx'
import { Dock } from './dock.tsx'
import { KpiStrip } from './kpi-strip.tsx'
import { type Panel, PhoneNav } from './phone-nav.tsx'
import { PhoneNow } from './phone-now.tsx'
import { type Desk, useDesk } from './use-desk.ts'

type ControlDeskProps = {
  shop: MyShop
  show: Show
  /** Stands where the viewers' picture is otherwise, such as the camera of this computer. */
  stage?: (desk: Desk) => ReactNode
}

/**
 * 中控台: bag, programme and comments side by side, the tools below the programme. On a phone the
 * same parts take turns, one at a time.
 */
export function ControlDesk({ shop, show, stage }: ControlDeskProps) {
  const t = useT()
  const desk = useDesk({ shop, show })
  useTeamWatch()
  const [panel, setPanel] = useState<Panel>('now')
  const room = desk.room.data
  const offsetMs = room ? Date.parse(room.now) - desk.room.dataUpdatedAt : 0
  const isOver = !sessionActions(show).isOpen
  return (
    <div className="desk" data-panel={panel}>
      <DeskBar shop={shop} show={show} offsetMs={offsetMs} />
      <KpiStrip desk={desk} />
      <main className="desk-main" aria-label={t('desk.title')}>
        <div className="desk-left">
          <BagPanel
            shop={shop}
            liveId={show.id}
            state={desk.bag}
            next={isOver ? null : desk.insight.data?.next}
            prices={desk.prices}
            isLocked={isOver || !may(shop, 'showcase.manage')}
          />
        </div>
        <div className="desk-centre">
          <Notices shop={shop} liveId={show.id} place="page" />
          {stage?.(desk) ?? <Stage shop={shop} show={show} desk={desk} clockOffsetMs={offsetMs} />}
          <PhoneNow desk={desk} isLocked={isOver || !may(shop, 'showcase.manage')} />
        </div>
        {desk.comments.keeper.assists && (
          <div className="desk-dock">
            <Dock shop={shop} show={show} desk={desk} isLocked={isOver} />
          </div>
        )}
        <div className="desk-right">
          <CommentsPanel
            shopId={shop.id}
            liveId={show.id}
            state={desk.comments}
            isLocked={isOver}
          />
        </div>
      </main>
      <PhoneNav
        value={panel}
        onChange={setPanel}
        hasTools={desk.comments.keeper.assists}
        questionCount={desk.comments.questions.data?.waitingCount ?? 0}
        heldCount={desk.comments.held.data?.waitingCount ?? 0}
      />
      <UndoBar />
    </div>
  )
}
