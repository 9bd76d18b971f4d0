import { createHmac } from 'node:crypto'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Trade } from './protocol.ts'

export type TradeRow = {
  trade_no: string
  channel_trade_no: string
  amount_fen: number
  subject: string
  notify_url: string
  state: string
  expires_at: Date
  paid_at: Date | null
  notify_count: number
}

const columns = [
  'trade_no',
  'channel_trade_no',
  'amount_fen',
  'subject',
  'notify_url',
  'state',
  'expires_at',
  'paid_at',
  'notify_count',
] as const

/** Seconds until the next try to tell the merchant: WeChat Pay's rhythm, shortened for a sandbox. */
const notifyAfterSec = [1, 3, 10, 30, 60, 300, 900, 3_600]
/** How long another process may take over a notification that one process is sending. */
const notifyClaimSec = 20

export type NewBankTrade = {
  tradeNo: string
  amountFen: number
  subject: string
  notifyUrl: string
  expiresAt: string
}

export type BankNeeds = {
  readonly database: Database
  readonly clock: Clock
  /** Makes cashier addresses unguessable. */
  readonly cashierSecret: Buffer
  /** Where buyers reach the cashier; a path keeps it on the page's own host. */
  readonly cashierBase: string
}

export type Bank = ReturnType<typeof createBank>

/** The sandbox channel's books: what a bank does, with play money. */
export function createBank({ database, cashierSecret, cashierBase }: BankNeeds) {
  const { db } = database
  const passOf = (tradeNo: string) =>
    createHmac('sha256', cashierSecret).update(tradeNo).digest('base64url').slice(0, 24)
  const find = (reader: Db, tradeNo: string): Promise<TradeRow | undefined> =>
    reader
      .selectFrom('sandbox_trade')
      .select(columns)
      .where('trade_no', '=', tradeNo)
      .executeTakeFirst()

  const move = (tradeNo: string, step: { from: string; to: string }) =>
    database.tx(tx =>
      tx
        .updateTable('sandbox_trade')
        .set({ state: step.to, notify_due_at: null })
        .where('trade_no', '=', tradeNo)
        .where('state', '=', step.from)
        .execute(),
    )

  return {
    find: (tradeNo: string) => find(db, tradeNo),
    passOf,

    view: (row: TradeRow): Trade => ({
      tradeNo: row.trade_no,
      channelTradeNo: row.channel_trade_no,
      amountFen: row.amount_fen,
      state: stateOf(row),
      paidAt: row.paid_at?.toISOString() ?? null,
      cashierUrl: `${cashierBase}/${row.trade_no}?pass=${passOf(row.trade_no)}`,
    }),

    /** Opens a trade; the same number again returns the one that is there. */
    async create(trade: NewBankTrade): Promise<TradeRow | undefined> {
      await database.tx(tx =>
        tx
          .insertInto('sandbox_trade')
          .values({
            trade_no: trade.tradeNo,
            channel_trade_no: `SB${newId().replaceAll('-', '')}`,
            amount_fen: trade.amountFen,
            subject: trade.subject,
            notify_url: trade.notifyUrl,
            expires_at: new Date(trade.expiresAt),
          })
          .onConflict(conflict => conflict.doNothing())
          .execute(),
      )
      return find(db, trade.tradeNo)
    },

    /** The buyer pays. Paying twice, late, or a closed trade changes nothing. */
    async pay(tradeNo: string): Promise<TradeRow | undefined> {
      await database.tx(tx =>
        tx
          .updateTable('sandbox_trade')
          .set({ state: 'paid', paid_at: sql<Date>`now()`, notify_due_at: sql<Date>`now()` })
          .where('trade_no', '=', tradeNo)
          .where('state', '=', 'pending')
          .where('expires_at', '>', sql<Date>`now()`)
          .execute(),
      )
      return find(db, tradeNo)
    },

    close: (tradeNo: string) => move(tradeNo, { from: 'pending', to: 'closed' }),
    refund: (tradeNo: string) => move(tradeNo, { from: 'paid', to: 'refunded' }),

    /** Takes the next notification that is due, so that no other process sends it meanwhile. */
    async claimNotification(): Promise<TradeRow | undefined> {
      return database.tx(async tx => {
        const row = await tx
          .selectFrom('sandbox_trade')
          .select(columns)
          .where('notify_due_at', '<=', sql<Date>`now()`)
          .orderBy('notify_due_at')
          .limit(1)
          .forUpdate()
          .skipLocked()
          .executeTakeFirst()
        if (row) await setDue(tx, row.trade_no, notifyClaimSec)
        return row
      })
    },

    /** Books the outcome of a notification: heard, or when to try again. */
    async notified(row: TradeRow, heard: boolean): Promise<void> {
      const nextSec = heard ? undefined : notifyAfterSec[row.notify_count]
      await database.tx(tx => setDue(tx, row.trade_no, nextSec ?? null))
    },

    bill: (page: { after: string | null; limit: number }): Promise<TradeRow[]> =>
      db
        .selectFrom('sandbox_trade')
        .select(columns)
        .where('state', 'in', ['paid', 'refunded'])
        .where('trade_no', '>', page.after ?? '')
        .orderBy('trade_no')
        .limit(page.limit)
        .execute(),
  }
}

const setDue = (db: Db, tradeNo: string, afterSec: number | null) =>
  db
    .updateTable('sandbox_trade')
    .set({
      notify_count: sql<number>`notify_count + 1`,
      notify_due_at:
        afterSec === null ? null : sql<Date>`now() + make_interval(secs => ${afterSec})`,
    })
    .where('trade_no', '=', tradeNo)
    .execute()

function stateOf(row: TradeRow): Trade['state'] {
  if (row.state === 'paid' || row.state === 'closed' || row.state === 'refunded') return row.state
  return 'pending'
}
