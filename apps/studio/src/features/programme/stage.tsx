import type { LiveRoom } from '@kaibo/contract/show/live'
import type { ExplainCard } from '@kaibo/contract/show/showcase'
import { useRef, useState } from 'react'
import { type MyShop, may } from '../account/model.ts'
import { Teleprompter } from '../script/teleprompter.tsx'
import type { Show } from '../sessions/model.ts'
import { HealthBar } from './health-bar.tsx'
import { Programme } from './programme.tsx'
import { useDelay } from './use-delay.ts'
import type { Health } from './use-health.ts'

type StageProps = {
  shop: MyShop
  show: Show
  room: LiveRoom | undefined
  health: Health
  explaining: ExplainCard | null
}

/** What viewers see, how it arrives, and what the host wants to say beside it. */
export function Stage({ shop, show, room, health, explaining }: StageProps) {
  const box = useRef<HTMLDivElement>(null)
  const delayMs = useDelay(box)
  const [isPortrait, setPortrait] = useState(true)
  const hasScript = show.state !== 'ended' && may(shop, 'room.assist')
  return (
    <>
      <div
        ref={box}
        className="stage"
        data-portrait={(isPortrait && show.state !== 'ready') || undefined}
        data-script={hasScript || undefined}
      >
        <Programme
          shop={shop}
          session={show}
          room={room}
          explaining={explaining}
          onPortrait={setPortrait}
        />
        {hasScript && <Teleprompter liveId={show.id} />}
      </div>
      {may(shop, 'live.read') && <HealthBar health={health} delayMs={delayMs} />}
    </>
  )
}
