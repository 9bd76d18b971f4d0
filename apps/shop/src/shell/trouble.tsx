import type { ApiError } from '@kaibo/client/client'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'

type TroubleProps = { error: ApiError; onRetry: () => void; busy?: boolean }

/**
 * Why something cannot be shown. What does not exist offers the way home, a refusal says its
 * sentence, anything else is a failure; the last two can be tried again.
 */
export function Trouble({ error, onRetry, busy = false }: TroubleProps) {
  const t = useT()
  const kitT = useT('ui')
  const sentence = useErrorSentence()
  const [, go] = useLocation()
  if (isMissing(error)) {
    return (
      <Empty
        icon="search"
        title={error.status === 404 ? error.message : t('notFound.title')}
        action={<Button onClick={() => go('/')}>{t('notFound.home')}</Button>}
      >
        {t('notFound.hint')}
      </Empty>
    )
  }
  if (error.status === 409) {
    const again = (
      <Button busy={busy} onClick={onRetry}>
        {kitT('action.retry')}
      </Button>
    )
    return <Empty icon="warning" title={error.message} action={again} />
  }
  return (
    <ErrorState onRetry={onRetry} busy={busy}>
      {sentence(error)}
    </ErrorState>
  )
}

/** An id that is no id at all is as unknown as one that nobody has. */
const isMissing = ({ status }: ApiError): boolean =>
  status === 400 || status === 404 || status === 422
