import type { LiveSession } from '@kaibo/contract/show/live'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { Cover } from './cover.tsx'
import { StateBadge } from './state-badge.tsx'

/** The session that is open now; its desk is one press away. */
export function OpenCard({ session }: { session: LiveSession }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="open-card" aria-label={t('sessions.open')}>
      <Cover of={session} />
      <div className="open-card-text">
        <StateBadge state={session.state} />
        <h2 className="k-clamp" style={{ '--lines': 2 }}>
          {session.title}
        </h2>
        <p className="k-muted">
          {t(`category.${session.category}`)} · {t(`sessions.hint.${session.state}`)}
        </p>
        <p className="k-muted k-num">
          {session.startedAt
            ? t('sessions.startedAt', { at: format.dateTime(session.startedAt) })
            : t('sessions.createdAt', { at: format.dateTime(session.createdAt) })}
        </p>
        <Link
          className="k-button go-live"
          data-tone="primary"
          data-size="l"
          href={`/live/${session.id}`}
        >
          <Icon name="settings" />
          {t('sessions.toDesk')}
        </Link>
      </div>
    </section>
  )
}
