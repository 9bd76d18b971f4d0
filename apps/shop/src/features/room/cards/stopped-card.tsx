import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'
import { useWords } from '../../replay/words/use-words.ts'

/** The platform ended the show: why, and what that means for who bought something. */
export function StoppedCard({ reason }: { reason: PatrolReason }) {
  const t = useT()
  const words = useWords()
  const [, go] = useLocation()
  return (
    <section className="room-card" aria-label={words('stopped.title')} role="status">
      <h2>{words('stopped.title')}</h2>
      <p>{words('stopped.why', { reason: words(`stopped.reason.${reason}`) })}</p>
      <p>{words('stopped.hint')}</p>
      <Button tone="primary" wide onClick={() => go('/')}>
        {t('room.toFeed')}
      </Button>
    </section>
  )
}
