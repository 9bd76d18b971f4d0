import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { useLocation } from 'wouter'
import type { Exile } from '../../chat/use-chat.ts'

type ExileCardProps = { exile: NonNullable<Exile>; offsetMs: number; onOver: () => void }

/** I was taken out of the room: for how long, and where to go meanwhile. */
export function ExileCard({ exile: { kind, until }, offsetMs, onOver }: ExileCardProps) {
  const t = useT()
  const [, go] = useLocation()
  return (
    <section className="room-card" role="status">
      <h2>{t(`room.exile.${kind}`)}</h2>
      {until && (
        <Countdown endsAtMs={Date.parse(until)} offsetMs={offsetMs} onEnd={onOver} look="text" />
      )}
      <Button tone="quiet" wide onClick={() => go('/')}>
        {t('room.toFeed')}
      </Button>
    </section>
  )
}
