import type { Order } from '@kaibo/contract/order'
import { topics } from '@kaibo/contract/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { SignInPage } from '../../shell/sign-in-page.tsx'
import { CashierSheet } from '../checkout/cashier-sheet.tsx'
import { actionsOf } from './model.ts'
import { StateBadge } from './order-card.tsx'
import { OrderFacts } from './order-facts.tsx'
import { OrderLines } from './order-lines.tsx'
import './orders.css'

/** One of my orders: where it is, and what can be done. */
export function OrderPage({ orderId }: { orderId: string }) {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const order = useQueryOf(['orders', 'one', orderId], () => api.order.view({ id: orderId }), {
    enabled: Boolean(user),
  })
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
      foot={order.data && <Actions order={order.data} />}
    >
      {!order.data && order.error && (
        <ErrorState onRetry={refetch}>{order.error.message}</ErrorState>
      )}
      {!order.data && !order.error && <SkeletonList rows={5} />}
      {order.data && (
        <div className="k-stack">
          <section className="k-card order-state">
            <StateBadge state={order.data.state} />
            {order.data.state === 'pending' && (
              <p>
                {t('order.payWithin')}{' '}
                <Countdown
                  endsAtMs={Date.parse(order.data.expiresAt)}
                  look="text"
                  onEnd={refetch}
                />
              </p>
            )}
          </section>
          <section className="k-card">
            <OrderLines lines={order.data.lines} />
          </section>
          <OrderFacts order={order.data} />
        </div>
      )}
    </Page>
  )
}

function Actions({ order }: { order: Order }) {
  const t = useT()
  const [asked, setAsked] = useState<'cancel' | 'confirm' | null>(null)
  const [isPaying, setPaying] = useState(false)
  const close = () => setAsked(null)
  const refresh = [['orders']]
  const cancel = useActionOf(() => api.order.cancel({ id: order.id }), { refresh, onDone: close })
  const confirm = useActionOf(() => api.order.confirm({ id: order.id }), { refresh, onDone: close })
  const { canPay, canCancel, canConfirm } = actionsOf(order)
  if (!canPay && !canCancel && !canConfirm) return null
  const act = asked === 'cancel' ? cancel : confirm
  return (
    <div className="order-actions">
      {canCancel && (
        <Button tone="quiet" onClick={() => setAsked('cancel')}>
          {t('order.cancel')}
        </Button>
      )}
      {canPay && (
        <Button tone="primary" onClick={() => setPaying(true)}>
          {t('order.pay')}
        </Button>
      )}
      {canConfirm && (
        <Button tone="primary" onClick={() => setAsked('confirm')}>
          {t('order.confirm')}
        </Button>
      )}
      <Dialog
        open={asked !== null}
        onClose={close}
        onConfirm={() => act.run(undefined)}
        busy={act.busy}
        title={t(asked === 'cancel' ? 'order.cancelAsk' : 'order.confirmAsk')}
        confirmLabel={t(asked === 'cancel' ? 'order.cancel' : 'order.confirm')}
        tone={asked === 'cancel' ? 'danger' : 'primary'}
      >
        {t(asked === 'cancel' ? 'order.cancelHint' : 'order.confirmHint')}
      </Dialog>
      <CashierSheet order={isPaying ? order : null} onClose={() => setPaying(false)} />
    </div>
  )
}
