import type { Db, Tx } from '@kaibo/db/database'
import { newId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'
import type { NewTradeCall, RefundCall, Trade } from './protocol.ts'

export type TradeRow = {
  tradeNo: string
  channelTradeNo: string
  amountFen: Fen
  refundedFen: Fen
  subject: string
  notifyUrl: string
  state: Trade['state']
  paidAt: Date | null
  /** How often the merchant was told, or somebody began to. */
  noticeCount: number
}

const columns = [
  'trade_no as tradeNo',
  'channel_trade_no as channelTradeNo',
  sql<Fen>`amount_fen`.as('amountFen'),
  sql<Fen>`refunded_fen`.as('refundedFen'),
  'subject',
  'notify_url as notifyUrl',
  // A trade whose time is over is closed, whether or not somebody said so.
  sql<
    Trade['state']
  >`case when state = 'pending' and expires_at <= now() then 'closed' else state end`.as('state'),
  'paid_at as paidAt',
  'notify_count as noticeCount',
] as const

const trades = (db: Db) => db.selectFrom('sandbox_trade').select(columns)

export const byNo = (db: Db, tradeNo: string): Promise<TradeRow | undefined> =>
  trades(db).where('trade_no', '=', tradeNo).executeTakeFirst()

/** Inserts a trade; one with this number that is there already stays as it is. */
export async function insert(tx: Tx, trade: NewTradeCall): Promise<void> {
  await tx
    .insertInto('sandbox_trade')
    .values({
      trade_no: trade.tradeNo,
      channel_trade_no: `SB${newId().replaceAll('-', '')}`,
      amount_fen: trade.amountFen,
      subject: trade.subject,
      notify_url: trade.notifyUrl,
      expires_at: trade.expiresAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Takes the money of an open trade in time; anything else changes nothing. */
export async function pay(tx: Tx, tradeNo: string): Promise<void> {
  await tx
    .updateTable('sandbox_trade')
    .set({ state: 'paid', paid_at: sql<Date>`now()`, notify_due_at: sql<Date>`now()` })
    .where('trade_no', '=', tradeNo)
    .where('state', '=', 'pending')
    .where('expires_at', '>', sql<Date>`now()`)
    .execute()
}

/** Closes an open trade. */
export async function close(tx: Tx, tradeNo: string): Promise<void> {
  await tx
    .updateTable('sandbox_trade')
    .set({ state: 'closed', notify_due_at: null })
    .where('trade_no', '=', tradeNo)
    .where('state', '=', 'pending')
    .execute()
}

/** Gives a part of a paid trade back. */
export async function refund(tx: Tx, { tradeNo, refundNo, amountFen }: RefundCall): Promise<void> {
  await tx
    .insertInto('sandbox_refund')
    .values({ refund_no: refundNo, trade_no: tradeNo, amount_fen: amountFen })
    .execute()
  // Whoever is given money back knows that it was paid.
  await sql`
    update sandbox_trade set refunded_fen = refunded_fen + ${amountFen}::bigint, notify_due_at = null,
      state = case when refunded_fen + ${amountFen}::bigint = amount_fen then 'refunded' else state end
    where trade_no = ${tradeNo}`.execute(tx)
}

/** The trade, which nobody else touches until the transaction ends. */
export const lockByNo = (tx: Tx, tradeNo: string): Promise<TradeRow | undefined> =>
  trades(tx).where('trade_no', '=', tradeNo).forUpdate().executeTakeFirst()

export const hasRefund = async (db: Db, { tradeNo, refundNo }: RefundCall): Promise<boolean> =>
  (await db
    .selectFrom('sandbox_refund')
    .select('refund_no')
    .where('trade_no', '=', tradeNo)
    .where('refund_no', '=', refundNo)
    .executeTakeFirst()) !== undefined

/** The trade whose notification is due first, locked; those that others look at are left out. */
export const lockDueNotice = (tx: Tx): Promise<TradeRow | undefined> =>
  trades(tx)
    .where('notify_due_at', '<=', sql<Date>`now()`)
    .orderBy('notify_due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

/** Counts a notification that is being sent, and when it counts as lost. */
export async function claimNotice(tx: Tx, tradeNo: string, takeOverSec: number): Promise<void> {
  await tx
    .updateTable('sandbox_trade')
    .set({ notify_count: sql<number>`notify_count + 1`, notify_due_at: inSec(takeOverSec) })
    .where('trade_no', '=', tradeNo)
    .execute()
}

/** Sets when a trade is told of again, unless somebody took the notification over, or it moved. */
export async function setNextNotice(
  tx: Tx,
  { tradeNo, noticeCount }: Pick<TradeRow, 'tradeNo' | 'noticeCount'>,
  nextSec: number | null,
): Promise<void> {
  await tx
    .updateTable('sandbox_trade')
    .set({ notify_due_at: nextSec === null ? null : inSec(nextSec) })
    .where('trade_no', '=', tradeNo)
    .where('state', '=', 'paid')
    .where('notify_count', '=', noticeCount)
    .execute()
}

const inSec = (sec: number) => sql<Date>`now() + make_interval(secs => ${sec})`

/** Trades that took money, by number, after a number. */
export const bill = (db: Db, page: { after: string | null; limit: number }): Promise<TradeRow[]> =>
  trades(db)
    .where('state', 'in', ['paid', 'refunded'])
    .where('trade_no', '>', page.after ?? '')
    .orderBy('trade_no')
    .limit(page.limit)
    .execute()
