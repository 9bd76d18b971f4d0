import type { LiveRoom } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Redirect, useLocation } from 'wouter'
import { replayPath } from '../../replay/model.ts'
import { useReplay } from '../../replay/use-replay.ts'
import { useWords } from '../../replay/words/use-words.ts'
import { StoppedCard } from './stopped-card.tsx'

type EndCardProps = { room: LiveRoom; hearts: number; onThreads: () => void }

/** Who comes this much later comes for the replay. */
const lateMs = 8_000

/** After the end: what it was, and where to go from here; or why the platform ended it. */
export function EndCard(props: EndCardProps) {
  const { stopReason } = props.room
  return stopReason ? <StoppedCard reason={stopReason} /> : <Ended {...props} />
}

/** Latecomers see the replay, if there is one. */
function Ended({ room, hearts, onThreads }: EndCardProps) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  const words = useWords()
  const endedAt = room.endedAt ?? room.now
  const replay = useReplay(room.id, { endedAt, now: room.now })
  const isReady = replay.data?.state === 'ready'
  const isLate = msBetween(endedAt, room.now) > lateMs
  if (isReady && isLate) return <Redirect to={replayPath(room.id)} replace />
  return (
    <section className="room-card" aria-label={t('room.ended')} role="status">
      <Avatar name={room.host.nickname} src={room.host.avatarUrl} size={72} />
      <h2>{t('room.ended')}</h2>
      <p className="k-clamp">{room.title}</p>
      <dl className="room-facts">
        <div>
          <dt>{t('room.duration')}</dt>
          <dd>{format.duration(msBetween(room.startedAt, room.endedAt))}</dd>
        </div>
        <div>
          <dt>{t('room.hearts')}</dt>
          <dd>{format.count(hearts)}</dd>
        </div>
      </dl>
      {(isReady || replay.isComing) && (
        <Button
          tone="primary"
          wide
          busy={!isReady}
          icon="play"
          onClick={() => go(replayPath(room.id))}
        >
          {words(isReady ? 'watch' : 'making')}
        </Button>
      )}
      <Button
        tone={isReady || replay.isComing ? 'quiet' : 'primary'}
        wide
        onClick={() => go(`/shop/${room.shop.id}`)}
      >
        {t('room.toShop')}
      </Button>
      <Button tone="quiet" wide onClick={onThreads}>
        {t('chat.area')}
      </Button>
      <Button tone="quiet" wide onClick={() => go('/')}>
        {t('room.toFeed')}
      </Button>
    </section>
  )
}

const msBetween = (from: string | null, to: string | null): number =>
  from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : 0
