import type { LiveRoom } from '@kaibo/contract/show/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Player } from '@kaibo/ui/player/player.tsx'
import type { PlayerState } from '@kaibo/ui/player/player-engine.ts'
import { useSteadyPlay } from '@kaibo/ui/player/steady-play.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type RefObject, useRef, useState } from 'react'
import { useGlimpsedDelay } from './use-glimpses.ts'

type ViewersViewProps = {
  room: LiveRoom | undefined
  /** The picture as it leaves, to be found again in what arrives. */
  own: RefObject<HTMLVideoElement | null>
  onClose: () => void
}

/** The own show by the way that viewers get it, and how much later: measured by the pictures. */
export function ViewersView({ room, own, onClose }: ViewersViewProps) {
  const t = useT()
  const format = useFormat()
  const box = useRef<HTMLElement>(null)
  const [state, setState] = useState<PlayerState>('connecting')
  const isLost = state === 'away' && room?.state === 'live'
  const sources = useSteadyPlay(room?.play ?? null, { isLost })
  const delayMs = useGlimpsedDelay(own, box)
  const sec = delayMs === null ? null : format.number(Math.round(delayMs / 100) / 10)
  return (
    <aside className="cast-viewers" ref={box} aria-label={t('broadcast.viewers.title')}>
      <Player
        bare
        fit="contain"
        label={t('broadcast.viewers.title')}
        sources={sources}
        hostAway={room?.state === 'away'}
        onState={setState}
      />
      <p className="cast-viewers-words k-num" role="status">
        {state === 'playing' ? t('broadcast.viewers.title') : t('broadcast.viewers.waiting')}
        {state === 'playing' && (
          <b>{sec === null ? t('broadcast.viewers.measuring') : t('health.sec', { sec })}</b>
        )}
      </p>
      <IconButton
        icon="close"
        tone="glass"
        label={t('broadcast.viewers.close')}
        onClick={onClose}
      />
    </aside>
  )
}
