import type { PaymentState } from '@kaibo/contract/pay'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { VerifiedPayment } from './gateway.ts'

export type PaymentRow = {
  id: Id
  order_id: Id
  buyer_id: Id
  shop_id: Id
  channel: string
  trade_no: string
  amount_fen: number
  state: string
  cashier_url: string | null
  expires_at: Date
  paid_at: Date | null
}

const columns = [
  'id',
  'order_id',
  'buyer_id',
  'shop_id',
  'channel',
  'trade_no',
  'amount_fen',
  'state',
  'cashier_url',
  'expires_at',
  'paid_at',
] as const

export type NewPayment = {
  id: Id
  orderId: Id
  buyerId: Id
  shopId: Id
  channel: string
  tradeNo: string
  amountFen: Fen
  expiresAt: Date
}

/** Opens a payment, or returns the one that is open for this order and channel. */
export async function open(tx: Tx, payment: NewPayment): Promise<PaymentRow> {
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
  return tx
    .selectFrom('pay_payment')
    .select(columns)
    .where('order_id', '=', payment.orderId)
    .where('channel', '=', payment.channel)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
}

export const byId = (db: Db, id: Id): Promise<PaymentRow | undefined> =>
  db.selectFrom('pay_payment').select(columns).where('id', '=', id).executeTakeFirst()

/** The payment behind our number at the channel, locked until the transaction ends. */
export const lockByTradeNo = (tx: Tx, tradeNo: string): Promise<PaymentRow | undefined> =>
  tx
    .selectFrom('pay_payment')
    .select(columns)
    .where('trade_no', '=', tradeNo)
    .forUpdate()
    .executeTakeFirst()

export const openOfOrder = (db: Db, orderId: Id): Promise<PaymentRow[]> =>
  db
    .selectFrom('pay_payment')
    .select(columns)
    .where('order_id', '=', orderId)
    .where('state', '=', 'pending')
    .limit(10)
    .execute()

/** Payments that wait for somebody: unpaid ones past their time, and refunds under way. */
export const unsettled = (db: Db, limit: number): Promise<PaymentRow[]> =>
  db
    .selectFrom('pay_payment')
    .select(columns)
    .where(where =>
      where.or([
        where('state', '=', 'refunding'),
        where.and([where('state', '=', 'pending'), where('expires_at', '<', sql<Date>`now()`)]),
      ]),
    )
    .orderBy('created_at')
    .limit(limit)
    .execute()

export const setCashier = (tx: Tx, id: Id, cashierUrl: string) =>
  tx.updateTable('pay_payment').set({ cashier_url: cashierUrl }).where('id', '=', id).execute()

/** The channel took the money: as `paid`, or to be given back. */
export const receive = (
  tx: Tx,
  receipt: { id: Id; state: 'paid' | 'refunding'; verified: VerifiedPayment },
) =>
  tx
    .updateTable('pay_payment')
    .set({
      state: receipt.state,
      paid_at: receipt.verified.paidAt,
      channel_trade_no: receipt.verified.channelTradeNo,
    })
    .where('id', '=', receipt.id)
    .execute()

/** Compare-and-set; whether the payment was in `from`. */
export async function move(
  tx: Tx,
  id: Id,
  step: { from: PaymentState; to: PaymentState },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('pay_payment')
    .set({ state: step.to })
    .where('id', '=', id)
    .where('state', '=', step.from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type BookRow = Pick<PaymentRow, 'id' | 'order_id' | 'trade_no' | 'amount_fen' | 'state'>

/** Money that a channel took, by trade number: our side of the books. */
export const books = (
  db: Db,
  page: { channel: string; after: string | null; limit: number },
): Promise<BookRow[]> =>
  db
    .selectFrom('pay_payment')
    .select(['id', 'order_id', 'trade_no', 'amount_fen', 'state'])
    .where('channel', '=', page.channel)
    .where('state', 'in', ['paid', 'refunding', 'refunded'])
    .where('trade_no', '>', page.after ?? '')
    .orderBy('trade_no')
    .limit(page.limit)
    .execute()
