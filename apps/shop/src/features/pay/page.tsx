import type { Order } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useLocation, useSearchParams } from 'wouter'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import { Cashier, Paid } from './cashier.tsx'
import './pay.css'

/** Paying the orders of a checkout together; its address can be opened again. */
export function PayPage() {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const orderIds = (search.get('orders') ?? '').split(',').filter(Boolean)
  const query = useQueryOf(
    ['orders', 'pay', orderIds],
    () => Promise.all(orderIds.map(id => api.order.view({ id }))),
    { enabled: Boolean(user) },
  )
  usePageTitle(t('cashier.title'))
  if (user === null) return <SignInPage title={t('cashier.title')} />
  const orders = query.data
  const done = (amountFen: number) => (
    <Paid amountFen={amountFen} orderIds={orderIds} back="shop" onBack={() => go('/')} />
  )
  return (
    <Page bar={<AppBar title={t('cashier.title')} onBack={() => go('/orders')} />}>
      {query.error && !orders && (
        <Trouble error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
      )}
      {!orders && !query.error && <SkeletonList rows={4} />}
      {orders && !orders.some(isPending) && done(totalOf(orders.filter(isPaid)))}
      {orders?.some(isPending) && (
        <div className="k-stack">
          <Due orders={orders.filter(isPending)} />
          <Cashier
            orderIds={orders.filter(isPending).map(order => order.id)}
            onPaid={() => void query.refetch()}
          >
            {done}
          </Cashier>
        </div>
      )}
    </Page>
  )
}

const isPending = (order: Order) => order.state === 'pending'
const isPaid = (order: Order) => order.paidAt !== null
const totalOf = (orders: readonly Order[]) =>
  orders.reduce((sum, order) => sum + order.payableFen, 0)

/** What is to be paid, for which shops, and how long the goods are kept. */
function Due({ orders }: { orders: readonly Order[] }) {
  const t = useT()
  const endsAtMs = Math.min(...orders.map(order => Date.parse(order.expiresAt)))
  const nowMs = Date.parse(orders[0]?.now ?? '')
  return (
    <section className="pay-due">
      <Price fen={totalOf(orders)} size="xl" />
      <p className="k-muted">
        {t('order.hint.pending')}{' '}
        <Countdown endsAtMs={endsAtMs} offsetMs={nowMs - Date.now()} look="text" />
      </p>
      {orders.length > 1 && (
        <List label={t('orders.title')} inset>
          {orders.map(order => (
            <ListItem
              key={order.id}
              title={order.shop.name}
              trail={<Price fen={order.payableFen} size="s" tone="plain" />}
            />
          ))}
        </List>
      )}
    </section>
  )
}
