import type { Handlers } from '@kaibo/contract/core/handlers'
import type { CheckReport, ledgerApi } from '@kaibo/contract/trade/ledger'
import { orderCompleted } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Fen } from '@kaibo/kernel/money'
import { check, type LedgerNeeds, move, settleOrder } from './ledger.ts'
import { createHandlers } from './routes.ts'
import { accounts, type Movement } from './rules.ts'
import { amountsByKey } from './store.ts'

export type { LedgerNeeds, Movement }

export type Ledger = {
  readonly handlers: Handlers<typeof ledgerApi>
  readonly subscribers: readonly Subscriber[]
  /** Names of accounts, for {@link Ledger.move}. */
  readonly accounts: typeof accounts
  /** Books a movement between two accounts. The same key again changes nothing. */
  move(tx: Tx, movement: Movement): Promise<void>
  /** What was booked under these keys; a key that never was is missing. */
  amountsByKey(db: Db, keys: readonly string[]): Promise<Map<string, Fen>>
  check(db: Db): Promise<CheckReport>
}

/** Double-entry bookkeeping of every fen that passes through. */
export const createLedger = (needs: LedgerNeeds): Ledger => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(orderCompleted, { consumer: 'ledger.settle_order', handle: settleOrder }),
  ],
  accounts,
  move,
  amountsByKey,
  check,
})
