import type { Order, OrderLine, OrderState } from '@kaibo/contract/trade/order'
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

/** The tab that an address names; anything unknown is the first one. */
export const tabOf = (text: string | null): Tab => tabs.find(tab => tab === text) ?? 'all'

/** The digits of what was typed or pasted as an order number, as the API takes them. */
export const numberQuery = (typed: string): string => typed.replaceAll(/\D/g, '').slice(0, 20)

type Standing = Pick<Order, 'state'> & { lines?: readonly Pick<OrderLine, 'isVirtual'>[] }

/** Nothing of it is sent: codes and bookings are delivered by themselves. */
export const isVirtual = ({ lines = [] }: Standing): boolean =>
  lines.length > 0 && lines.every(line => line.isVirtual)

/** What the shop may do with an order now; one that is on its way may need a second parcel. */
export const actionsOf = ({ state, lines = [] }: Standing) => ({
  canShip: orderLife.can(state, 'ship') && !isVirtual({ state, lines }),
  canAddParcel: orderLife.can(state, 'complete'),
  canCancel: orderLife.can(state, 'close'),
  canReprice: orderLife.can(state, 'pay'),
  canChangeReceiver: orderLife.can(state, 'close'),
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

/** What is still here of an order, by line. */
export const leftOf = ({ lines }: Pick<Order, 'lines'>): { line: OrderLine; left: number }[] =>
  lines.flatMap(line => {
    const left = line.quantity - line.shippedQuantity
    return line.isVirtual || left === 0 ? [] : { line, left }
  })

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
