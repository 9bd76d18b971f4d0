import type { PatrolAlert } from '@kaibo/contract/media/patrol'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { patrolKey, useLabel } from './use-patrol.ts'

type AlertLineProps = { alert: PatrolAlert; onRoom?: ((id: string) => void) | undefined }

/** What happened, how often, and where; marked as looked at with one press. */
export function AlertLine({ alert, onRoom }: AlertLineProps) {
  const t = useT()
  const format = useFormat()
  const label = useLabel()
  const handle = useActionOf(() => api.patrol.handle({ id: alert.id }), { refresh: [patrolKey] })
  const { live } = alert
  return (
    <li className="patrol-line">
      <div>
        <p className="k-row">
          <Badge tone={alert.isBlocking ? 'danger' : 'warning'}>
            {t(`patrol.kind.${alert.kind}`)}
          </Badge>
          <b>{label(alert.label)}</b>
          {alert.count > 1 && (
            <span className="k-num">{t('patrol.times', { count: alert.count })}</span>
          )}
        </p>
        {alert.excerpt && <q className="patrol-excerpt">{alert.excerpt}</q>}
        <p className="k-muted">
          {onRoom && `${live.title} · ${live.shopName} · `}
          <time dateTime={alert.lastAt} className="k-num">
            {format.dateTime(alert.lastAt)}
          </time>
        </p>
      </div>
      <div className="patrol-line-actions">
        {onRoom && live.state !== 'ended' && (
          <Button size="s" onClick={() => onRoom(live.id)}>
            {t('patrol.toRoom')}
          </Button>
        )}
        <Button size="s" busy={handle.busy} onClick={() => handle.run(undefined)}>
          {t('patrol.handled')}
        </Button>
      </div>
    </li>
  )
}
