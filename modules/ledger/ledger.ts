import { requireShop } from '@kaibo/contract/access'
import type { CheckReport, ShopBalance } from '@kaibo/contract/ledger'
import type { OrderMoved } from '@kaibo/contract/order'
import type { Actor } from '@kaibo/contract/permissions'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen } from '@kaibo/kernel/money'
import { accounts, transfer } from './rules.ts'
import * as store from './store.ts'

/** Findings listed in one report. */
const findingsMax = 100

export type Movement = {
  /** What is booked: a second movement with the same key changes nothing. */
  readonly key: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly amountFen: Fen
}

export function createLedgerUseCases({ database }: { database: Database }) {
  async function move(tx: Tx, movement: Movement): Promise<void> {
    const journalId = await store.insertJournal(tx, movement)
    if (journalId) await store.insertEntries(tx, journalId, transfer(movement))
  }

  return {
    move,

    async balance(actor: Actor, shopId: Id): Promise<ShopBalance> {
      requireShop(actor, 'ledger.read', shopId)
      const [pending, available] = await Promise.all([
        store.balanceOf(database.db, accounts.shopPending(shopId)),
        store.balanceOf(database.db, accounts.shopAvailable(shopId)),
      ])
      // What we owe stands on the credit side.
      return { pendingFen: fen(0 - pending), availableFen: fen(0 - available) }
    },

    /** The goods arrived: what was pending is owed to the shop. A free order moves nothing. */
    async settleOrder(tx: Tx, order: OrderMoved): Promise<void> {
      if (order.payableFen === 0) return
      await move(tx, {
        key: `complete:${order.orderId}`,
        kind: 'order_completed',
        from: accounts.shopAvailable(order.shopId),
        to: accounts.shopPending(order.shopId),
        amountFen: order.payableFen,
      })
    },

    async check(db: Db): Promise<CheckReport> {
      const rows = await store.journalCount(db)
      const broken = await store.unbalanced(db, findingsMax)
      return {
        ok: broken.length === 0,
        checks: [{ name: 'every journal sums to zero', rows }],
        findings: broken.map(journal => ({
          check: 'every journal sums to zero',
          subject: journal.key,
          expected: '0 fen on two or more sides',
          found: `${journal.sum} fen on ${journal.sides} sides`,
        })),
      }
    },
  }
}
