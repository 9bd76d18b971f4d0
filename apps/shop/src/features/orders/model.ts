import type { Order, OrderCounts } from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'

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

type Standing = {
  state: Order['state']
  lines: readonly Pick<Order['lines'][number], 'isVirtual'>[]
}

/** Codes and bookings alone wait for no parcel. */
export const isSent = ({ lines }: Pick<Standing, 'lines'>): boolean =>
  lines.some(line => !line.isVirtual)

/** What a state is called, and which sentence stands under it. */
export const stateNameOf = (order: Standing): Order['state'] | 'paid_virtual' =>
  order.state === 'paid' && !isSent(order) ? 'paid_virtual' : order.state

/** Which sentence stands under the state; a closed order says why. */
export function hintOf(order: Standing & Pick<Order, 'closeReason' | 'paidAt'>): string {
  if (order.state !== 'closed') return stateNameOf(order)
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
