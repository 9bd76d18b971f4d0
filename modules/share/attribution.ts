import { shareWindowMs } from '@kaibo/contract/people/share-link'
import { orderClosed, orderPaid } from '@kaibo/contract/trade/order'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import { secondMs } from '@kaibo/kernel/clock'
import type { ShareNeeds } from './share.ts'
import * as store from './store.ts'

const windowSec = shareWindowMs / secondMs

/**
 * Paid orders count for the link by which their buyer came, wherever in the shop they were placed, and
 * cancelled ones count no more. The two are told independently, so a payment looks for a cancellation
 * that was told before it.
 */
export const attributionSubscribers = ({ order }: Pick<ShareNeeds, 'order'>): Subscriber[] => [
  subscriber(orderPaid, {
    consumer: 'share.on_order_paid',
    async handle(tx, { orderId, buyerId, shopId, payableFen: amountFen }) {
      await store.lockOrder(tx, orderId)
      const standing = (await order.standingsByIds(tx, [orderId])).get(orderId)
      if (standing?.state === 'closed') return
      await store.attribute(tx, { orderId, buyerId, shopId, amountFen, windowSec })
    },
  }),
  subscriber(orderClosed, {
    consumer: 'share.on_order_closed',
    async handle(tx, { orderId }) {
      await store.lockOrder(tx, orderId)
      await store.forgetOrder(tx, orderId)
    },
  }),
]
