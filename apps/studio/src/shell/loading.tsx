import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** A page on its way. */
export function Loading() {
  const t = useT('ui')
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      <Spinner />
    </div>
  )
}
