import { poolChanged, stockChanged } from '@kaibo/contract/goods/stock'
import { flashSaleMoved } from '@kaibo/contract/offer/flashsale'
import { signedOut } from '@kaibo/contract/people/account'
import { liveMoved } from '@kaibo/contract/show/live'
import type { OrderedMessage } from '@kaibo/contract/show/realtime'
import { bagChanged } from '@kaibo/contract/show/showcase'
import { topics } from '@kaibo/contract/show/topics'
import {
  type OrderMoved,
  orderClosed,
  orderCompleted,
  orderPaid,
  orderPartShipped,
  orderRepriced,
  orderShipped,
  ordersPlaced,
} from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Clock } from '@kaibo/kernel/clock'
import { must } from '@kaibo/kernel/invariant'
import type { Account } from '@kaibo/modules/account'
import type { Hub } from '@kaibo/realtime/hub'

export type BridgeNeeds = {
  hub: Pick<Hub, 'publishOrdered' | 'revoke'>
  account: Pick<Account, 'forget'>
  clock: Clock
}

type Told = Pick<OrderMoved, 'orderId' | 'buyerId' | 'shopId' | 'state'>

/** Tells screens what the modules told each other: events of the outbox become ordered messages. */
export function bridgeSubscribers({ hub, account, clock }: BridgeNeeds): Subscriber[] {
  const tell = (topic: string, message: OrderedMessage) => hub.publishOrdered(topic, message)
  const tellOrder = async ({ orderId, buyerId, shopId, state }: Told) => {
    await tell(topics.user(buyerId), { t: 'order.changed', orderId, state })
    await tell(topics.shop(shopId), { t: 'order.changed', orderId, state })
  }
  const orderEvents = [
    orderPaid,
    orderPartShipped,
    orderShipped,
    orderCompleted,
    orderClosed,
    orderRepriced,
  ]
  return [
    subscriber(liveMoved, {
      consumer: 'screen.live_moved',
      async handle(_tx, { liveId, state }) {
        await tell(topics.live(liveId), { t: 'live.state', state, at: clock.now().toISOString() })
        await tell(topics.feed, { t: 'feed.changed', liveId, state })
      },
    }),
    subscriber(bagChanged, {
      consumer: 'screen.bag_changed',
      handle: (_tx, { liveId, version }) =>
        tell(topics.live(liveId), { t: 'showcase.changed', version }),
    }),
    subscriber(stockChanged, {
      consumer: 'screen.stock_changed',
      handle: (_tx, { shopId, levels }) =>
        tell(topics.stock(shopId), { t: 'stock.changed', levels }),
    }),
    subscriber(ordersPlaced, {
      consumer: 'screen.orders.placed',
      async handle(_tx, { orderIds, buyerIds, shopIds }) {
        for (const [at, orderId] of orderIds.entries()) {
          const [buyerId, shopId] = [must(buyerIds[at], 'a buyer'), must(shopIds[at], 'a shop')]
          await tellOrder({ orderId, buyerId, shopId, state: orderLife.initial })
        }
      },
    }),
    subscriber(flashSaleMoved, {
      consumer: 'screen.sale_moved',
      async handle(_tx, { activityId: saleId, shopId }) {
        await tell(topics.stock(shopId), { t: 'sale.changed', saleId })
        await tell(topics.feed, { t: 'sale.changed', saleId })
      },
    }),
    subscriber(poolChanged, {
      consumer: 'screen.pool_changed',
      async handle(_tx, { shopId, poolIds }) {
        for (const saleId of poolIds)
          await tell(topics.stock(shopId), { t: 'sale.changed', saleId })
      },
    }),
    ...orderEvents.map(event =>
      subscriber(event, {
        consumer: `screen.${event.name}`,
        handle: (_tx, order) => tellOrder(order),
      }),
    ),
    subscriber(signedOut, {
      consumer: 'screen.signed_out',
      async handle(_tx, { sessionId }) {
        account.forget(sessionId)
        hub.revoke({ sessionId })
      },
    }),
  ]
}
