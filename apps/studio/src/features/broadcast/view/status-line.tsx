import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Cast, triesMax } from '../model.ts'

type StatusLineProps = { cast: Cast; onRetry: () => void }

/** What the host must know about the way to the viewers; nothing while all is well. */
export function StatusLine({ cast, onRetry }: StatusLineProps) {
  const t = useT()
  return (
    <div className="cast-status" role="status" data-at={cast.at}>
      {cast.at === 'connecting' && (
        <p>
          <Spinner />
          {t(cast.by === 'ws' ? 'broadcast.state.fallBack' : 'broadcast.state.connecting')}
        </p>
      )}
      {cast.at === 'live' && cast.by === 'ws' && (
        <p>
          <Icon name="check" />
          {t('broadcast.state.byWs')}
        </p>
      )}
      {cast.at === 'away' && (
        <p>
          <Icon name="clock" />
          {t('broadcast.state.away')}
        </p>
      )}
      {cast.at === 'lost' && (
        <p>
          {cast.tryNumber < triesMax ? <Spinner /> : <Icon name="warning" />}
          <span className="cast-status-words">{t(`broadcast.lost.${cast.why}`)}</span>
          <Button size="s" onClick={onRetry}>
            {t('broadcast.retryNow')}
          </Button>
        </p>
      )}
      {cast.at === 'refused' && (
        <p>
          <Icon name="warning" />
          <span className="cast-status-words">{cast.sentence}</span>
        </p>
      )}
    </div>
  )
}
