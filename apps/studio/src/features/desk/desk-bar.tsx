import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link, useLocation, useRoute } from 'wouter'
import { useNow } from '../../shell/use-now.ts'
import { useTitle } from '../../shell/use-title.ts'
import { type MyShop, may } from '../account/model.ts'
import { airedMs, type Show, sessionActions } from '../sessions/model.ts'
import { StateBadge } from '../sessions/state-badge.tsx'
import { EndLive } from './end-live.tsx'

const tickMs = 1_000

type DeskBarProps = { shop: MyShop; show: Show; offsetMs: number }

/** Which show this is, how long it runs, and its end. */
export function DeskBar({ shop, show, offsetMs }: DeskBarProps) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  const [isAtCamera] = useRoute('/live/:id/camera')
  useTitle(show.title)
  const ranMs = airedMs(show, useNow(tickMs) + offsetMs)
  const isOpen = sessionActions(show).canEnd
  return (
    <header className="desk-bar">
      <IconButton icon="back" label={t('desk.back')} onClick={() => go('/')} />
      <div className="desk-show">
        <h1 title={show.title}>{show.title}</h1>
        <p className="k-row">
          <StateBadge state={show.state} />
          {ranMs !== null && <span className="desk-clock k-num">{format.duration(ranMs)}</span>}
        </p>
      </div>
      <Link className="desk-link" href="/team" aria-label={t('team.title')}>
        <Icon name="user" />
        <span>{t('team.title')}</span>
      </Link>
      <a
        className="desk-link"
        href={`/live/${show.id}`}
        target="_blank"
        rel="noreferrer"
        aria-label={t('desk.viewRoom')}
      >
        <Icon name="eye" />
        <span>{t('desk.viewRoom')}</span>
      </a>
      {isOpen && !isAtCamera && show.state !== 'ready' && may(shop, 'live.host') && (
        <Link className="desk-link" href={`/live/${show.id}/camera`} title={t('broadcast.title')}>
          <Icon name="camera" />
          <span>{t('broadcast.short')}</span>
        </Link>
      )}
      <LanguageButton />
      {isOpen && may(shop, 'live.host') && <EndLive shopId={shop.id} show={show} />}
      {!isOpen && may(shop, 'live.read') && (
        <Link
          className="k-button"
          data-tone="primary"
          data-size="m"
          href={`/live/${show.id}/recap`}
        >
          {t('desk.recap')}
        </Link>
      )}
    </header>
  )
}
