import type { Order } from '@kaibo/contract/trade/order'
import type { VirtualGoods } from '@kaibo/contract/trade/virtual'

export type VirtualStatus = 'unpaid' | 'soon' | 'choose' | 'booked' | 'delivered' | 'over'

/** What the buyer is told about one line. */
export function statusOf({ state, kind, slot }: VirtualGoods): VirtualStatus {
  if (state === 'delivered' || state === 'over') return state
  if (slot) return 'booked'
  if (state === 'unpaid') return 'unpaid'
  return kind === 'booking' ? 'choose' : 'soon'
}

/** Whether a slot can be chosen or left now; the server has the last word. */
export const mayChange = (
  { state, cancelUntil }: Pick<VirtualGoods, 'state' | 'cancelUntil'>,
  order: Pick<Order, 'state' | 'now'>,
): boolean =>
  state !== 'delivered' &&
  state !== 'over' &&
  order.state !== 'closed' &&
  (cancelUntil === null || Date.parse(order.now) < Date.parse(cancelUntil))

export const placesLeft = (slot: { capacity: number; taken: number }): number =>
  slot.capacity - slot.taken
