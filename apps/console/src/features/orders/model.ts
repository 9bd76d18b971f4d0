import type { Order, OrderState } from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'

export const tabs = ['all', 'pending', 'paid', 'shipped', 'completed', 'closed'] as const
export type Tab = (typeof tabs)[number]

/** The tab that an address names; anything unknown is the first one. */
export const tabOf = (text: string | null): Tab => tabs.find(tab => tab === text) ?? 'all'

/** The digits of what was typed or pasted as an order number, as the API takes them. */
export const numberQuery = (typed: string): string => typed.replaceAll(/\D/g, '').slice(0, 20)

/** What the shop may do with an order now; one that is on its way may need a second parcel. */
export const actionsOf = ({ state }: Pick<Order, 'state'>) => ({
  canShip: orderLife.can(state, 'ship'),
  canAddParcel: orderLife.can(state, 'complete'),
})

/** Whether an order is no longer what it was when somebody began to pack it. */
export const hasMovedOn = (begun: Pick<Order, 'state'>, now: Pick<Order, 'state'>): boolean =>
  actionsOf(begun).canShip && !actionsOf(now).canShip

/** The orders that wait for their parcel, oldest first: who paid first is served first. */
export const toShip = (orders: readonly Order[]): Order[] =>
  orders.filter(order => actionsOf(order).canShip).toReversed()

/** The order after `id` in a queue; undefined at its end. */
export const nextInQueue = (queue: readonly Order[], id: string): Order | undefined =>
  queue[queue.findIndex(order => order.id === id) + 1]

export const unitCount = (lines: Order['lines']): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0)

export type Step = { id: 'placed' | 'paid' | 'shipped' | 'completed' | 'closed'; at: string | null }

/** The way of an order; steps to come have no time, and a closed one has none to come. */
export function timelineOf(order: Order): Step[] {
  const steps: Step[] = [
    { id: 'placed', at: order.createdAt },
    { id: 'paid', at: order.paidAt },
    { id: 'shipped', at: order.shippedAt },
    { id: 'completed', at: order.completedAt },
  ]
  if (order.state !== 'closed') return steps
  return [...steps.filter(step => step.at !== null), { id: 'closed', at: order.closedAt }]
}

/** `50 g · 青`; empty for goods without variants. */
export const specText = (spec: Readonly<Record<string, string>>): string =>
  Object.values(spec).join(' · ')

export const stateTones = {
  pending: 'warning',
  paid: 'accent',
  part_shipped: 'info',
  shipped: 'info',
  completed: 'success',
  closed: 'plain',
} as const satisfies Record<OrderState, string>
