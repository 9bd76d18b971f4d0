import type { PaymentState } from '@kaibo/contract/pay'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { VerifiedPayment } from './gateway.ts'
import { paymentLife } from './rules.ts'

export type PaymentRow = {
  id: Id
  orderId: Id
  buyerId: Id
  shopId: Id
  channel: string
  tradeNo: string
  amountFen: Fen
  state: PaymentState
  cashierUrl: string | null
  expiresAt: Date
  paidAt: Date | null
}

const columns = [
  'id',
  'order_id as orderId',
  'buyer_id as buyerId',
  'shop_id as shopId',
  'channel',
  'trade_no as tradeNo',
  sql<Fen>`amount_fen`.as('amountFen'),
  sql<PaymentState>`state`.as('state'),
  'cashier_url as cashierUrl',
  'expires_at as expiresAt',
  'paid_at as paidAt',
] as const

const payments = (db: Db) => db.selectFrom('pay_payment').select(columns)

export type NewPayment = Pick<
  PaymentRow,
  'id' | 'orderId' | 'buyerId' | 'shopId' | 'channel' | 'tradeNo' | 'amountFen' | 'expiresAt'
>

/**
 * Opens a payment, or answers with the one that is open for this order and channel. Undefined when
 * that one was closed in the same moment.
 */
export async function open(tx: Tx, payment: NewPayment): Promise<PaymentRow | undefined> {
  await tx
    .insertInto('pay_payment')
    .values({
      id: payment.id,
      order_id: payment.orderId,
      buyer_id: payment.buyerId,
      shop_id: payment.shopId,
      channel: payment.channel,
      trade_no: payment.tradeNo,
      amount_fen: payment.amountFen,
      expires_at: payment.expiresAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return payments(tx)
    .where('order_id', '=', payment.orderId)
    .where('channel', '=', payment.channel)
    .where('state', '=', 'pending')
    .executeTakeFirst()
}

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

type PaymentEvent = 'pay' | 'payLate' | 'close' | 'refund'

/** Compare-and-set along {@link paymentLife}; whether the payment moved. */
export async function move(
  tx: Tx,
  id: Id,
  { event, receipt }: { event: PaymentEvent; receipt?: VerifiedPayment },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('pay_payment')
    .set({
      state: paymentLife.target(event),
      ...(receipt && { paid_at: receipt.paidAt, channel_trade_no: receipt.channelTradeNo }),
    })
    .where('id', '=', id)
    .where('state', 'in', paymentLife.sources(event))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Open payments of an order are over now. */
export async function expireOfOrder(tx: Tx, orderId: Id): Promise<void> {
  await tx
    .updateTable('pay_payment')
    .set({ expires_at: sql<Date>`least(expires_at, now())` })
    .where('order_id', '=', orderId)
    .where('state', '=', 'pending')
    .execute()
}

/** How long before its end an open payment is asked about, in case its notification was lost. */
const askBeforeEndSec = 60

export type Unsettled = PaymentRow & { isOver: boolean }

/** Payments of a channel that wait for somebody: open ones near or past their end, and refunds. */
export const unsettled = (
  db: Db,
  page: { channel: string; afterId: Id | null; limit: number },
): Promise<Unsettled[]> =>
  payments(db)
    .select(sql<boolean>`expires_at <= now()`.as('isOver'))
    .where('channel', '=', page.channel)
    .where(
      sql<boolean>`(state = 'refunding' or state = 'pending'
        and expires_at < now() + make_interval(secs => ${askBeforeEndSec}))`,
    )
    .$if(page.afterId !== null, query => query.where('id', '>', page.afterId ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute()

/** An open payment that has been over for so long cannot be waiting for a notification any more. */
const noticeSecMax = 600

/** Payments that took money, or may have, by trade number: our side of a channel's books. */
export const books = (
  db: Db,
  page: { channel: string; after: string | null; limit: number },
): Promise<PaymentRow[]> =>
  payments(db)
    .where('channel', '=', page.channel)
    .where(
      sql<boolean>`(state in ('paid', 'refunding', 'refunded') or state = 'pending'
        and expires_at > now() - make_interval(secs => ${noticeSecMax}))`,
    )
    .where('trade_no', '>', page.after ?? '')
    .orderBy('trade_no')
    .limit(page.limit)
    .execute()

/** Payments that paid for orders, by order. */
export const paidByOrder = (
  db: Db,
  page: { afterId: Id | null; limit: number },
): Promise<PaymentRow[]> =>
  payments(db)
    .where('state', '=', 'paid')
    .$if(page.afterId !== null, query => query.where('order_id', '>', page.afterId ?? ''))
    .orderBy('order_id')
    .limit(page.limit)
    .execute()
