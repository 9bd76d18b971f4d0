import type { Replay } from '@kaibo/contract/media/recording'
import type { LiveRoom } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useLocation } from 'wouter'
import type { Playback } from './use-playback.ts'
import { useWords } from './words/use-words.ts'

type StageCardProps = {
  room: LiveRoom
  replay: Replay
  isComing: boolean
  playback: Playback
  /** Asks for a fresh address and goes on. */
  onRetry: () => void
}

/** Why there is no picture, and what can be done. */
export function StageCard({ room, replay, isComing, playback, onRetry }: StageCardProps) {
  const words = useWords()
  const [, go] = useLocation()
  if (replay.state !== 'ready') {
    const state = replay.state === 'expired' ? 'expired' : isComing ? 'making' : 'none'
    return (
      <section className="room-card" role="status">
        <Avatar name={room.host.nickname} src={room.host.avatarUrl} size={72} />
        <h2>{words(state)}</h2>
        <p className="k-clamp">{state === 'making' ? words('makingHint') : room.title}</p>
        {state === 'making' && <Spinner />}
        <Button tone="primary" wide onClick={() => go(`/shop/${room.shop.id}`)}>
          {words('toShop')}
        </Button>
        <Button tone="quiet" wide onClick={() => go('/')}>
          {words('toFeed')}
        </Button>
      </section>
    )
  }
  if (playback.state === 'broken') {
    return (
      <section className="room-card" role="alert">
        <h2>{words('broken')}</h2>
        <p>{words('brokenHint')}</p>
        <Button tone="primary" wide onClick={onRetry}>
          {words('goOn')}
        </Button>
      </section>
    )
  }
  if (playback.state === 'ended') {
    return (
      <section className="room-card" role="status">
        <h2>{words('over')}</h2>
        <p className="k-clamp">{room.title}</p>
        <Button tone="primary" wide onClick={() => playback.seek(0)}>
          {words('again')}
        </Button>
        <Button tone="quiet" wide onClick={() => go(`/shop/${room.shop.id}`)}>
          {words('toShop')}
        </Button>
      </section>
    )
  }
  return <Note playback={playback} />
}

/** What the picture waits for: the network, or a tap. */
function Note({ playback: { state, toggle } }: Pick<StageCardProps, 'playback'>) {
  const words = useWords()
  const isWaiting = state === 'loading' || state === 'waiting'
  return (
    <>
      <p className="k-player-message" role="status">
        {isWaiting && (
          <span className="k-player-note">
            <Spinner />
            {words(state)}
          </span>
        )}
      </p>
      {state === 'paused' && (
        <button
          type="button"
          className="replay-big-play"
          aria-label={words('play')}
          onClick={toggle}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M8 5.2l10.6 6.8L8 18.8z" />
          </svg>
        </button>
      )}
    </>
  )
}
