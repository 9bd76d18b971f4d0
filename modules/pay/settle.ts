import { fail } from '@kaibo/contract/core/fail'
import type { Tx } from '@kaibo/db/database'
import { reasonOf } from '@kaibo/db/log'
import { isFailure } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import type { Notification, PaymentGateway, VerifiedPayment } from './gateway.ts'
import { gatewayOf, type PayNeeds } from './needs.ts'
import * as shares from './share-store.ts'
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

/**
 * R15, R16: books what a channel vouches for, once, order by order; the share of one that does not
 * wait for exactly this money goes back.
 */
function receive(needs: PayNeeds, channel: string, verified: VerifiedPayment): Promise<void> {
  const { accounts, move } = needs.ledger
  return needs.database.tx(async tx => {
    const payment = await store.lockByTradeNo(tx, verified.tradeNo)
    if (payment?.channel !== channel) throw fail('pay.not_found')
    if (payment.amountFen !== verified.amountFen) throw fail('pay.amount_differs')
    if (payment.paidAt) return

    await store.move(tx, payment.id, { event: 'pay', receipt: verified })
    for (const share of await shares.sharesOf(tx, [payment.id])) {
      const { id, orderId, amountFen, shopId } = share
      const paying = { orderId, amountFen, paidAt: verified.paidAt }
      const isDue = (await needs.order.markPaid(tx, paying)) === 'paid'
      await shares.moveShares(tx, isDue ? 'take' : 'takeLate', share)
      await move(tx, {
        key: `pay:${id}`,
        kind: isDue ? 'payment_received' : 'payment_received_late',
        from: isDue ? accounts.shopPending(shopId) : accounts.refundDue,
        to: accounts.channel(channel),
        amountFen,
      })
    }
  })
}

/** An order closed: nobody can pay it any more, and what was paid for it is given back. */
export async function releaseOrder({ ledger }: PayNeeds, tx: Tx, orderId: Id): Promise<void> {
  await store.expireOfOrder(tx, orderId)
  for (const { id, shopId, amountFen } of await shares.moveShares(tx, 'cancel', { orderId }))
    await ledger.move(tx, {
      key: `cancel:${id}`,
      kind: 'payment_cancelled',
      from: ledger.accounts.refundDue,
      to: ledger.accounts.shopPending(shopId),
      amountFen,
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
export async function abandon(needs: PayNeeds, payment: store.PaymentRow): Promise<void> {
  const outcome = await gatewayOf(needs, payment.channel).close(payment.tradeNo)
  await (outcome === 'paid' ? ask(needs, payment) : close(needs, payment.id))
}

/** Returns a share at its channel, as often as it takes. */
async function giveBack(needs: PayNeeds, channel: string, share: DueRefund): Promise<void> {
  const { id, tradeNo, amountFen } = share
  const refund = { tradeNo, refundNo: id.replaceAll('-', ''), amountFen, reason: 'order_closed' }
  if ((await gatewayOf(needs, channel).refund(refund)) !== 'done') return
  const { database, ledger } = needs
  await database.tx(async tx => {
    if ((await shares.moveShares(tx, 'refund', { id })).length === 0) return
    await ledger.move(tx, {
      key: `refund:${id}`,
      kind: 'payment_refunded',
      from: ledger.accounts.channel(channel),
      to: ledger.accounts.refundDue,
      amountFen,
    })
  })
}
type DueRefund = Awaited<ReturnType<typeof shares.dueRefunds>>[number]

const pageMax = 50
const pagesMax = 20

/** Looks after what waits at every channel; one that is down keeps nobody else waiting. */
export async function sweep(needs: PayNeeds): Promise<void> {
  const { db } = needs.database
  await Promise.all(
    needs.gateways.map(async ({ id: channel }) => {
      const open = await inPages(needs, {
        channel,
        page: at => store.unsettled(db, at),
        step: payment => (payment.isOver ? abandon(needs, payment) : ask(needs, payment)),
      })
      if (open === 'done')
        await inPages(needs, {
          channel,
          page: at => shares.dueRefunds(db, at),
          step: share => giveBack(needs, channel, share),
        })
    }),
  )
}

type Walk<T> = {
  channel: string
  page(at: { channel: string; afterId: Id | null; limit: number }): Promise<T[]>
  step(item: T): Promise<void>
}

/** `down`: the channel does not answer, so the others may wait as well. */
async function inPages<T extends { id: Id; state: string }>(
  { log }: PayNeeds,
  { channel, page, step }: Walk<T>,
): Promise<'done' | 'down'> {
  let afterId: Id | null = null
  for (let number = 0; number < pagesMax; number++) {
    const waiting: T[] = await page({ channel, afterId, limit: pageMax })
    for (const item of waiting) {
      try {
        await step(item)
      } catch (error) {
        const facts = { payment: item.id, channel, state: item.state, reason: reasonOf(error) }
        log.warn(facts, 'a payment was left for later')
        if (isFailure(error, 'pay.channel_down')) return 'down'
      }
    }
    afterId = waiting.at(-1)?.id ?? null
    if (waiting.length < pageMax) break
  }
  return 'done'
}
