import type { LiveRoom } from '@kaibo/contract/show/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Player, type PlayerHandle } from '@kaibo/ui/player/player.tsx'
import type { PlayerState } from '@kaibo/ui/player/player-engine.ts'
import { useSteadyPlay } from '@kaibo/ui/player/steady-play.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type RefObject, useRef, useState } from 'react'
import { useView } from '../../programme/use-view.ts'
import { useGlimpsedDelay } from './use-glimpses.ts'

type ViewersViewProps = {
  room: LiveRoom | undefined
  /** The picture as it leaves, to be found again in what arrives. */
  own: RefObject<HTMLVideoElement | null>
  /** The server's clock minus this device's. */
  clockOffsetMs: number
  onClose: () => void
}

/** The own show by the way that viewers get it, and how much later it shows there. */
export function ViewersView({ room, own, clockOffsetMs, onClose }: ViewersViewProps) {
  const t = useT()
  const format = useFormat()
  const box = useRef<HTMLElement>(null)
  const [state, setState] = useState<PlayerState>('connecting')
  const isLost = state === 'away' && room?.state === 'live'
  const sources = useSteadyPlay(room?.play ?? null, { isLost })
  const player = useRef<PlayerHandle>(null)
  const wayMs = useView(player, { clockOffsetMs })?.behindMs ?? null
  // The pictures know best; a scene that hardly moves is told by the player, as far as it knows.
  const delayMs = useGlimpsedDelay(own, box) ?? wayMs
  const sec = delayMs === null ? null : format.number(Math.round(delayMs / 100) / 10)
  return (
    <aside className="cast-viewers" ref={box} aria-label={t('broadcast.viewers.title')}>
      <Player
        ref={player}
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
