import type { ApiError } from '@kaibo/client/client'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'

type Failed = { error: ApiError | null; isFetching: boolean; refetch: () => Promise<unknown> }

const notFound = 404

/** Why something cannot be shown, and the way on: home when it does not exist, else another try. */
export function QueryError({ of: query }: { of: Failed }) {
  const t = useT()
  const sentence = useErrorSentence()
  const [, go] = useLocation()
  if (query.error?.status === notFound) {
    return (
      <Empty
        icon="search"
        title={sentence(query.error)}
        action={<Button onClick={() => go('/')}>{t('notFound.home')}</Button>}
      />
    )
  }
  return (
    <ErrorState onRetry={() => void query.refetch()} busy={query.isFetching}>
      {sentence(query.error)}
    </ErrorState>
  )
}
