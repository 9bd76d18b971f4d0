import { requirePermission, requireUser } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type { Payment } from '@kaibo/contract/pay'
import type { Actor } from '@kaibo/contract/permissions'
import { reasonOf } from '@kaibo/db/log'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { gatewayOf, type PayNeeds } from './needs.ts'
import { ask } from './settle.ts'
import * as store from './store.ts'

/**
 * Opens a payment of an order at a channel, or continues the one that is open. The network is used
 * between transactions, never inside one: whatever crash comes in between, the same call goes on
 * where it stopped. Throws `order.not_found`, `order.wrong_state`, `pay.channel_unknown`,
 * `pay.channel_down`.
 */
export async function start(
  needs: PayNeeds,
  actor: Actor,
  { orderId, channel }: { orderId: Id; channel: string },
): Promise<Payment> {
  const buyerId = requireBuyer(actor)
  const gateway = gatewayOf(needs, channel)
  const { payment, subject } = await open(needs, { orderId, channel, buyerId })
  if (payment.cashierUrl) return viewOf(payment)

  const { cashierUrl } = await gateway.create({
    tradeNo: payment.tradeNo,
    amountFen: payment.amountFen,
    subject,
    notifyUrl: `${needs.callbackUrl}/callbacks/payment/${channel}`,
    expiresAt: payment.expiresAt,
  })
  const ready = await needs.database.tx(tx => store.setCashier(tx, payment.id, cashierUrl))
  if (ready) return viewOf(ready)
  const moved = must(await store.byId(needs.database.db, payment.id), 'a payment that was opened')
  if (moved.state !== 'closed') return viewOf(moved)
  // The order closed while the channel was asked, perhaps before it knew of the trade.
  await gateway.close(payment.tradeNo)
  throw fail('order.wrong_state', { state: 'closed' })
}

type Wanted = { orderId: Id; channel: string; buyerId: Id }

/** The order is locked meanwhile, so an order that closes finds every payment that was opened. */
function open(
  { database, order }: PayNeeds,
  { orderId, channel, buyerId }: Wanted,
): Promise<{ payment: store.PaymentRow; subject: string }> {
  return database.tx(async tx => {
    const due = await order.forPayment(tx, { orderId, buyerId })
    if (!due) throw fail('order.not_found')
    const { state, shopId, payableFen: amountFen, expiresAt, title: subject } = due
    if (state !== 'pending') throw fail('order.wrong_state', { state })
    const payment = await store.open(tx, {
      id: newId(),
      orderId,
      buyerId,
      shopId,
      channel,
      tradeNo: newId().replaceAll('-', ''),
      amountFen,
      expiresAt,
    })
    if (!payment) throw fail('server.busy')
    return { payment, subject }
  })
}

/** One of the buyer's payments, as its channel knows it if that can be asked. Throws `pay.not_found`. */
export async function view(needs: PayNeeds, actor: Actor, id: Id): Promise<Payment> {
  const buyerId = requireBuyer(actor)
  const { db } = needs.database
  const payment = await store.byId(db, id)
  if (payment?.buyerId !== buyerId) throw fail('pay.not_found')
  if (payment.state !== 'pending') return viewOf(payment)
  await ask(needs, payment).catch((error: unknown) => {
    needs.log.warn({ payment: id, reason: reasonOf(error) }, 'a payment could not be asked about')
  })
  return viewOf(must(await store.byId(db, id), 'payments are never deleted'))
}

function requireBuyer(actor: Actor): Id {
  requirePermission(actor, 'order.buy')
  return requireUser(actor).userId
}

const viewOf = (payment: store.PaymentRow): Payment => ({
  id: payment.id,
  orderId: payment.orderId,
  channel: payment.channel,
  amountFen: payment.amountFen,
  state: payment.state,
  cashierUrl: payment.state === 'pending' ? payment.cashierUrl : null,
  expiresAt: payment.expiresAt.toISOString(),
  paidAt: payment.paidAt?.toISOString() ?? null,
})
