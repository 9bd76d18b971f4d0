import type { PlayerHandle } from '@kaibo/ui/player/player.tsx'
import { useRef, useState } from 'react'
import { type MyShop, may } from '../account/model.ts'
import type { Desk } from '../desk/use-desk.ts'
import { Teleprompter } from '../script/teleprompter.tsx'
import type { Show } from '../sessions/model.ts'
import { HealthBar, HealthHints } from './health-bar.tsx'
import { Programme } from './programme.tsx'
import { TroubleNote } from './trouble-note.tsx'
import { useView } from './use-view.ts'

type StageProps = {
  shop: MyShop
  show: Show
  desk: Desk
  /** The server's clock minus this device's. */
  clockOffsetMs: number
}

/** What viewers see, how it arrives, and what the host wants to say beside it. */
export function Stage(props: StageProps) {
  const { shop, show, desk, clockOffsetMs } = props
  const player = useRef<PlayerHandle>(null)
  const view = useView(player, { clockOffsetMs })
  const [isPortrait, setPortrait] = useState(true)
  const hasScript = show.state !== 'ended' && may(shop, 'room.assist')
  return (
    <>
      <div
        className="stage"
        data-portrait={(isPortrait && show.state !== 'ready') || undefined}
        data-script={hasScript || undefined}
      >
        <Programme
          player={player}
          shop={shop}
          session={show}
          room={desk.room.data}
          explaining={desk.bag.bag?.explaining ?? null}
          onPortrait={setPortrait}
        />
        {hasScript && <Teleprompter liveId={show.id} />}
      </div>
      {may(shop, 'live.read') && (
        <>
          <HealthBar health={desk.health} view={view} />
          <TroubleNote health={desk.health} />
          <HealthHints health={desk.health} />
        </>
      )}
    </>
  )
}
