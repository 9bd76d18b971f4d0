import { fail } from '@kaibo/contract/core/fail'
import type { PersonalData } from '@kaibo/db/crypto'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, sumFen } from '@kaibo/kernel/money'
import type { PlainReceiver } from '@kaibo/modules/account'
import * as changes from './change-store.ts'
import { type Doing, writeDown } from './life-store.ts'
import * as store from './store.ts'
import { sealReceiver } from './view.ts'

/** Goods of one shop that are to be sent; amounts after the shop's offers, before coupons and points. */
export type ToSend = {
  shopId: Id
  lines: readonly { skuId: Id; quantity: number; amountFen: Fen }[]
}

export type ReceiverNeeds = {
  personal: Pick<PersonalData, 'sealPersonal'>
  /** What sending goods there costs. Throws `order.region_refused`, `freight.unreachable`. */
  shippingTo(db: Db, goods: ToSend, regionCode: string): Promise<Fen>
}

/**
 * Sends an order elsewhere before any of it leaves, where goods may go and sending costs the same.
 * Throws `order.wrong_state`, `order.address_missing`, `order.region_refused`,
 * `freight.unreachable`, `order.freight_differs`.
 */
export async function setReceiver(
  needs: ReceiverNeeds,
  tx: Tx,
  { id, receiver, doing }: { id: Id; receiver: PlainReceiver; doing: Doing },
): Promise<void> {
  const order = await store.lockOrder(tx, id)
  const isHere = order?.state === 'pending' || order?.state === 'paid'
  if (!isHere || order.receiverSealed === null)
    throw fail('order.wrong_state', { state: order?.state ?? null })
  const { regionCode } = receiver
  if (regionCode === null) throw fail('order.address_missing')
  const goods = { shopId: order.shopId, lines: await linesToSend(tx, id) }
  const shippingFen = await needs.shippingTo(tx, goods, regionCode)
  // What the shop took off by hand stays taken off.
  const agreedFen = sumFen([order.shippingFen, order.shippingOffFen])
  if (shippingFen !== agreedFen) throw fail('order.freight_differs', { shippingFen, agreedFen })
  await changes.setReceiver(tx, id, sealReceiver(needs.personal, receiver))
  await writeDown(tx, [id], { kind: 'receiver_changed', doing })
}

async function linesToSend(tx: Tx, orderId: Id): Promise<ToSend['lines']> {
  const lines = await store.linesByOrders(tx, [orderId])
  const kept = new Set(['coupon', 'points', 'manual'])
  return lines
    .filter(line => !line.isVirtual)
    .map(({ skuId, quantity, payableFen, parts }) => ({
      skuId,
      quantity,
      amountFen: sumFen([
        payableFen,
        ...parts.filter(part => kept.has(part.kind)).map(part => part.offFen),
      ]),
    }))
}
