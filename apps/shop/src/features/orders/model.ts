import type { Order } from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'

export const tabs = ['all', 'pending', 'paid', 'shipped', 'completed', 'closed'] as const
export type Tab = (typeof tabs)[number]

/** What a buyer may do with an order now. */
export function actionsOf(order: Pick<Order, 'state'>): {
  canPay: boolean
  canCancel: boolean
  canConfirm: boolean
} {
  return {
    canPay: orderLife.can(order.state, 'pay'),
    canCancel: orderLife.can(order.state, 'close'),
    canConfirm: orderLife.can(order.state, 'complete'),
  }
}

export type Step = {
  state: 'placed' | 'paid' | 'shipped' | 'completed' | 'closed'
  at: string | null
}

/** The way of an order as the buyer sees it; steps to come have no time. */
export function stepsOf(order: Order): Step[] {
  const placed: Step = { state: 'placed', at: order.createdAt }
  if (order.state === 'closed') return [placed, { state: 'closed', at: order.closedAt }]
  return [
    placed,
    { state: 'paid', at: order.paidAt },
    { state: 'shipped', at: order.shippedAt },
    { state: 'completed', at: order.completedAt },
  ]
}

/** Which sentence stands under the state; a closed order says why. */
export const hintOf = (order: Pick<Order, 'state' | 'closeReason'>): string =>
  order.state === 'closed' && order.closeReason === 'timeout' ? 'timeout' : order.state

const icons = {
  pending: 'orders',
  paid: 'bag',
  part_shipped: 'truck',
  shipped: 'truck',
  completed: 'check',
  closed: 'close',
} as const

export const iconOf = (state: Order['state']): (typeof icons)[Order['state']] => icons[state]
