import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import type { ReactNode } from 'react'
import { Loading } from '../../shell/loading.tsx'
import { mayDo } from './model.ts'
import { NoShopPage } from './no-shop-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { useSessionEnd } from './use-session-end.ts'
import { WorkplaceProvider } from './workplace.tsx'

/** Lets through who works for a shop or for the platform; shows the others how to get there. */
export function Gate({ children }: { children: ReactNode }) {
  const me = useQueryOf(['me'], () => api.account.me())
  const sentence = useErrorSentence()
  useSessionEnd()
  if (me.isPending) return <Loading />
  if (!me.data) {
    return (
      <ErrorState onRetry={() => void me.refetch()} busy={me.isFetching}>
        {sentence(me.error)}
      </ErrorState>
    )
  }
  const { user, shops } = me.data
  if (!user) return <SignInPage />
  if (shops.length === 0 && !mayDo({ user, shop: null }, 'platform.read')) return <NoShopPage />
  return (
    // Another person begins with nothing of the one before.
    <WorkplaceProvider key={user.id} user={user} shops={shops}>
      {children}
    </WorkplaceProvider>
  )
}
