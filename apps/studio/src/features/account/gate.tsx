import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import type { ReactNode } from 'react'
import { Loading } from '../../shell/loading.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { deskShops } from './model.ts'
import { MyShopProvider } from './my-shop.tsx'
import { OpenShopPage } from './open-shop-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { useSignInWatch } from './use-sign-in-watch.ts'

/** Lets through who is signed in and has a place in the rooms of some shop; shows the others how to get there. */
export function Gate({ children }: { children: ReactNode }) {
  useSignInWatch()
  const me = useQueryOf(['me'], () => api.account.me())
  if (!me.data) return me.error ? <QueryError of={me} /> : <Loading />
  if (!me.data.user) return <SignInPage />
  const shops = deskShops(me.data.shops)
  if (shops.length === 0) return <OpenShopPage />
  return <MyShopProvider shops={shops}>{children}</MyShopProvider>
}
