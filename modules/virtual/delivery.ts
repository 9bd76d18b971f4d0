import { type VirtualGoods, virtualDelivered, virtualShort } from '@kaibo/contract/trade/virtual'
import type { Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import * as codes from './code-store.ts'
import type { VirtualNeeds } from './needs.ts'
import { cancelUntil, maskCode } from './rules.ts'
import * as slots from './slot-store.ts'
import * as store from './store.ts'

/** Lines that wait for codes are served by one import. */
const waitingMax = 1_000

/**
 * Delivers what an order that was paid has of virtual goods: codes at once, a booking when its slot
 * is chosen. What cannot be delivered waits. Once: a second call changes nothing.
 */
export async function deliverOrder(needs: VirtualNeeds, tx: Tx, orderId: Id): Promise<void> {
  const found = await needs.order.virtualLines(tx, [orderId])
  const due = found.filter(line => line.orderState !== 'pending' && line.orderState !== 'closed')
  if (due.length === 0) return
  const lines = await store.lockLines(
    tx,
    due.map(line => ({ ...line, state: 'waiting' })),
  )
  await deliverLines(
    needs,
    tx,
    lines.filter(line => line.state === 'unpaid' || line.state === 'waiting'),
  )
}

/** Codes have come: whoever waits for them gets them, first paid, first served. */
export async function deliverWaiting(needs: VirtualNeeds, tx: Tx, skuId: Id): Promise<void> {
  await deliverLines(needs, tx, await store.lockWaiting(tx, skuId, waitingMax))
}

/** Delivers paid lines that are locked. */
export async function deliverLines(
  needs: VirtualNeeds,
  tx: Tx,
  lines: readonly store.LineRow[],
): Promise<void> {
  const rules = await store.rulesBySku(
    tx,
    lines.map(line => line.skuId),
  )
  const given: store.LineRow[] = []
  for (const line of lines) {
    const kind = rules.get(line.skuId)?.kind
    if (kind === 'booking') await tell(tx, line, line.slotId ? 'booked' : 'unbooked')
    else {
      const isGiven = kind === 'code' && (await codes.giveCodes(tx, line))
      await tell(tx, line, isGiven ? 'given' : 'short')
      if (isGiven) given.push(line)
    }
  }
  await moveOrders(needs, tx, given)
}

/** Tells orders what of them is delivered; one of nothing else completes by itself. */
async function moveOrders(
  { order, clock }: Pick<VirtualNeeds, 'order' | 'clock'>,
  tx: Tx,
  delivered: readonly store.LineRow[],
): Promise<void> {
  for (const [orderId, lines] of Map.groupBy(delivered, line => line.orderId))
    await order.markDelivered(tx, { orderId, lines, receiptDueAt: clock.now() })
}

/** Bookings whose slot is over are used: their orders go on. Returns how many. */
export async function finishDue(needs: VirtualNeeds, limit: number): Promise<number> {
  return needs.database.tx(async tx => {
    const lines = await store.lockFinished(tx, limit)
    for (const { lineId } of lines) await store.setLine(tx, { lineId, state: 'delivered' })
    await moveOrders(needs, tx, lines)
    return lines.length
  })
}

/** Codes are used up when they are seen, a booking when its slot is over. */
async function tell(
  tx: Tx,
  { lineId, orderId, shopId, buyerId, skuId }: store.LineRow,
  outcome: 'given' | 'booked' | 'unbooked' | 'short',
): Promise<void> {
  await store.setLine(tx, { lineId, state: outcome === 'given' ? 'delivered' : 'waiting' })
  const moved = { orderId, buyerId, shopId, lineId, skuId }
  if (outcome === 'given' || outcome === 'booked') await publish(tx, virtualDelivered, moved)
  if (outcome === 'short') await publish(tx, virtualShort, moved)
}

/** An order that closed gives its places back and waits no more; codes that were given stay given. */
export async function closeOrder(tx: Tx, orderId: Id): Promise<void> {
  const known = await store.linesOfOrders(tx, [orderId])
  if (known.length === 0) return
  const lines = await store.lockLines(tx, known)
  for (const { lineId, skuId, quantity, slotId, state } of lines) {
    if (state === 'over') continue
    if (slotId) await slots.takePlaces(tx, { slotId, skuId, count: -quantity })
    await store.setLine(tx, { lineId, state: 'over', slotId: null })
  }
}

type WantedLine = { lineId: Id; skuId: Id; quantity: number }

/** What lines deliver, as their buyer sees it, or as the merchant does: codes masked. */
export async function goodsOf(
  { personal }: Pick<VirtualNeeds, 'personal'>,
  db: Db,
  {
    lines,
    viewer,
  }: { lines: readonly (WantedLine & { orderId: Id })[]; viewer: 'buyer' | 'merchant' },
): Promise<VirtualGoods[]> {
  const ids = lines.map(line => line.lineId)
  const [known, rules, given] = await Promise.all([
    store.linesOfOrders(
      db,
      lines.map(line => line.orderId),
    ),
    store.rulesBySku(
      db,
      lines.map(line => line.skuId),
    ),
    codes.codesOfLines(db, ids),
  ])
  const byLine = new Map(known.map(line => [line.lineId, line]))
  const booked = await slots.slotsByIds(
    db,
    known.flatMap(line => line.slotId ?? []),
  )
  const codesByLine = Map.groupBy(given, code => code.lineId)
  const shown = (sealed: string) => {
    const code = personal.openPersonal(sealed)
    return viewer === 'buyer' ? code : maskCode(code)
  }
  return lines.map(({ lineId, skuId, quantity }) => {
    const line = byLine.get(lineId)
    const rule = rules.get(skuId)
    const slot = line?.slotId ? booked.get(line.slotId) : undefined
    return {
      lineId,
      skuId,
      quantity,
      kind: rule?.kind ?? null,
      state: line?.state ?? 'unpaid',
      codes: (codesByLine.get(lineId) ?? []).map(({ sealed }) => shown(sealed)),
      slot: slot ? slotView(slot) : null,
      cancelUntil: slot && rule ? cancelUntil(slot, rule).toISOString() : null,
      refundRule: rule?.refundRule ?? '',
    }
  })
}

export const slotView = (slot: slots.SlotRow) => ({
  ...slot,
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
})
