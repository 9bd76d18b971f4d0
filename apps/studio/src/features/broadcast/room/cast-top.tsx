import { IconButton } from '@kaibo/ui/control/button.tsx'
import { ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useNow } from '../../../shell/use-now.ts'
import { EndLive } from '../../desk/end-live.tsx'
import { airedMs, type Show } from '../../sessions/model.ts'
import { StateBadge } from '../../sessions/state-badge.tsx'
import type { BroadcastView } from '../broadcast.ts'
import { isUnderWay } from '../model.ts'

const tickMs = 1_000

type CastTopProps = {
  shopId: string
  show: Show
  view: BroadcastView
  onlineCount: number | undefined
  /** The server's clock minus this device's. */
  clockOffsetMs: number
  children: ReactNode
}

/** Which show this is, how long it runs, who watches; the ways out. */
export function CastTop(props: CastTopProps) {
  const { shopId, show, view, onlineCount, clockOffsetMs, children } = props
  const format = useFormat()
  const ranMs = airedMs(show, useNow(tickMs) + clockOffsetMs)
  return (
    <header className="cast-top">
      <LeaveCamera liveId={show.id} isUnderWay={isUnderWay(view.cast)} />
      <div className="cast-show">
        <h1>{show.title}</h1>
        <p>
          <StateBadge state={show.state} />
          {ranMs !== null && <span className="k-num">{format.duration(ranMs)}</span>}
        </p>
      </div>
      <div className="cast-top-end">
        <ViewerCount count={onlineCount ?? 0} />
        {show.startedAt !== null && <EndLive shopId={shopId} show={show} />}
      </div>
      <div className="cast-top-line">{children}</div>
    </header>
  )
}

/** Back to the desk. On air that is a question: viewers would wait. */
function LeaveCamera({ liveId, isUnderWay }: { liveId: string; isUnderWay: boolean }) {
  const t = useT()
  const [, go] = useLocation()
  const [isAsking, setAsking] = useState(false)
  const leave = () => go(`/live/${liveId}`)
  return (
    <>
      <IconButton
        icon="back"
        tone="glass"
        label={t('broadcast.leave')}
        onClick={() => (isUnderWay ? setAsking(true) : leave())}
      />
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={leave}
        tone="danger"
        title={t('broadcast.leaveTitle')}
        confirmLabel={t('broadcast.leaveConfirm')}
        cancelLabel={t('desk.endCancel')}
      >
        {t('broadcast.leaveBody')}
      </Dialog>
    </>
  )
}
