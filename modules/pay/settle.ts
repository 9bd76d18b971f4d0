import { fail } from '@kaibo/contract/fail'
import { reasonOf } from '@kaibo/db/log'
import { isFailure } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import type { Notification, PaymentGateway, VerifiedPayment } from './gateway.ts'
import { gatewayOf, type PayNeeds } from './needs.ts'
import * as store from './store.ts'

/**
 * A channel's notification; a repeat is accepted alike. Throws `pay.channel_unknown`,
 * `pay.bad_signature`, `pay.not_found`, `pay.amount_differs`; then nothing has changed.
 */
export async function notify(
  needs: PayNeeds,
  channel: string,
  notification: Notification,
): Promise<PaymentGateway['accepted']> {
  const gateway = gatewayOf(needs, channel)
  await receive(needs, channel, await gateway.verify(notification))
  return gateway.accepted
}

/** R15, R16: books what a channel vouches for, once; money that no order waits for goes back. */
function receive(needs: PayNeeds, channel: string, verified: VerifiedPayment): Promise<void> {
  const { order, ledger } = needs
  return needs.database.tx(async tx => {
    const payment = await store.lockByTradeNo(tx, verified.tradeNo)
    if (payment?.channel !== channel) throw fail('pay.not_found')
    const { id, orderId, shopId, amountFen } = payment
    if (amountFen !== verified.amountFen) throw fail('pay.amount_differs')
    if (payment.paidAt) return

    const isDue = (await order.markPaid(tx, { orderId, paidAt: verified.paidAt })) === 'paid'
    await store.move(tx, id, { event: isDue ? 'pay' : 'payLate', receipt: verified })
    await ledger.move(tx, {
      key: `pay:${id}`,
      kind: isDue ? 'payment_received' : 'payment_received_late',
      from: isDue ? ledger.accounts.shopPending(shopId) : ledger.accounts.refundDue,
      to: ledger.accounts.channel(channel),
      amountFen,
    })
  })
}

/** Asks the channel about a payment whose notification may be late or lost. */
export async function ask(needs: PayNeeds, payment: store.PaymentRow): Promise<void> {
  const trade = await gatewayOf(needs, payment.channel).query(payment.tradeNo)
  if (trade.state === 'paid') await receive(needs, payment.channel, trade)
  if (trade.state === 'closed') await close(needs, payment.id)
}

const close = (needs: PayNeeds, id: Id) =>
  needs.database.tx(tx => store.move(tx, id, { event: 'close' }))

/** Closes the trade at its channel first: from then on nobody can pay it any more. */
async function abandon(needs: PayNeeds, payment: store.PaymentRow): Promise<void> {
  const outcome = await gatewayOf(needs, payment.channel).close(payment.tradeNo)
  await (outcome === 'paid' ? ask(needs, payment) : close(needs, payment.id))
}

/** Returns the money at its channel, as often as it takes. */
async function giveBack(
  needs: PayNeeds,
  { id, channel, tradeNo, amountFen }: store.PaymentRow,
): Promise<void> {
  const refund = { tradeNo, refundNo: `${tradeNo}r`, amountFen, reason: 'order_closed' }
  if ((await gatewayOf(needs, channel).refund(refund)) !== 'done') return
  const { database, ledger } = needs
  await database.tx(async tx => {
    if (!(await store.move(tx, id, { event: 'refund' }))) return
    await ledger.move(tx, {
      key: `refund:${id}`,
      kind: 'payment_refunded',
      from: ledger.accounts.channel(channel),
      to: ledger.accounts.refundDue,
      amountFen,
    })
  })
}

const pageMax = 50
const pagesMax = 20

/** Looks after what waits at every channel; one that is down keeps nobody else waiting. */
export async function sweep(needs: PayNeeds): Promise<void> {
  await Promise.all(needs.gateways.map(gateway => sweepChannel(needs, gateway.id)))
}

async function sweepChannel(needs: PayNeeds, channel: string): Promise<void> {
  let afterId: Id | null = null
  for (let page = 0; page < pagesMax; page++) {
    const waiting: store.Unsettled[] = await store.unsettled(needs.database.db, {
      channel,
      afterId,
      limit: pageMax,
    })
    for (const payment of waiting) if ((await lookAfter(needs, payment)) === 'down') return
    afterId = waiting.at(-1)?.id ?? null
    if (waiting.length < pageMax) return
  }
}

/** `down`: the channel does not answer, so the others may wait as well. */
async function lookAfter(needs: PayNeeds, payment: store.Unsettled): Promise<'done' | 'down'> {
  const step = payment.state === 'refunding' ? giveBack : payment.isOver ? abandon : ask
  try {
    await step(needs, payment)
    return 'done'
  } catch (error) {
    const { id, channel, state } = payment
    const facts = { payment: id, channel, state, reason: reasonOf(error) }
    needs.log.warn(facts, 'a payment was left for later')
    return isFailure(error, 'pay.channel_down') ? 'down' : 'done'
  }
}
