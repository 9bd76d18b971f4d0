import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import type { ReactNode } from 'react'
import { Loading } from '../../shell/loading.tsx'
import { hostedShops } from './model.ts'
import { MyShopProvider } from './my-shop.tsx'
import { OpenShopPage } from './open-shop-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** Lets through who is signed in and may go live for some shop; shows the others how to get there. */
export function Gate({ children }: { children: ReactNode }) {
  const me = useQueryOf(['me'], () => api.account.me())
  const sentence = useErrorSentence()
  if (!me.data) {
    if (!me.error) return <Loading />
    return (
      <ErrorState onRetry={() => void me.refetch()} busy={me.isFetching}>
        {sentence(me.error)}
      </ErrorState>
    )
  }
  if (!me.data.user) return <SignInPage />
  const shops = hostedShops(me.data.shops)
  if (shops.length === 0) return <OpenShopPage />
  return <MyShopProvider shops={shops}>{children}</MyShopProvider>
}
