import type { Order } from '@kaibo/contract/order'
import type { Payment } from '@kaibo/contract/pay'
import { topics } from '@kaibo/contract/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import './checkout.css'

/** The message is the fast way; asking is the sure one. */
const askEveryMs = 2_000
const channel = 'sandbox'

/** The channel's own cashier, over the picture; closes the circle when the channel vouches. */
export function CashierSheet({ order, onClose }: { order: Order | null; onClose: () => void }) {
  const t = useT()
  return (
    <Sheet open={order !== null} onClose={onClose} title={t('cashier.title')} theme="paper" tall>
      {order && <Cashier key={order.id} order={order} onClose={onClose} />}
    </Sheet>
  )
}

function Cashier({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const { user } = useMe()
  const cache = useQueryClient()
  const [payment, setPayment] = useState<Payment>()
  const start = useActionOf(() => api.pay.start({ id: order.id, channel }), { onDone: setPayment })
  const begin = useEffectEvent(() => start.run(undefined))
  useEffect(() => begin(), [])
  const isWaiting = payment?.state === 'pending'
  const { data: asked, refetch } = useQueryOf(
    ['payment', payment?.id],
    () => api.pay.view({ id: payment?.id ?? '' }),
    { enabled: isWaiting, everyMs: askEveryMs },
  )
  const state = asked?.state ?? payment?.state
  useEffect(() => {
    if (asked && asked.state !== 'pending') {
      setPayment(asked)
      void cache.invalidateQueries({ queryKey: ['orders'] })
    }
  }, [asked, cache])
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered(message) {
      if (message.t === 'order.changed' && message.orderId === order.id) void refetch()
    },
  })
  if (state === 'paid') {
    return (
      <div className="cashier-done" role="status">
        <span className="cashier-mark">
          <Icon name="check" />
        </span>
        <h2>{t('cashier.paid')}</h2>
        <Price fen={order.payableFen} size="xl" />
        <a className="cashier-link" href={`/orders/${order.id}`} target="_blank" rel="noreferrer">
          {t('cashier.toOrder')}
        </a>
        <Button tone="primary" wide size="l" onClick={onClose}>
          {t('cashier.back')}
        </Button>
      </div>
    )
  }
  if (start.error && !payment) {
    return <ErrorState onRetry={() => start.run(undefined)}>{start.error.message}</ErrorState>
  }
  if (!payment?.cashierUrl || state === 'closed')
    return state === 'closed' ? <p>{t('cashier.closed')}</p> : <Spinner />
  return <iframe className="cashier-frame" src={payment.cashierUrl} title={t('cashier.title')} />
}
