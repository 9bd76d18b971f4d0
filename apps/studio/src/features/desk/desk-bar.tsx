import type { LiveSession } from '@kaibo/contract/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link, useLocation } from 'wouter'
import { useNow } from '../../shell/use-now.ts'
import { useTitle } from '../../shell/use-title.ts'
import { airedMs, sessionActions } from '../sessions/model.ts'
import { StateBadge } from '../sessions/state-badge.tsx'
import { EndLive } from './end-live.tsx'

const tickMs = 1_000

type DeskBarProps = { shopId: string; session: LiveSession; offsetMs: number }

/** Which show this is, how long it runs, and its end. */
export function DeskBar({ shopId, session, offsetMs }: DeskBarProps) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  useTitle(session.title)
  const ranMs = airedMs(session, useNow(tickMs) + offsetMs)
  return (
    <header className="desk-bar">
      <IconButton icon="back" label={t('desk.back')} onClick={() => go('/')} />
      <div className="desk-show">
        <h1 title={session.title}>{session.title}</h1>
        <p className="k-row">
          <StateBadge state={session.state} />
          {ranMs !== null && <span className="desk-clock k-num">{format.duration(ranMs)}</span>}
        </p>
      </div>
      <a
        className="desk-room"
        href={`/live/${session.id}`}
        target="_blank"
        rel="noreferrer"
        aria-label={t('desk.viewRoom')}
      >
        <Icon name="eye" />
        <span>{t('desk.viewRoom')}</span>
      </a>
      <LanguageButton />
      {sessionActions(session).canEnd ? (
        <EndLive shopId={shopId} session={session} />
      ) : (
        <Link
          className="k-button"
          data-tone="primary"
          data-size="m"
          href={`/live/${session.id}/recap`}
        >
          {t('desk.recap')}
        </Link>
      )}
    </header>
  )
}
