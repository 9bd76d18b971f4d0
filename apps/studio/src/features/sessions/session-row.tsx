import type { LiveSession } from '@kaibo/contract/show/live'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { Cover } from './cover.tsx'
import { airedMs } from './model.ts'
import { StateBadge } from './state-badge.tsx'

/** A session that has ended; the whole row leads to its recap. */
export function SessionRow({ session }: { session: LiveSession }) {
  const t = useT()
  const format = useFormat()
  const ranMs = airedMs(session, Date.now())
  return (
    <li>
      <Link
        className="session-row"
        href={`/live/${session.id}/recap`}
        aria-label={t('sessions.recapOf', { title: session.title })}
      >
        <Cover of={session} />
        <span className="session-row-text">
          <strong className="k-clamp" style={{ '--lines': 2 }}>
            {session.title}
          </strong>
          <span className="k-muted k-num">
            {format.dateTime(session.startedAt ?? session.createdAt)}
          </span>
          <span className="k-muted k-num">
            {t(`category.${session.category}`)} ·{' '}
            {ranMs === null
              ? t('sessions.neverAired')
              : t('sessions.ran', { duration: format.duration(ranMs) })}
          </span>
        </span>
        <span className="session-row-end">
          {session.stopReason ? (
            <Badge tone="danger">{t('sessions.stopped')}</Badge>
          ) : (
            <StateBadge state={session.state} />
          )}
          <span className="session-row-go">
            {t('sessions.recap')}
            <Icon name="chevron" />
          </span>
        </span>
      </Link>
    </li>
  )
}
