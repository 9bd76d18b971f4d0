import { topics } from '@kaibo/contract/show/topics'
import type { Payment } from '@kaibo/contract/trade/pay'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'

/** The message is the fast way; asking is the sure one. */
const askEveryMs = 2_000
const channel = 'sandbox'

/** Starts paying orders together and follows the payment until the channel vouches for it. */
export function usePayment(orderIds: readonly string[], onPaid: () => void) {
  const { user } = useMe()
  const cache = useQueryClient()
  const [idempotencyKey] = useState(() => newId())
  const [started, setStarted] = useState<Payment>()
  const start = useActionOf(
    () => api.pay.start({ orderIds: [...orderIds], channel }, { idempotencyKey }),
    {
      onDone: setStarted,
      // The cashier itself says why.
      onRefused: () => true,
    },
  )
  const begin = useEffectEvent(() => start.run(undefined))
  useEffect(() => begin(), [])
  const asked = useQueryOf(
    ['payment', started?.id],
    () => api.pay.view({ id: started?.id ?? '' }),
    { enabled: started?.state === 'pending', everyMs: askEveryMs },
  )
  const payment = asked.data ?? started
  const finish = useEffectEvent((over: Payment) => {
    setStarted(over)
    if (over.state === 'paid') onPaid()
    for (const key of ['orders', 'coupons', 'points'])
      void cache.invalidateQueries({ queryKey: [key] })
  })
  useEffect(() => {
    if (payment && payment.state !== 'pending') finish(payment)
  }, [payment])
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered(message) {
      // The news of the order itself may come before its payment has begun.
      if (!started || message.t !== 'order.changed') return
      if (orderIds.includes(message.orderId)) void asked.refetch()
    },
  })
  return {
    state: payment?.state,
    amountFen: payment?.amountFen,
    cashierUrl: payment?.cashierUrl,
    error: payment ? null : start.error,
    isStarting: start.busy,
    retry: () => start.run(undefined),
  }
}
