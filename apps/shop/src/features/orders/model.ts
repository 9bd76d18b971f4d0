import type { Order, OrderCounts } from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'

export const tabs = [
  'all',
  'pending',
  'paid',
  'part_shipped',
  'shipped',
  'completed',
  'closed',
] as const
export type Tab = (typeof tabs)[number]

/** The tabs worth showing with their counts: parts of orders are rare, so their tab comes with them. */
export const tabsOf = (counts: OrderCounts | undefined): { id: Tab; count?: number }[] =>
  tabs
    .filter(id => id !== 'part_shipped' || (counts?.part_shipped ?? 0) > 0)
    .map(id => (id === 'all' || !counts || counts[id] === 0 ? { id } : { id, count: counts[id] }))

export type Actions = {
  canPay: boolean
  canCancel: boolean
  canConfirm: boolean
  canExtend: boolean
  canBuyAgain: boolean
}

/** What a buyer may do with an order now. */
export const actionsOf = (
  order: Pick<Order, 'state' | 'receiptDueAt' | 'isReceiptExtended'>,
): Actions => ({
  canPay: orderLife.can(order.state, 'pay'),
  canCancel: orderLife.can(order.state, 'close'),
  canConfirm: orderLife.can(order.state, 'complete'),
  canExtend: order.state === 'shipped' && order.receiptDueAt !== null && !order.isReceiptExtended,
  canBuyAgain: order.state === 'completed' || order.state === 'closed',
})

/** Which sentence stands under the state; a closed order says why. */
export function hintOf(order: Pick<Order, 'state' | 'closeReason' | 'paidAt'>): string {
  if (order.state !== 'closed') return order.state
  if (order.paidAt !== null) return 'refunding'
  return order.closeReason === 'timeout' ? 'timeout' : 'closed'
}

const icons = {
  pending: 'orders',
  paid: 'bag',
  part_shipped: 'truck',
  shipped: 'truck',
  completed: 'check',
  closed: 'close',
} as const

export const iconOf = (state: Order['state']): (typeof icons)[Order['state']] => icons[state]
