import { createHmac } from 'node:crypto'
import type { Database } from '@kaibo/db/database'
import type { NewTradeCall, RefundCall, Trade } from './protocol.ts'
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
  /** Gives a part back, once per number. `refused`: not paid, or more than is left of it. */
  refund(refund: RefundCall): Promise<store.TradeRow | 'refused' | undefined>
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
    close: async tradeNo => {
      await database.tx(tx => store.close(tx, tradeNo))
      return store.byNo(db, tradeNo)
    },
    refund: refund =>
      database.tx(async tx => {
        const trade = await store.lockByNo(tx, refund.tradeNo)
        if (!trade || (await store.hasRefund(tx, refund))) return trade
        const isCovered = refund.amountFen <= trade.amountFen - trade.refundedFen
        if (trade.state !== 'paid' || !isCovered) return 'refused'
        await store.refund(tx, refund)
        return store.byNo(tx, refund.tradeNo)
      }),
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
    viewOf: ({ tradeNo, channelTradeNo, amountFen, refundedFen, state, paidAt }) => ({
      tradeNo,
      channelTradeNo,
      amountFen,
      refundedFen,
      state,
      paidAt: paidAt?.toISOString() ?? null,
      // A path keeps the buyer on the host that served the page.
      cashierUrl: `/sandbox/cashier/${tradeNo}?pass=${passOf(tradeNo)}`,
    }),
  }
}
