import type { LiveRoom } from '@kaibo/contract/show/live'
import type { ExplainCard } from '@kaibo/contract/show/showcase'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Player, type PlayerHandle } from '@kaibo/ui/player/player.tsx'
import type { PlayerState } from '@kaibo/ui/player/player-engine.ts'
import { useSteadyPlay } from '@kaibo/ui/player/steady-play.ts'
import { type ReactNode, type RefObject, useState } from 'react'
import { Link } from 'wouter'
import { type MyShop, may } from '../account/model.ts'
import { GoOn } from '../sessions/go-on.tsx'
import type { Show } from '../sessions/model.ts'
import './programme.css'
import { WaitingCard } from './waiting-card.tsx'

type ProgrammeProps = {
  player: RefObject<PlayerHandle | null>
  shop: MyShop
  session: Show
  room: LiveRoom | undefined
  explaining: ExplainCard | null
  /** The picture is higher than wide. */
  onPortrait: (isPortrait: boolean) => void
}

/** What viewers see, a moment later; without sound until the host asks for it. */
export function Programme(props: ProgrammeProps) {
  const { player, shop, session, room, explaining, onPortrait } = props
  const t = useT()
  const [playerState, setPlayerState] = useState<PlayerState>('connecting')
  const isLost = playerState === 'away' && room?.state === 'live'
  const sources = useSteadyPlay(room?.play ?? null, { isLost })
  const [isMuted, setMuted] = useState(true)
  const { state } = session
  return (
    <section className="programme" data-state={state} aria-label={t('programme.label')}>
      <Player
        ref={player}
        bare
        fit="contain"
        label={t('programme.picture', { title: session.title })}
        sources={sources}
        hostAway={state === 'away'}
        poster={session.coverUrl ?? undefined}
        ended={state === 'ended'}
        onState={setPlayerState}
        onMuted={setMuted}
        onPicture={({ width, height }) => onPortrait(height > width)}
      />
      <StateNote shop={shop} session={session} />
      {state === 'live' && explaining && (
        <p className="programme-card">
          <b>{t('programme.explaining', { number: explaining.item.number })}</b>
          <span>{explaining.item.product.title}</span>
        </p>
      )}
      {state === 'live' && (
        <span className="programme-sound">
          <IconButton
            icon={isMuted ? 'muted' : 'sound'}
            tone="glass"
            label={t(isMuted ? 'programme.listen' : 'programme.mute')}
            onClick={() => (isMuted ? void player.current?.unmute() : player.current?.mute())}
          />
        </span>
      )}
    </section>
  )
}

/** Why there is no picture, and what the host can do about it. */
function StateNote({ shop, session }: Pick<ProgrammeProps, 'shop' | 'session'>) {
  const t = useT()
  const { id, state, stopReason } = session
  const isHost = may(shop, 'live.host')
  if (state === 'ready') return <WaitingCard shop={shop} session={session} />
  if (stopReason) {
    return (
      <Note icon="warning">
        {t('standing.stopped', { reason: t(`standing.reason.${stopReason}`) })}
      </Note>
    )
  }
  if (state === 'away') {
    return (
      <Note icon="warning">
        {t('programme.away')}
        {isHost && (
          <Link className="k-button" data-tone="quiet" data-size="m" href={`/live/${id}/camera`}>
            <Icon name="camera" />
            {t('broadcast.short')}
          </Link>
        )}
      </Note>
    )
  }
  if (state !== 'ended') return null
  return (
    <Note icon="check">
      {t('programme.ended')}
      {isHost && <GoOn shopId={shop.id} session={session} />}
    </Note>
  )
}

function Note({ icon, children }: { icon: 'warning' | 'check'; children: ReactNode }) {
  return (
    <p className="programme-note" data-icon={icon} role="status">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  )
}
