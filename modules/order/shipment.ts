import { fail } from '@kaibo/contract/core/fail'
import type { OrderState } from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import type { Id } from '@kaibo/kernel/ids'
import type { LineToSend, OrderStep } from './life-store.ts'

export type SentLine = { lineId: Id; quantity: number }

/**
 * What leaves with a parcel, and how the order moves by it: its state is a function of its lines.
 * Nothing said = everything that is still here. Throws `order.wrong_state`, `order.line_not_found`,
 * `ship.too_many`, `ship.nothing_to_send`.
 */
export function decideShipment(facts: {
  state: OrderState
  lines: readonly LineToSend[]
  wanted: readonly SentLine[] | undefined
}): { sent: SentLine[]; step: OrderStep | null } {
  const { state, lines, wanted } = facts
  // What was forgotten may follow under a number of its own.
  if (state === 'shipped' && !wanted) return { sent: [], step: null }
  if (!orderLife.can(state, 'ship')) throw fail('order.wrong_state', { state })
  const open = new Map(
    lines
      .filter(line => !line.isVirtual)
      .map(line => [line.id, line.quantity - line.shippedQuantity]),
  )
  if (open.size === 0) throw fail('ship.nothing_to_send')
  const sent = wanted ? merged(wanted) : all(open)
  for (const { lineId, quantity } of sent) {
    const left = open.get(lineId)
    if (left === undefined) throw fail('order.line_not_found', { lineId })
    if (quantity > left) throw fail('ship.too_many', { lineId, left })
  }
  return { sent, step: stepAfter(state, lines, sent) }
}

/** The step of an order once these lines have left. */
export function stepAfter(
  state: OrderState,
  lines: readonly LineToSend[],
  sent: readonly SentLine[],
): OrderStep | null {
  const leaving = new Map(sent.map(line => [line.lineId, line.quantity]))
  const isWhole = lines.every(
    line => line.shippedQuantity + (leaving.get(line.id) ?? 0) === line.quantity,
  )
  if (isWhole) return 'ship'
  return state === 'paid' ? 'shipPart' : null
}

function merged(wanted: readonly SentLine[]): SentLine[] {
  const quantities = new Map<Id, number>()
  for (const { lineId, quantity } of wanted)
    quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  return [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }))
}

const all = (open: ReadonlyMap<Id, number>): SentLine[] =>
  [...open].flatMap(([lineId, quantity]) => (quantity > 0 ? { lineId, quantity } : []))
