import type { Handlers } from '@kaibo/contract/handlers'
import type { CheckReport } from '@kaibo/contract/ledger'
import type { StockLevel, stockApi } from '@kaibo/contract/stock'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { check } from './check.ts'
import { createHandlers } from './routes.ts'
import type { Hold, SoldOut } from './rules.ts'
import { hold, levelsBySku, type Opening, open, release, type StockNeeds, ship } from './stock.ts'

export type { Hold, Opening, SoldOut, StockNeeds }

/** What shops have of every SKU, and who holds it. */
export type Stock = {
  handlers: Handlers<typeof stockApi>
  /** Begins the stock of new SKUs. */
  open(tx: Tx, rows: readonly Opening[]): Promise<void>
  /** Reserves for many orders at once; answers with those that hold nothing, and what is sold out. */
  hold(tx: Tx, holds: readonly Hold[]): Promise<SoldOut[]>
  /** Gives back what orders hold; once. */
  release(tx: Tx, orderIds: readonly Id[]): Promise<void>
  /** Takes what orders hold off the shelf; once. */
  ship(tx: Tx, orderIds: readonly Id[]): Promise<void>
  levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Map<Id, StockLevel>>
  /** Whether every level equals its movements and what orders hold. */
  check(db: Db): Promise<CheckReport>
}

export const createStock = (needs: StockNeeds): Stock => ({
  handlers: createHandlers(needs),
  open,
  hold,
  release,
  ship,
  levelsBySku,
  check,
})
