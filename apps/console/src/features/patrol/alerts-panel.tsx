import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AlertLine } from './alert-line.tsx'
import { useAlerts } from './use-patrol.ts'

/** As many as somebody works through before looking again. */
const shownMax = 50

/** What asks for a look, newest first. */
export function AlertsPanel({ onRoom }: { onRoom: (id: string) => void }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useAlerts(shownMax)
  if (error && !data)
    return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  if (!data) return <SkeletonList rows={5} />
  if (data.items.length === 0) return <Empty icon="check" title={t('patrol.empty.alerts')} />
  return (
    <>
      <ul className="patrol-lines">
        {data.items.map(alert => (
          <AlertLine key={alert.id} alert={alert} onRoom={onRoom} />
        ))}
      </ul>
      {data.next && <p className="k-muted">{t('patrol.moreAlerts', { count: shownMax })}</p>}
    </>
  )
}
