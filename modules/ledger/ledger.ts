import { requirePermission, requireShop } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { CheckReport, ShopBalance } from '@kaibo/contract/trade/ledger'
import type { OrderMoved } from '@kaibo/contract/trade/order'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { minusFen, zeroFen } from '@kaibo/kernel/money'
import { accounts, type Movement, transfer } from './rules.ts'
import * as store from './store.ts'

export type LedgerNeeds = {
  readonly database: Database
  /** Everything that must be right about money, from every module that holds some. */
  readonly checkAll: () => Promise<CheckReport>
}

/** Books a movement between two accounts. The same key again changes nothing. */
export async function move(tx: Tx, movement: Movement): Promise<void> {
  const entries = transfer(movement)
  const journalId = await store.insertJournal(tx, movement)
  if (journalId) await store.insertEntries(tx, journalId, entries)
}

/** The goods arrived: what was pending is owed to the shop. A free order moves nothing. */
export async function settleOrder(tx: Tx, order: OrderMoved): Promise<void> {
  if (order.payableFen === 0) return
  await move(tx, {
    key: `complete:${order.orderId}`,
    kind: 'order_completed',
    from: accounts.shopAvailable(order.shopId),
    to: accounts.shopPending(order.shopId),
    amountFen: order.payableFen,
  })
}

/** What the platform holds for a shop, and what it owes it already. */
export async function balance(
  { database }: LedgerNeeds,
  actor: Actor,
  shopId: Id,
): Promise<ShopBalance> {
  requireShop(actor, 'ledger.read', shopId)
  const [pending, available] = [accounts.shopPending(shopId), accounts.shopAvailable(shopId)]
  const sums = await store.sumsOf(database.db, [pending, available])
  // What we owe stands on the credit side.
  const owed = (account: string) => minusFen(zeroFen, sums.get(account) ?? zeroFen)
  return { pendingFen: owed(pending), availableFen: owed(available) }
}

/** Whether everything adds up, for the platform's staff. */
export async function checkEverything(
  { checkAll }: LedgerNeeds,
  actor: Actor,
): Promise<CheckReport> {
  requirePermission(actor, 'platform.read')
  return checkAll()
}

/** Findings listed in one report. */
const findingsMax = 100

/** Whether every journal sums to zero over two sides or more. */
export async function check(db: Db): Promise<CheckReport> {
  const rows = await store.journalCount(db)
  const broken = await store.unbalanced(db, findingsMax)
  return {
    ok: broken.length === 0,
    checks: [{ name: 'ledger.journals', rows }],
    findings: broken.map(({ key, sumFen, sideCount }) => ({
      check: 'ledger.journals',
      subject: `journal ${key}`,
      expected: '0 fen on two sides or more',
      found: `${sumFen} fen on ${sideCount}`,
    })),
  }
}
