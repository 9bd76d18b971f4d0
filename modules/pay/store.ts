import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { VerifiedPayment } from './gateway.ts'
import { paymentLife, type Said, type TradeStep } from './rules.ts'

export type PaymentRow = {
  id: Id
  buyerId: Id
  /** Which orders at which amounts. */
  groupKey: string
  channel: string
  tradeNo: string
  amountFen: Fen
  state: TradeStep
  cashierUrl: string | null
  expiresAt: Date
  paidAt: Date | null
}

const columns = [
  'id',
  'buyer_id as buyerId',
  sql<string>`group_key`.as('groupKey'),
  'channel',
  'trade_no as tradeNo',
  sql<Fen>`amount_fen`.as('amountFen'),
  sql<TradeStep>`state`.as('state'),
  'cashier_url as cashierUrl',
  'expires_at as expiresAt',
  'paid_at as paidAt',
] as const

const payments = (db: Db) => db.selectFrom('pay_payment').select(columns)

export type NewPayment = Omit<PaymentRow, 'state' | 'cashierUrl' | 'paidAt'>

/**
 * Opens a payment, or answers with the one that is open for these orders at this channel: `isNew`
 * tells. Undefined when that one was closed in the same moment.
 */
export async function open(
  tx: Tx,
  payment: NewPayment,
): Promise<(PaymentRow & { isNew: boolean }) | undefined> {
  await tx
    .insertInto('pay_payment')
    .values({
      id: payment.id,
      buyer_id: payment.buyerId,
      group_key: payment.groupKey,
      channel: payment.channel,
      trade_no: payment.tradeNo,
      amount_fen: payment.amountFen,
      expires_at: payment.expiresAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const found = await payments(tx)
    .where('group_key', '=', payment.groupKey)
    .where('channel', '=', payment.channel)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return found && { ...found, isNew: found.id === payment.id }
}

/** A buyer's orders are in few open payments at a time. */
const rivalsMax = 20

/** Open payments at a channel that share orders with a payment, but not all of them or otherwise. */
export const rivals = (
  db: Db,
  q: { orderIds: readonly Id[]; channel: string; groupKey: string },
): Promise<PaymentRow[]> =>
  payments(db)
    .where(
      sql<boolean>`id in (select payment_id from pay_payment_order
        where order_id = any(${q.orderIds}::uuid[]))`,
    )
    .where('state', '=', 'pending')
    .where('channel', '=', q.channel)
    .where(sql<boolean>`group_key <> ${q.groupKey}`)
    .limit(rivalsMax)
    .execute()

export const byId = (db: Db, id: Id): Promise<PaymentRow | undefined> =>
  payments(db).where('id', '=', id).executeTakeFirst()

/** The payment behind our number at the channel, locked until the transaction ends. */
export const lockByTradeNo = (tx: Tx, tradeNo: string): Promise<PaymentRow | undefined> =>
  payments(tx).where('trade_no', '=', tradeNo).forUpdate().executeTakeFirst()

/** Keeps where the buyer pays, while the payment is open; undefined when it no longer is. */
export const setCashier = (tx: Tx, id: Id, cashierUrl: string): Promise<PaymentRow | undefined> =>
  tx
    .updateTable('pay_payment')
    .set({ cashier_url: cashierUrl })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning(columns)
    .executeTakeFirst()

/** Compare-and-set along {@link paymentLife}. */
export async function move(
  tx: Tx,
  id: Id,
  { event, receipt }: { event: 'pay' | 'close'; receipt?: VerifiedPayment },
): Promise<void> {
  await tx
    .updateTable('pay_payment')
    .set({
      state: paymentLife.target(event),
      ...(receipt && { paid_at: receipt.paidAt, channel_trade_no: receipt.channelTradeNo }),
    })
    .where('id', '=', id)
    .where('state', 'in', paymentLife.sources(event))
    .execute()
}

/** Open payments that an order is part of are over now. */
export async function expireOfOrder(tx: Tx, orderId: Id): Promise<void> {
  await sql`
    update pay_payment set expires_at = least(expires_at, now())
    where state = 'pending'
      and id in (select payment_id from pay_payment_order where order_id = ${orderId})`.execute(tx)
}

/** How long before its end an open payment is asked about, in case its notification was lost. */
const askBeforeEndSec = 60

export type Unsettled = PaymentRow & { isOver: boolean }

/** Open payments of a channel that are near or past their end. */
export const unsettled = (
  db: Db,
  page: { channel: string; afterId: Id | null; limit: number },
): Promise<Unsettled[]> =>
  payments(db)
    .select(sql<boolean>`expires_at <= now()`.as('isOver'))
    .where('channel', '=', page.channel)
    .where('state', '=', 'pending')
    .where(sql<boolean>`expires_at < now() + make_interval(secs => ${askBeforeEndSec})`)
    .$if(page.afterId !== null, query => query.where('id', '>', page.afterId))
    .orderBy('id')
    .limit(page.limit)
    .execute()

/** An open payment that has been over for so long cannot be waiting for a notification any more. */
const noticeSecMax = 600

export type BookRow = Said & { tradeNo: string }

/** Payments that took money, or may have, by trade number: our side of a channel's books. */
export async function books(
  db: Db,
  page: { channel: string; after: string | null; limit: number },
): Promise<BookRow[]> {
  const { rows } = await sql<BookRow>`
    select trade_no as "tradeNo", amount_fen as "amountFen", state,
      (select coalesce(sum(amount_fen), 0)::bigint from pay_payment_order
        where payment_id = pay_payment.id and state = 'refunded') as "refundedFen",
      (select coalesce(sum(amount_fen), 0)::bigint from pay_payment_order
        where payment_id = pay_payment.id and state = 'refunding') as "refundingFen"
    from pay_payment
    where channel = ${page.channel} and trade_no > ${page.after ?? ''}
      and (state = 'paid' or state = 'pending'
        and expires_at > now() - make_interval(secs => ${noticeSecMax}))
    order by trade_no limit ${page.limit}`.execute(db)
  return rows
}
