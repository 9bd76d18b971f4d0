import { requireUser } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import { type Payment, paymentReceived, paymentStates } from '@kaibo/contract/pay'
import type { Actor } from '@kaibo/contract/permissions'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import type { Notification, PaymentGateway, VerifiedPayment } from './gateway.ts'
import type { PayNeeds } from './index.ts'
import * as store from './store.ts'

/** Payments looked after in one run of the job. */
const sweepMax = 50

export function createPayUseCases(needs: PayNeeds) {
  const { database, order, ledger } = needs
  const { db } = database

  function gatewayOf(channel: string): PaymentGateway {
    const gateway = needs.gateways.find(candidate => candidate.id === channel)
    if (!gateway) throw fail('pay.channel_unknown')
    return gateway
  }

  async function own(actor: Actor, id: Id) {
    const buyer = requireUser(actor)
    const row = await store.byId(db, id)
    if (row?.buyer_id !== buyer.userId) throw fail('pay.not_found')
    return row
  }

  /** R15, R16: books what a channel vouches for, once; money for a closed order goes back. */
  async function receive(tx: Tx, channel: string, verified: VerifiedPayment): Promise<void> {
    const row = await store.lockByTradeNo(tx, verified.tradeNo)
    if (row?.channel !== channel) throw fail('pay.not_found')
    if (row.amount_fen !== verified.amountFen) throw fail('pay.amount_differs')
    if (row.paid_at) return

    const outcome = await order.markPaid(tx, { orderId: row.order_id, paidAt: verified.paidAt })
    const state = outcome === 'paid' ? 'paid' : 'refunding'
    const { accounts } = ledger
    await store.receive(tx, { id: row.id, state, verified })
    await ledger.move(tx, {
      key: `pay:${row.id}`,
      kind: 'payment_received',
      from: state === 'paid' ? accounts.shopPending(row.shop_id) : accounts.refundDue,
      to: accounts.channel(channel),
      amountFen: verified.amountFen,
    })
    if (state === 'paid') {
      const { id: paymentId, order_id: orderId } = row
      await publish(tx, paymentReceived, {
        paymentId,
        orderId,
        channel,
        amountFen: verified.amountFen,
      })
    }
  }

  const settle = (channel: string, verified: VerifiedPayment) =>
    database.tx(tx => receive(tx, channel, verified))

  /** Asks the channel about a payment whose notification is late or lost. */
  async function refresh(row: store.PaymentRow): Promise<void> {
    const trade = await gatewayOf(row.channel).query(row.trade_no)
    if (trade.state === 'paid') await settle(row.channel, trade)
    if (trade.state === 'closed') await close(row.id)
  }

  const close = (id: Id) => database.tx(tx => store.move(tx, id, { from: 'pending', to: 'closed' }))

  /** Closes the trade at the channel, so that nobody can pay a closed order any more. */
  async function abandon(row: store.PaymentRow): Promise<void> {
    const outcome = await gatewayOf(row.channel).close(row.trade_no)
    if (outcome === 'paid') await refresh(row)
    else await close(row.id)
  }

  async function giveBack(row: store.PaymentRow): Promise<void> {
    const amountFen = fen(row.amount_fen)
    const outcome = await gatewayOf(row.channel).refund({
      tradeNo: row.trade_no,
      refundNo: `${row.trade_no}r`,
      amountFen,
      reason: 'order_closed',
    })
    if (outcome !== 'done') return
    await database.tx(async tx => {
      if (!(await store.move(tx, row.id, { from: 'refunding', to: 'refunded' }))) return
      const { accounts } = ledger
      await ledger.move(tx, {
        key: `refund:${row.id}`,
        kind: 'payment_refunded',
        from: accounts.channel(row.channel),
        to: accounts.refundDue,
        amountFen,
      })
    })
  }

  return {
    /** Opens a payment at the channel. The network is used between transactions, never inside one. */
    async start(actor: Actor, input: { orderId: Id; channel: string }): Promise<Payment> {
      const buyer = requireUser(actor)
      const gateway = gatewayOf(input.channel)
      const due = await order.forPayment(db, { orderId: input.orderId, buyerId: buyer.userId })
      if (!due) throw fail('order.not_found')
      if (due.state !== 'pending') throw fail('order.wrong_state', { state: due.state })
      const row = await database.tx(tx =>
        store.open(tx, {
          id: newId(),
          orderId: due.id,
          buyerId: buyer.userId,
          shopId: due.shopId,
          channel: gateway.id,
          tradeNo: newId().replaceAll('-', ''),
          amountFen: due.payableFen,
          expiresAt: due.expiresAt,
        }),
      )
      if (row.cashier_url) return paymentOf(row)
      const { cashierUrl } = await gateway.create({
        tradeNo: row.trade_no,
        amountFen: fen(row.amount_fen),
        subject: due.title,
        notifyUrl: `${needs.callbackUrl}/callbacks/payment/${gateway.id}`,
        expiresAt: row.expires_at,
      })
      await database.tx(tx => store.setCashier(tx, row.id, cashierUrl))
      return paymentOf({ ...row, cashier_url: cashierUrl })
    },

    async view(actor: Actor, id: Id): Promise<Payment> {
      const row = await own(actor, id)
      if (row.state !== 'pending') return paymentOf(row)
      await refresh(row).catch(() => undefined)
      return paymentOf(await own(actor, id))
    },

    /** A channel's notification. Throws for a forged or foreign one; a repeat is accepted alike. */
    async notify(channel: string, notification: Notification) {
      const gateway = gatewayOf(channel)
      await settle(channel, await gateway.verify(notification))
      return gateway.accepted
    },

    /** Job: closes what was not paid in time and gives back what came too late. Returns how many. */
    async sweep(): Promise<number> {
      const rows = await store.unsettled(db, sweepMax)
      for (const row of rows) {
        const work = row.state === 'refunding' ? giveBack(row) : abandon(row)
        await work.catch(error =>
          needs.log.warn({ error, payment: row.id }, 'payment left for later'),
        )
      }
      return rows.length
    },

    /** Job after an order closed: its open trades are closed at their channels. */
    async abandonOrder(orderId: Id): Promise<void> {
      for (const row of await store.openOfOrder(db, orderId)) await abandon(row)
    },
  }
}

function paymentOf(row: store.PaymentRow): Payment {
  const state = must(
    paymentStates.find(known => known === row.state),
    'a known state',
  )
  return {
    id: row.id,
    orderId: row.order_id,
    channel: row.channel,
    amountFen: fen(row.amount_fen),
    state,
    cashierUrl: state === 'pending' ? row.cashier_url : null,
    expiresAt: row.expires_at.toISOString(),
    paidAt: row.paid_at?.toISOString() ?? null,
  }
}
