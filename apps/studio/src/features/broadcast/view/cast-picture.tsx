import type { LiveRoom } from '@kaibo/contract/show/live'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ReactNode } from 'react'
import type { Broadcast, BroadcastView } from '../broadcast.ts'
import { Preview } from './preview.tsx'
import { ProblemCard } from './problem-card.tsx'
import type { CastScreen } from './use-cast-screen.ts'
import { ViewersView } from './viewers-view.tsx'

export type CastProps = {
  liveId: string
  broadcast: Broadcast
  view: BroadcastView
  screen: CastScreen
  room: LiveRoom | undefined
  /** The server's clock minus this device's. */
  clockOffsetMs: number
}

/** The own picture, or why there is none; the viewers' one in a corner of it; and what lies above. */
export function CastPicture(props: CastProps & { children: ReactNode }) {
  const { liveId, broadcast, view, screen, room, clockOffsetMs, children } = props
  const t = useT()
  const { problem, picture, isOpening } = view
  return (
    <>
      <Preview
        ref={screen.own}
        track={screen.preview.track}
        isFlipped={screen.preview.isFlipped}
        label={t('broadcast.preview')}
      />
      {isOpening && (
        <p className="cast-opening" role="status">
          <Spinner />
          {t('broadcast.opening')}
        </p>
      )}
      {children}
      {problem && picture === null && (
        <ProblemCard
          problem={problem}
          liveId={liveId}
          onRetry={() => void broadcast.open(view.facing)}
          onScreen={() => void broadcast.camera.shareScreen()}
        />
      )}
      {screen.hasViewers && (
        <ViewersView
          {...{ room, clockOffsetMs }}
          own={screen.own}
          onClose={() => screen.setViewers(false)}
        />
      )}
    </>
  )
}
