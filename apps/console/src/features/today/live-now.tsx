import type { LiveSession } from '@kaibo/contract/show/live'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Badge, LiveBadge } from '@kaibo/ui/display/badge.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useOpenSessions } from './use-today.ts'

/** Which rooms of the shop are on air. */
export function LiveNow({ shopId }: { shopId: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error } = useOpenSessions(shopId)
  return (
    <section className="k-card section" aria-label={t('today.live')}>
      <h2>{t('today.live')}</h2>
      {!data && !error && <SkeletonList rows={1} />}
      {!data && error && <p className="k-muted">{sentence(error)}</p>}
      {data?.length === 0 && (
        <p className="k-muted">
          {t('today.noLive')} <a href="/studio/">{t('nav.studio')}</a>
        </p>
      )}
      <ul className="live-list">
        {data?.map(session => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
    </section>
  )
}

function Session({ session }: { session: LiveSession }) {
  const t = useT()
  const format = useFormat()
  return (
    <li className="live-row">
      {session.coverUrl && <img className="thumb" src={session.coverUrl} alt="" />}
      <div className="live-words">
        <strong className="k-clamp" style={{ '--lines': 1 }}>
          {session.title}
        </strong>
        <small className="k-muted">
          {session.startedAt && t('today.since', { at: format.time(session.startedAt) })}
        </small>
      </div>
      {session.state === 'live' ? <LiveBadge /> : <Badge tone="warning">{t('today.away')}</Badge>}
      <a className="k-button" data-tone="quiet" data-size="s" href={`/studio/live/${session.id}`}>
        {t('today.toDesk')}
      </a>
    </li>
  )
}
