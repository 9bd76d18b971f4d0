import type { LiveRoom } from '@kaibo/contract/live'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useLocation } from 'wouter'

/** Before the first picture. */
export function WaitingCard({ room }: { room: LiveRoom | undefined }) {
  const t = useT()
  return (
    <section className="room-card" aria-live="polite">
      <h1>{room?.title}</h1>
      <p>{t('room.waiting')}</p>
    </section>
  )
}

/** After the end: what it was, and where to go from here. */
export function EndCard({ room, hearts }: { room: LiveRoom; hearts: number }) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  const seconds = secondsBetween(room.startedAt, room.endedAt)
  return (
    <section className="room-card" aria-live="polite">
      <Avatar name={room.host.nickname} src={room.host.avatarUrl} size={72} />
      <h1>{t('room.ended')}</h1>
      <p>{room.title}</p>
      <dl className="room-facts">
        <div>
          <dt>{t('room.duration')}</dt>
          <dd>{format.duration(seconds)}</dd>
        </div>
        <div>
          <dt>{t('room.hearts')}</dt>
          <dd>{format.count(hearts)}</dd>
        </div>
      </dl>
      <Button tone="primary" wide onClick={() => go(`/shop/${room.shop.id}`)}>
        {t('room.toShop')}
      </Button>
      <Button tone="quiet" wide onClick={() => go('/')}>
        {t('room.toFeed')}
      </Button>
    </section>
  )
}

const secondsBetween = (from: string | null, to: string | null): number =>
  from && to ? Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000)) : 0
