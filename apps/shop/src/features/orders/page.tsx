import { topics } from '@kaibo/contract/show/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { MainNav } from '../../shell/main-nav.tsx'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { SignInPage } from '../sign-in/page.tsx'
import { type Tab, tabsOf } from './model.ts'
import { OrderCard } from './order-card.tsx'
import './orders.css'

const pageSize = 20

/** My orders, by state. */
export function OrdersPage() {
  const t = useT()
  const { user } = useMe()
  const [tab, setTab] = useState<Tab>('all')
  const counts = useQueryOf(['orders', 'counts'], () => api.order.counts({}), {
    enabled: Boolean(user),
  })
  if (user === null) return <SignInPage title={t('orders.title')} />
  return (
    <Page bar={<AppBar title={t('orders.title')} />} foot={<MainNav />}>
      <Tabs
        label={t('orders.byState')}
        tabs={tabsOf(counts.data).map(each => ({ ...each, label: t(`orders.tab.${each.id}`) }))}
        value={tab}
        onChange={setTab}
      >
        {user && <OrderList tab={tab} userId={user.id} />}
      </Tabs>
    </Page>
  )
}

function OrderList({ tab, userId }: { tab: Tab; userId: string }) {
  const t = useT()
  const [, go] = useLocation()
  const pages = usePages(['orders', tab], cursor =>
    api.order.list({
      limit: pageSize,
      ...(tab === 'all' ? {} : { state: tab }),
      ...(cursor ? { cursor } : {}),
    }),
  )
  const cache = useQueryClient()
  const refresh = () => void cache.invalidateQueries({ queryKey: ['orders'] })
  useTopic(topics.user(userId), { onOrdered: refresh })
  if (pages.isLoading) return <SkeletonList rows={4} />
  if (pages.error && pages.items.length === 0) {
    return <Trouble error={pages.error} onRetry={pages.retry} />
  }
  if (pages.isEmpty) {
    return (
      <Empty
        icon="orders"
        title={t('orders.empty')}
        action={<Button onClick={() => go('/')}>{t('notFound.home')}</Button>}
      />
    )
  }
  return (
    <div className="k-stack">
      <ul className="k-stack">
        {pages.items.map(order => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
      <MorePages pages={pages} />
    </div>
  )
}
