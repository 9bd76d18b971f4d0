import type { ApiError } from '@kaibo/client/client'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'

type TroubleProps = { error: ApiError; onRetry: () => void; busy?: boolean }

/** Why a page has nothing to show. What does not exist offers the way home, anything else a retry. */
export function Trouble({ error, onRetry, busy = false }: TroubleProps) {
  const t = useT()
  const sentence = useErrorSentence()
  const [, go] = useLocation()
  if (!isMissing(error)) {
    return (
      <ErrorState onRetry={onRetry} busy={busy}>
        {sentence(error)}
      </ErrorState>
    )
  }
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

/** An id that is no id at all is as unknown as one that nobody has. */
const isMissing = ({ status }: ApiError): boolean =>
  status === 400 || status === 404 || status === 422
