import { topics } from '@kaibo/contract/show/topics'
import type { Order } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useLocation } from 'wouter'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import { OrderVirtualGoods } from '../virtual/virtual-goods.tsx'
import { hintOf, iconOf, stateNameOf } from './model.ts'
import { OrderActions } from './order-actions.tsx'
import { OrderFacts } from './order-facts.tsx'
import './orders.css'

/** One of my orders: where it is, and what can be done. */
export function OrderPage({ orderId }: { orderId: string }) {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const order = useQueryOf(['orders', 'one', orderId], () => api.order.view({ id: orderId }), {
    enabled: Boolean(user),
  })
  usePageTitle(t('order.title'))
  const refetch = async () => void (await order.refetch())
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered: message =>
      message.t === 'order.changed' && message.orderId === orderId && void refetch(),
    onResync: refetch,
  })
  if (user === null) return <SignInPage title={t('orders.title')} />
  return (
    <Page
      bar={<AppBar title={t('order.title')} onBack={() => go('/orders')} />}
      foot={order.data && <OrderActions order={order.data} />}
    >
      {!order.data && order.error && (
        <Trouble error={order.error} onRetry={refetch} busy={order.isFetching} />
      )}
      {!order.data && !order.error && <SkeletonList rows={5} />}
      {order.data && (
        <div className="k-stack">
          <OrderState order={order.data} onTimeUp={refetch} />
          <OrderVirtualGoods order={order.data} />
          <OrderFacts order={order.data} />
        </div>
      )}
    </Page>
  )
}

function OrderState({ order, onTimeUp }: { order: Order; onTimeUp: () => void }) {
  const t = useT()
  return (
    <section className="order-state" data-state={order.state} role="status">
      <span className="order-state-mark">
        <Icon name={iconOf(order.state)} />
      </span>
      <div>
        <h2>{t(`orders.state.${stateNameOf(order)}`)}</h2>
        <p>
          {t(`order.hint.${hintOf(order)}`)}{' '}
          {order.state === 'pending' && (
            <Countdown endsAtMs={Date.parse(order.expiresAt)} look="text" onEnd={onTimeUp} />
          )}
        </p>
      </div>
    </section>
  )
}
