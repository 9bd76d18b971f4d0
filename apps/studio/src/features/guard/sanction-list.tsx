import type { Sanction } from '@kaibo/contract/show/moderation'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { sanctionsKey } from './keys.ts'
import { useLift } from './sanction-dialog.tsx'

const shownMax = 50

/** Who is muted or kept out now, by whom and until when; each can be taken back. */
export function SanctionList({ shopId }: { shopId: string }) {
  const t = useT()
  const sanctions = useQueryOf(sanctionsKey(shopId), () =>
    api.moderation.sanctions({ shopId, isActive: true, limit: shownMax }),
  )
  const lift = useLift(shopId)
  const items = sanctions.data?.items
  return (
    <section className="k-stack" aria-label={t('guard.sanctions')}>
      <h3>{t('guard.sanctions')}</h3>
      {!items && (sanctions.error ? <QueryError of={sanctions} /> : <SkeletonList rows={2} />)}
      {items?.length === 0 && <p className="k-muted">{t('guard.nobody')}</p>}
      {items && items.length > 0 && (
        <ul className="guard-rows">
          {items.map(sanction => (
            <li key={sanction.id} className="guard-row">
              <SanctionWords sanction={sanction} />
              <Button
                size="s"
                busy={lift.busy}
                aria-label={t('guard.liftOf', { name: sanction.person.nickname })}
                onClick={() => lift.run(sanction.id)}
              >
                {t('guard.lift')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function SanctionWords({ sanction }: { sanction: Sanction }) {
  const t = useT()
  const format = useFormat()
  const { person, kind, until, by, at, reason } = sanction
  return (
    <div className="guard-words">
      <strong>{person.nickname}</strong> <Badge tone="danger">{t(`guard.${kind}`)}</Badge>
      <p className="k-muted k-num">
        {until === null ? t('guard.forGood') : t('guard.until', { at: format.dateTime(until) })}
        {reason !== '' && ` · ${reason}`}
      </p>
      <p className="k-muted k-num">
        {t('guard.by', { name: by.nickname, at: format.dateTime(at) })}
      </p>
    </div>
  )
}
