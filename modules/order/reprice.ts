import { fail } from '@kaibo/contract/core/fail'
import type { PricePart } from '@kaibo/contract/offer/price'
import { orderRepriced } from '@kaibo/contract/trade/order'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, minusFen, sumFen } from '@kaibo/kernel/money'
import * as changes from './change-store.ts'
import { toldOf } from './life.ts'
import { type Doing, writeDown } from './life-store.ts'
import * as store from './store.ts'

/** What a shop asks instead; lines that are not named stay as they are. */
export type NewPrice = {
  lines: readonly { id: Id; payableFen: Fen }[]
  shippingFen: Fen
}
type PricedRow = { id: Id; payableFen: Fen; parts: PricePart[] }
type Amounts = Pick<store.OrderRow, 'itemsFen' | 'discountFen' | 'shippingFen' | 'shippingOffFen'>
export type Repriced = Amounts & { payableFen: Fen; lines: PricedRow[] }

/** Its kind says it all, in the reader's language. */
const manual = (offFen: Fen): PricePart => ({ kind: 'manual', offerId: null, title: '', offFen })

/**
 * The order at its new price: never more than without the shop's own hand, never less than one fen.
 * What was taken off by hand before does not count, so a change can be taken back. Throws
 * `order.line_not_found`, `order.line_twice`, `order.price_refused`.
 */
export function decideNewPrice(
  order: Amounts & { lines: readonly PricedRow[] },
  { lines: wanted, shippingFen }: NewPrice,
): Repriced {
  const asked = new Map(wanted.map(line => [line.id, line.payableFen]))
  if (asked.size < wanted.length) throw fail('order.line_twice')
  for (const id of asked.keys())
    if (!order.lines.some(line => line.id === id))
      throw fail('order.line_not_found', { lineId: id })
  const lines = order.lines.map(({ id, payableFen, parts }) => {
    const own = parts.filter(part => part.kind === 'manual').map(part => part.offFen)
    const fullFen = sumFen([payableFen, ...own])
    const newFen = asked.get(id) ?? payableFen
    if (newFen > fullFen) throw fail('order.price_refused', { lineId: id, maxFen: fullFen })
    const offFen = minusFen(fullFen, newFen)
    const others = parts.filter(part => part.kind !== 'manual')
    return { id, payableFen: newFen, parts: offFen > 0 ? [...others, manual(offFen)] : others }
  })
  const fullShippingFen = sumFen([order.shippingFen, order.shippingOffFen])
  const itemsFen = sumFen(lines.map(line => line.payableFen))
  const payableFen = sumFen([itemsFen, shippingFen])
  if (shippingFen > fullShippingFen) throw fail('order.price_refused', { maxFen: fullShippingFen })
  if (payableFen < 1) throw fail('order.price_refused', { minFen: 1 })
  return {
    lines,
    itemsFen,
    discountFen: sumFen([order.discountFen, order.itemsFen, minusFen(zero, itemsFen)]),
    shippingFen,
    shippingOffFen: minusFen(fullShippingFen, shippingFen),
    payableFen,
  }
}
const zero = sumFen([])

const yuan = (amountFen: Fen) => (amountFen / 100).toFixed(2)

/**
 * Changes what an unpaid order costs; a payment that was opened at the old price pays nothing any
 * more. Throws `order.wrong_state` and what {@link decideNewPrice} does.
 */
export async function reprice(
  tx: Tx,
  { id, price, doing }: { id: Id; price: NewPrice; doing: Doing },
): Promise<void> {
  const order = await store.lockOrder(tx, id)
  if (order?.state !== 'pending') throw fail('order.wrong_state', { state: order?.state ?? null })
  const lines = await store.linesByOrders(tx, [id])
  const repriced = decideNewPrice({ ...order, lines }, price)
  if (repriced.payableFen === order.payableFen) return
  await changes.setPrice(tx, id, repriced)
  const reason = `${yuan(order.payableFen)} → ${yuan(repriced.payableFen)}`
  await writeDown(tx, [id], { kind: 'repriced', doing: { ...doing, reason } })
  await publish(tx, orderRepriced, toldOf({ ...order, payableFen: repriced.payableFen }))
}
