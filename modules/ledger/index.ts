import type { Handlers } from '@kaibo/contract/handlers'
import type { CheckReport, ledgerApi } from '@kaibo/contract/ledger'
import { orderCompleted } from '@kaibo/contract/order'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import { createLedgerUseCases, type Movement } from './ledger.ts'
import { ledgerHandlers } from './routes.ts'
import { accounts } from './rules.ts'

export type LedgerNeeds = {
  readonly database: Database
  /** Everything that must be right about money, from every module that holds some. */
  readonly checkAll: (db: Db) => Promise<CheckReport>
}

export type Ledger = {
  readonly handlers: Handlers<typeof ledgerApi>
  readonly subscribers: readonly Subscriber[]
  /** Names of accounts, for {@link Ledger.move}. */
  readonly accounts: typeof accounts
  /** Books a movement between two accounts, once per key, in the caller's transaction. */
  move(tx: Tx, movement: Movement): Promise<void>
  check(db: Db): Promise<CheckReport>
}

/** Double-entry bookkeeping of every fen that passes through. */
export function createLedger(needs: LedgerNeeds): Ledger {
  const useCases = createLedgerUseCases(needs)
  return {
    handlers: ledgerHandlers(useCases, needs),
    accounts,
    move: useCases.move,
    check: useCases.check,
    subscribers: [
      subscriber(orderCompleted, {
        consumer: 'ledger.settle_order',
        handle: useCases.settleOrder,
      }),
    ],
  }
}
