import { createHmac } from 'node:crypto'
import type { Database } from '@kaibo/db/database'
import type { NewTradeCall, Trade } from './protocol.ts'
import * as store from './store.ts'

export type BankNeeds = {
  readonly database: Database
  /** Makes cashier addresses unguessable. */
  readonly cashierSecret: Buffer
}

/** A notification that nobody else sends meanwhile. */
export type Notice = store.TradeRow

/** What the sandbox channel does with its books: a bank with play money. */
export type Bank = {
  find(tradeNo: string): Promise<store.TradeRow | undefined>
  /** Opens a trade; the same number again answers with the one that is there. */
  create(trade: NewTradeCall): Promise<store.TradeRow | undefined>
  /** The buyer pays. Paying twice, too late, or a closed trade changes nothing. */
  pay(tradeNo: string): Promise<store.TradeRow | undefined>
  close(tradeNo: string): Promise<store.TradeRow | undefined>
  refund(tradeNo: string): Promise<store.TradeRow | undefined>
  /** Trades that took money, by number. */
  bill(page: { after: string | null; limit: number }): Promise<store.TradeRow[]>
  /** Takes the notification that is due first; another process may take it over after 20 s. */
  claimNotice(): Promise<Notice | undefined>
  /** Books what became of a notification: heard, or to be sent again. */
  finishNotice(notice: Notice, outcome: 'heard' | 'unheard'): Promise<void>
  /** What the holder of a cashier address proves. */
  passOf(tradeNo: string): string
  /** A trade as merchants see it. */
  viewOf(row: store.TradeRow): Trade
}

/** Seconds until the next try to tell the merchant: WeChat Pay's rhythm, shortened for a sandbox. */
const noticeAfterSec = [1, 3, 10, 30, 60, 300, 900, 3_600]
const takeOverSec = 20

export function createBank({ database, cashierSecret }: BankNeeds): Bank {
  const { db } = database
  const passOf = (tradeNo: string) =>
    createHmac('sha256', cashierSecret).update(tradeNo).digest('base64url').slice(0, 24)
  const move = async (tradeNo: string, step: Parameters<typeof store.move>[2]) => {
    await database.tx(tx => store.move(tx, tradeNo, step))
    return store.byNo(db, tradeNo)
  }
  return {
    find: tradeNo => store.byNo(db, tradeNo),
    create: async trade => {
      await database.tx(tx => store.insert(tx, trade))
      return store.byNo(db, trade.tradeNo)
    },
    pay: async tradeNo => {
      await database.tx(tx => store.pay(tx, tradeNo))
      return store.byNo(db, tradeNo)
    },
    close: tradeNo => move(tradeNo, { from: 'pending', to: 'closed' }),
    refund: tradeNo => move(tradeNo, { from: 'paid', to: 'refunded' }),
    bill: page => store.bill(db, page),
    claimNotice: () =>
      database.tx(async tx => {
        const row = await store.lockDueNotice(tx)
        if (!row) return undefined
        await store.claimNotice(tx, row.tradeNo, takeOverSec)
        return { ...row, noticeCount: row.noticeCount + 1 }
      }),
    finishNotice: async (notice, outcome) => {
      const nextSec = outcome === 'heard' ? undefined : noticeAfterSec[notice.noticeCount - 1]
      await database.tx(tx => store.setNextNotice(tx, notice, nextSec ?? null))
    },
    passOf,
    viewOf: ({ tradeNo, channelTradeNo, amountFen, state, paidAt }) => ({
      tradeNo,
      channelTradeNo,
      amountFen,
      state,
      paidAt: paidAt?.toISOString() ?? null,
      // A path keeps the buyer on the host that served the page.
      cashierUrl: `/sandbox/cashier/${tradeNo}?pass=${passOf(tradeNo)}`,
    }),
  }
}
