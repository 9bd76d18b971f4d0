import type { ShareState } from '@kaibo/contract/trade/pay'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import { type ShareEvent, shareLife } from './rules.ts'

/** What an order takes of a payment. */
export type ShareRow = {
  id: Id
  paymentId: Id
  orderId: Id
  shopId: Id
  amountFen: Fen
  state: ShareState
}

const columns = [
  'pay_payment_order.id',
  'payment_id as paymentId',
  'order_id as orderId',
  'shop_id as shopId',
  sql<Fen>`pay_payment_order.amount_fen`.as('amountFen'),
  sql<ShareState>`pay_payment_order.state`.as('state'),
] as const

const shares = (db: Db) => db.selectFrom('pay_payment_order').select(columns)

export async function insertShares(
  tx: Tx,
  rows: readonly Omit<ShareRow, 'state'>[],
): Promise<void> {
  const values = rows.map(row => ({
    id: row.id,
    payment_id: row.paymentId,
    order_id: row.orderId,
    shop_id: row.shopId,
    amount_fen: row.amountFen,
  }))
  await tx.insertInto('pay_payment_order').values(values).execute()
}

/** Shares of payments, in the order of their orders' ids. */
export const sharesOf = (db: Db, paymentIds: readonly Id[]): Promise<ShareRow[]> =>
  shares(db)
    .where('payment_id', 'in', [...paymentIds])
    .orderBy('order_id')
    .execute()

/** Compare-and-set along {@link shareLife}. Answers with the shares that moved. */
export const moveShares = (
  tx: Tx,
  event: ShareEvent,
  which: { id: Id } | { orderId: Id },
): Promise<ShareRow[]> =>
  tx
    .updateTable('pay_payment_order')
    .set({ state: shareLife.target(event) })
    .where('id' in which ? 'id' : 'order_id', '=', 'id' in which ? which.id : which.orderId)
    .where('state', 'in', shareLife.sources(event))
    .returning(columns)
    .execute()

type ShareOfTrade = ShareRow & { tradeNo: string }

const sharesOfChannel = (db: Db, page: { channel: string; afterId: Id | null; limit: number }) =>
  shares(db)
    .innerJoin('pay_payment', 'pay_payment.id', 'payment_id')
    .select('trade_no as tradeNo')
    .where('channel', '=', page.channel)
    .$if(page.afterId !== null, query => query.where('pay_payment_order.id', '>', page.afterId))
    .orderBy('pay_payment_order.id')
    .limit(page.limit)

/** Shares of a channel that have to be given back. */
export const dueRefunds = (
  db: Db,
  page: { channel: string; afterId: Id | null; limit: number },
): Promise<ShareOfTrade[]> =>
  sharesOfChannel(db, page).where('pay_payment_order.state', '=', 'refunding').execute()

/** Shares of a channel that took money, by id. */
export const bookedShares = (
  db: Db,
  page: { channel: string; afterId: Id | null; limit: number },
): Promise<ShareOfTrade[]> =>
  sharesOfChannel(db, page).where('pay_payment_order.state', '<>', 'waiting').execute()

/** Shares that paid for orders, by order. */
export const paidByOrder = (
  db: Db,
  page: { afterId: Id | null; limit: number },
): Promise<ShareRow[]> =>
  shares(db)
    .where('state', '=', 'paid')
    .$if(page.afterId !== null, query => query.where('order_id', '>', page.afterId))
    .orderBy('order_id')
    .limit(page.limit)
    .execute()
