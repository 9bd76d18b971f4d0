import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Payment } from '@kaibo/contract/trade/pay'
import { reasonOf } from '@kaibo/db/log'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { sumFen } from '@kaibo/kernel/money'
import { gatewayOf, type PayNeeds } from './needs.ts'
import { groupKeyOf, stateOf } from './rules.ts'
import { abandon, ask } from './settle.ts'
import { insertShares, sharesOf } from './share-store.ts'
import * as store from './store.ts'

type Wanted = { orderIds: readonly Id[]; channel: string }

/**
 * Opens a payment of orders at a channel, or continues the one that is open for them; others that
 * hold some of these orders are closed first. The network is used between transactions, never inside
 * one: whatever crash comes in between, the same call goes on where it stopped. Throws
 * `order.not_found`, `order.wrong_state`, `pay.channel_unknown`, `pay.channel_down`.
 */
export async function start(needs: PayNeeds, actor: Actor, wanted: Wanted): Promise<Payment> {
  const buyerId = requireBuyer(actor)
  const gateway = gatewayOf(needs, wanted.channel)
  const { payment, rivals, subject } = await open(needs, buyerId, wanted)
  for (const rival of rivals) await abandon(needs, rival)
  if (payment.cashierUrl) return viewOf(needs, payment)

  const { cashierUrl } = await gateway.create({
    tradeNo: payment.tradeNo,
    amountFen: payment.amountFen,
    subject,
    notifyUrl: `${needs.callbackUrl}/callbacks/payment/${payment.channel}`,
    expiresAt: payment.expiresAt,
  })
  const ready = await needs.database.tx(tx => store.setCashier(tx, payment.id, cashierUrl))
  if (ready) return viewOf(needs, ready)
  const moved = must(await store.byId(needs.database.db, payment.id), 'a payment that was opened')
  if (moved.state !== 'closed') return viewOf(needs, moved)
  // An order closed while the channel was asked, perhaps before it knew of the trade.
  await gateway.close(payment.tradeNo)
  throw fail('order.wrong_state', { state: 'closed' })
}

type Opened = { payment: store.PaymentRow; rivals: store.PaymentRow[]; subject: string }

/** The orders are locked meanwhile, so an order that closes finds every payment that was opened. */
function open(
  { database, order }: PayNeeds,
  buyerId: Id,
  { orderIds, channel }: Wanted,
): Promise<Opened> {
  return database.tx(async tx => {
    const due = await order.forPayment(tx, { orderIds, buyerId })
    const [first, ...more] = due
    if (!first || due.length < orderIds.length) throw fail('order.not_found')
    const moved = due.find(each => each.state !== 'pending')
    if (moved) throw fail('order.wrong_state', { state: moved.state, orderId: moved.id })
    const parts = due.map(({ id: orderId, shopId, payableFen: amountFen }) => ({
      id: newId(),
      orderId,
      shopId,
      amountFen,
    }))
    const groupKey = groupKeyOf(parts)
    const payment = await store.open(tx, {
      id: newId(),
      buyerId,
      groupKey,
      channel,
      tradeNo: newId().replaceAll('-', ''),
      amountFen: sumFen(parts.map(part => part.amountFen)),
      // All of it has to be paid before the first order closes.
      expiresAt: new Date(Math.min(...due.map(each => each.expiresAt.getTime()))),
    })
    if (!payment) throw fail('server.busy')
    if (payment.isNew)
      await insertShares(
        tx,
        parts.map(part => ({ ...part, paymentId: payment.id })),
      )
    const rivals = await store.rivals(tx, { orderIds, channel, groupKey })
    const subject =
      more.length > 0 ? `${first.title} · ${first.number} +${more.length}` : first.title
    return { payment, rivals, subject }
  })
}

/** One of the buyer's payments, as its channel knows it if that can be asked. Throws `pay.not_found`. */
export async function view(needs: PayNeeds, actor: Actor, id: Id): Promise<Payment> {
  const buyerId = requireBuyer(actor)
  const { db } = needs.database
  const payment = await store.byId(db, id)
  if (payment?.buyerId !== buyerId) throw fail('pay.not_found')
  if (payment.state !== 'pending') return viewOf(needs, payment)
  await ask(needs, payment).catch((error: unknown) => {
    needs.log.warn({ payment: id, reason: reasonOf(error) }, 'a payment could not be asked about')
  })
  return viewOf(needs, must(await store.byId(db, id), 'payments are never deleted'))
}

function requireBuyer(actor: Actor): Id {
  requirePermission(actor, 'order.buy')
  return requireUser(actor).userId
}

async function viewOf({ database }: PayNeeds, payment: store.PaymentRow): Promise<Payment> {
  const shares = await sharesOf(database.db, [payment.id])
  const state = stateOf(payment.state, shares)
  return {
    id: payment.id,
    orders: shares.map(share => ({
      orderId: share.orderId,
      amountFen: share.amountFen,
      state: share.state,
    })),
    channel: payment.channel,
    amountFen: payment.amountFen,
    state,
    cashierUrl: state === 'pending' ? payment.cashierUrl : null,
    expiresAt: payment.expiresAt.toISOString(),
    paidAt: payment.paidAt?.toISOString() ?? null,
  }
}
