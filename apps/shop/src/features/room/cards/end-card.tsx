import type { LiveRoom } from '@kaibo/contract/show/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useLocation } from 'wouter'

type EndCardProps = { room: LiveRoom; hearts: number; onThreads: () => void }

/** After the end: what it was, and where to go from here. */
export function EndCard({ room, hearts, onThreads }: EndCardProps) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
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
      <Button tone="primary" wide onClick={() => go(`/shop/${room.shop.id}`)}>
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
