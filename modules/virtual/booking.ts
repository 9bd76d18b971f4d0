import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { VirtualGoods } from '@kaibo/contract/trade/virtual'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { deliverLines, goodsOf } from './delivery.ts'
import type { VirtualNeeds } from './needs.ts'
import { decideLeave } from './rules.ts'
import * as slots from './slot-store.ts'
import * as store from './store.ts'

type OwnLine = { id: Id; lineId: Id }

/** What an order of the buyer delivers, codes in full. Throws `order.not_found`. */
export async function mine(
  needs: VirtualNeeds,
  actor: Actor,
  { id }: { id: Id },
): Promise<{ goods: VirtualGoods[] }> {
  const { db } = needs.database
  const lines = await linesOfBuyer(needs, db, { actor, id })
  return { goods: await goodsOf(needs, db, { lines, viewer: 'buyer' }) }
}

/**
 * Books a slot for a line of the buyer's order, at the purchase or later, or another one instead.
 * Throws `order.not_found`, `order.wrong_state`, `virtual.not_bookable`, `virtual.too_late`,
 * `virtual.slot_full` or `virtual.slot_over`.
 */
export async function book(
  needs: VirtualNeeds,
  actor: Actor,
  { slotId, ...own }: OwnLine & { slotId: Id },
): Promise<VirtualGoods> {
  await needs.database.tx(async tx => {
    const { line, rule } = await lockBookable(needs, tx, { actor, ...own })
    if (line.slotId === slotId) return
    if (line.state === 'over' || line.state === 'delivered') throw fail('order.wrong_state')
    await leave(needs, tx, { line, rule })
    const places = { slotId, skuId: line.skuId, count: line.quantity }
    if (!(await slots.takePlaces(tx, places))) throw await whyNot(tx, places)
    await store.setLine(tx, { ...line, slotId })
    if (line.state === 'unpaid') return
    await deliverLines(needs, tx, [{ ...line, slotId }])
  })
  return viewOf(needs, actor, own)
}

/** Gives a booked slot back. Throws `order.not_found`, `virtual.not_bookable` or `virtual.too_late`. */
export async function cancelBooking(
  needs: VirtualNeeds,
  actor: Actor,
  own: OwnLine,
): Promise<VirtualGoods> {
  await needs.database.tx(async tx => {
    const { line, rule } = await lockBookable(needs, tx, { actor, ...own })
    if (line.slotId === null) return
    await leave(needs, tx, { line, rule })
    await store.setLine(tx, { ...line, slotId: null })
  })
  return viewOf(needs, actor, own)
}

async function leave(
  { clock }: VirtualNeeds,
  tx: Tx,
  { line, rule }: { line: store.LineRow; rule: store.RuleRow },
): Promise<void> {
  if (line.slotId === null) return
  const slot = (await slots.slotsByIds(tx, [line.slotId])).get(line.slotId)
  if (slot) decideLeave(slot, rule, clock.now())
  const { slotId, skuId, quantity } = line
  await slots.takePlaces(tx, { slotId, skuId, count: -quantity })
}

async function whyNot(tx: Tx, { slotId, skuId }: { slotId: Id; skuId: Id }) {
  const slot = (await slots.slotsByIds(tx, [slotId])).get(slotId)
  const isFull = slot?.skuId === skuId && slot.startsAt > new Date()
  return fail(isFull ? 'virtual.slot_full' : 'virtual.slot_over')
}

async function lockBookable(
  needs: VirtualNeeds,
  tx: Tx,
  { actor, id, lineId }: OwnLine & { actor: Actor },
) {
  const found = (await linesOfBuyer(needs, tx, { actor, id })).find(line => line.lineId === lineId)
  if (!found) throw fail('order.not_found')
  const rule = (await store.rulesBySku(tx, [found.skuId])).get(found.skuId)
  if (rule?.kind !== 'booking') throw fail('virtual.not_bookable')
  const { orderState, ...wanted } = found
  if (orderState === 'closed') throw fail('order.wrong_state', { state: orderState })
  const state = orderState === 'pending' ? 'unpaid' : 'waiting'
  const [line] = await store.lockLines(tx, [{ ...wanted, state }])
  if (!line) throw fail('order.not_found')
  return { line, rule }
}

async function linesOfBuyer(
  { order }: VirtualNeeds,
  db: Db,
  { actor, id }: { actor: Actor; id: Id },
) {
  requirePermission(actor, 'order.buy')
  const { userId } = requireUser(actor)
  const lines = (await order.virtualLines(db, [id])).filter(line => line.buyerId === userId)
  if (lines.length === 0) throw fail('order.not_found')
  return lines
}

async function viewOf(needs: VirtualNeeds, actor: Actor, own: OwnLine): Promise<VirtualGoods> {
  const { goods } = await mine(needs, actor, own)
  const view = goods.find(each => each.lineId === own.lineId)
  if (!view) throw fail('order.not_found')
  return view
}
